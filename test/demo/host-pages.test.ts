import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostPages } from '../../demo/host-pages.ts'

const pages = hostPages({
  hostsDirectory: fileURLToPath(new URL('../../demo/hosts', import.meta.url)),
})

describe('the pages of the demo', () => {
  it.each([
    ['/demo/', 'text/html; charset=utf-8', 'A first journey'],
    ['/demo/mails', 'text/html; charset=utf-8', '<h1>Mails</h1>'],
    ['/demo/playground.html', 'text/html; charset=utf-8', '<h1>Playground</h1>'],
    ['/demo/recover/', 'text/html; charset=utf-8', 'publishable-key="pk_demo_recover" type="dr"'],
    ['/demo/recover/failback.html', 'text/html; charset=utf-8', 'type="failback"'],
    ['/demo/recover/subscribe.html', 'text/html; charset=utf-8', '<license-subscribe '],
    [
      '/demo/shift/',
      'text/html; charset=utf-8',
      'publishable-key="pk_demo_shift" type="migration"',
    ],
    ['/demo/panel/panel.js', 'text/javascript; charset=utf-8', 'Demo'],
    ['/demo/shift/shift.css', 'text/css; charset=utf-8', '--license-color-accent'],
    ['/demo/shift/logo.svg', 'image/svg+xml', '<svg'],
  ])('%s is %s', async (path, type, content) => {
    const answer = await pages.request(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('Content-Type')).toBe(type)
    expect(await answer.text()).toContain(content)
  })

  it('leads to a folder that was asked for without its slash', async () => {
    const answer = await pages.request('/demo/recover?customer=ada')
    expect(answer.status).toBe(302)
    expect(answer.headers.get('Location')).toBe('/demo/recover/?customer=ada')
    expect((await pages.request('/demo')).headers.get('Location')).toBe('/demo/')
  })

  it('leads on from an address that is none', async () => {
    const answer = await pages.request('/demo/recover/elsewhere')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('href="/demo/"')
  })
})

describe('W13: the strict variant', () => {
  it('is the same page under the strictest policy of a host', async () => {
    const strict = await pages.request('/demo/strict/recover/')
    const plain = await pages.request('/demo/recover/')
    expect(strict.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; " +
        "img-src 'self' data:; require-trusted-types-for 'script'; " +
        "trusted-types lit-html 'allow-duplicates'",
    )
    expect(strict.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin')
    expect(plain.headers.get('Content-Security-Policy')).toBeNull()
    expect(await strict.text()).toBe(await plain.text())
  })

  it.each([
    'recover/index',
    'recover/failback',
    'recover/subscribe',
    'shift/index',
    'shift/subscribe',
  ])('needs no inline script and no inline style: %s', async (name) => {
    const html = await (await pages.request(`/demo/strict/${name}.html`)).text()
    expect(html.match(/<script(?![^>]* src=)/g)).toBeNull()
    expect(html.match(/<style| style=| on\w+=/g)).toBeNull()
  })
})

describe('N02: a path out of the directory', () => {
  let root: string
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'license-center-pages-'))
    await mkdir(join(root, 'hosts'))
    await mkdir(join(root, 'hosts-private'))
    await writeFile(join(root, 'hosts', 'lost.html'), 'lost')
    await writeFile(join(root, 'hosts', 'notes.txt'), 'secret')
    await writeFile(join(root, 'secret.html'), 'secret')
    await writeFile(join(root, 'hosts-private', 'secret.html'), 'secret')
  })
  afterAll(() => rm(root, { recursive: true }))

  it.each([
    '/demo/../secret.html',
    '/demo/..%2fsecret.html',
    '/demo/%2e%2e/secret.html',
    '/demo/%2e%2e%2fsecret.html',
    '/demo/..%5csecret.html',
    '/demo/x/..%2f..%2fsecret.html',
    '/demo/..%2fhosts-private%2fsecret.html',
    '/demo/strict/..%2fsecret.html',
    '/demo/%252e%252e%252fsecret.html',
    '/demo/secret.html%00.html',
    '/demo/%ff',
    '/demo/notes.txt',
  ])('%s is not there', async (path) => {
    const answer = await hostPages({ hostsDirectory: join(root, 'hosts') }).request(path)
    expect(answer.status).toBe(404)
    expect(await answer.text()).not.toContain('secret')
  })
})

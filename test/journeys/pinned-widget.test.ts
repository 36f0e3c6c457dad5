/** The files of one version, as a careful host embeds them: by hash, under the strictest policy. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { startJourney, type Journey } from '../support/journey.ts'

const DIRECTORY = `/widget/${manifest.version}`
const file = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../dist${DIRECTORY}/${name}`, import.meta.url)), 'utf8')
const digests: Record<string, string> = JSON.parse(file('integrity.json'))

/** W08, W13, W20: nothing inline, no Trusted Types sink, one origin. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ')

const SETUP = `
  window.evaluated = 0
  const manager = document.querySelector('license-manager')
  manager.getToken = async () => {
    const answer = await fetch('/demo/token?product=recover&customer=journey')
    return (await answer.json()).token
  }`

async function openPinned(journey: Journey, address = `${DIRECTORY}/license.js`): Promise<Page> {
  const { context, system } = journey
  await context.route('**/pinned-host', (route) =>
    route.fulfill({
      headers: { 'content-security-policy': POLICY, 'content-type': 'text/html' },
      body: `<!doctype html><html lang="en"><title>Host</title>
        <license-manager publishable-key="pk_demo_recover" view="renewals"></license-manager>
        <script type="module" src="/pinned-setup.js"></script>
        <script type="module" src="${address}" integrity="${digests['license.js']}"></script>`,
    }),
  )
  await context.route('**/pinned-setup.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: SETUP }),
  )
  const page = await context.newPage()
  await page.goto(`${system.origin}/pinned-host`)
  return page
}

describe('the pinned widget', () => {
  it('W08, W22: verifies and runs the desk beside it under the strictest policy, with one Lit', async () => {
    const journey = await startJourney()
    const page = await openPinned(journey)
    await page.getByRole('tab', { name: /^Manual Renewals/ }).waitFor()
    expect(await page.evaluate(() => document.head.querySelector('link')?.integrity)).toBe(
      digests['desk.js'],
    )
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name.replace(/.*\/widget\//, '')),
    )
    const scripts = loaded.filter((name) => name.startsWith(manifest.version))
    expect(new Set(scripts)).toEqual(
      new Set([`${manifest.version}/license.js`, `${manifest.version}/desk.js`]),
    )
    expect(await page.evaluate(() => Reflect.get(globalThis, 'litElementVersions')?.length)).toBe(1)
  })

  it('W08, W14: verifies the activation panels likewise, when they are opened', async () => {
    const journey = await startJourney()
    const page = await openPinned(journey)
    await page.evaluate(() =>
      document.querySelector('license-manager')?.setAttribute('view', 'allocations'),
    )
    await page.getByText('Nothing has happened yet').waitFor()
    const links = await page.evaluate(() =>
      [...document.head.querySelectorAll('link')].map(({ href, integrity }) => [
        href.replace(/.*\//, ''),
        integrity,
      ]),
    )
    expect(Object.fromEntries(links)).toMatchObject({
      'activation.js': digests['activation.js'],
    })
    expect(await page.evaluate(() => Reflect.get(globalThis, 'litElementVersions')?.length)).toBe(1)
  })

  it('W14: never runs a desk that was changed by one byte, and says so', async () => {
    const journey = await startJourney({ mayComplain: /integrity|digest/ })
    const changed = `${file('desk.js')}\nwindow.evaluated++`
    await journey.context.route(`**${DIRECTORY}/desk.js`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: changed }),
    )
    const page = await openPinned(journey)
    await page.getByRole('alert').getByText('gave a wrong answer').waitFor()
    expect(await page.evaluate(() => Reflect.get(window, 'evaluated'))).toBe(0)
    expect(await page.getByRole('tab').count()).toBe(0)
  })

  it('W14: refuses to take its own second, unverified copy', async () => {
    const journey = await startJourney()
    const page = await openPinned(journey, `${DIRECTORY}/license.js?cached=1`)
    await page.getByRole('alert').getByText('gave a wrong answer').waitFor()
    expect(await page.evaluate(() => document.head.querySelector('link'))).toBe(null)
  })
})

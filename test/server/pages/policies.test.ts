import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { STYLESHEET_PATH } from '../../../server/pages/stylesheet.ts'
import { allPolicies, readPolicy } from '../../../server/pages/policy-library.ts'
import { POLICY_SLUGS } from '../../../server/policies/slugs.ts'
import { contact } from '../../../server/routes/contact.tsx'
import { home } from '../../../server/routes/home.tsx'
import { policies } from '../../../server/routes/policies.tsx'
import { createTestClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createPageApp, PAGE_ORIGIN } from '../../support/pages.ts'

const PATHS = ['/', '/trust', ...POLICY_SLUGS.map((slug) => `/${slug}`)]
let database: TestDatabase
let app: ReturnType<typeof createPageApp>

beforeAll(async () => {
  database = await createTestDatabase()
  app = createPageApp(database.db, createTestClock(), home, policies, contact)
})
afterAll(() => database.remove())

async function pageAt(path: string, language = 'en'): Promise<string> {
  const response = await app.request(path, { headers: { 'Accept-Language': language } })
  expect(response.status, path).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8')
  return response.text()
}
const linksOf = (page: string) =>
  [...page.matchAll(/ href="([^"]*)"/g)].map(([, href = '']) => href)

describe.each(PATHS)('the page %s', (path) => {
  it('has one main heading, its landmarks and a skip link', async () => {
    const page = await pageAt(path)
    expect(page.match(/<h1[ >]/g)).toHaveLength(1)
    for (const landmark of ['<header', '<main id="main"', '<footer', '<nav', 'href="#main"']) {
      expect(page).toContain(landmark)
    }
  })

  it('names its canonical address and its language', async () => {
    expect(await pageAt(path)).toContain(`<link rel="canonical" href="${PAGE_ORIGIN}${path}"/>`)
    expect(await pageAt(path)).toMatch(/^<!doctype html><html lang="en">/)
    expect(await pageAt(path, 'zh-CN')).toContain('<html lang="zh-CN">')
  })

  it('needs no script, no inline style and nothing from elsewhere', async () => {
    const page = await pageAt(path)
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/)
    expect(page.match(/ (src|srcset|action)="(?!\/)[^"]*"/g)).toBeNull()
    const sheets = page.match(/<link rel="stylesheet"[^>]*>/g)
    expect(sheets).toEqual([`<link rel="stylesheet" href="${STYLESHEET_PATH}"/>`])
  })

  it('S57: has no broken link', async () => {
    const page = await pageAt(path)
    for (const href of new Set(linksOf(page))) {
      if (/^(https:|data:)/.test(href)) continue
      const [target = '', fragment] = href.split('#')
      const there = target === '' ? page : await (await app.request(target)).text()
      if (target) expect((await app.request(target)).status, href).toBe(200)
      if (fragment) expect(there, href).toContain(`id="${fragment}"`)
    }
  })
})

describe('the policies', () => {
  it('S56: are nine, each linked from the index and from every page', async () => {
    expect(POLICY_SLUGS).toHaveLength(9)
    for (const path of ['/', '/trust', '/faq']) {
      const links = linksOf(await pageAt(path))
      for (const slug of POLICY_SLUGS) expect(links).toContain(`/${slug}`)
    }
  })

  it('carry a version, a date and a summary', () => {
    for (const policy of allPolicies()) {
      expect(policy).toMatchObject({ version: '1.0', effectiveOn: '2026-11-21' })
      expect(policy.summary).toMatch(/\.$/)
    }
  })

  it('have headings that differ from each other', () => {
    for (const { sections, slug } of allPolicies()) {
      const ids = sections.map((section) => section.id)
      expect(new Set(ids).size, slug).toBe(ids.length)
    }
  })

  it('stay marked as English on a Chinese page', async () => {
    const page = await pageAt('/refund-policy', 'zh')
    expect(page).toContain('<h1>退款政策</h1>')
    expect(page).toContain('<article class="prose" lang="en">')
  })

  it('render no HTML and no script links, even if someone writes them', () => {
    const source = '---\ntitle: T\nsummary: S.\nversion: 1\neffective: 2026-11-21\n---\n'
    const policy = readPolicy('faq', `${source}<script>x</script>\n\n[go](javascript:x)`)
    expect(policy.introHtml).toContain('&lt;script&gt;')
    expect(policy.introHtml).not.toContain('javascript:')
  })

  it('are refused without their front matter', () => {
    expect(() => readPolicy('faq', '## Purchase')).toThrow('faq.md has no front matter')
    expect(() => readPolicy('faq', '---\ntitle: T\n---\ntext')).toThrow('no "summary"')
  })

  it.each([
    ['refund-policy', 'statutory|Rights that the law gives you'],
    ['refund-policy', 'Duplicate'],
    ['privacy-policy', 'three years, or one year after the license has ended'],
    ['privacy-policy', 'IP address'],
    ['payment-security', 'No card data is stored'],
    ['terms-of-service', 'a written contract between you and us'],
    ['support-policy', 'Never post license keys or payment details in public channels'],
    ['contact', 'never post them in forums'],
  ])('%s says: %s', async (slug, words) => {
    expect(await pageAt(`/${slug}`)).toMatch(new RegExp(words))
  })
})

describe('the stylesheet', () => {
  it('is cached for ever under a name that follows its content', async () => {
    const response = await app.request(STYLESHEET_PATH)
    expect(response.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(response.headers.get('cache-control')).toContain('immutable')
    const css = await response.text()
    expect(css).toContain(':root')
    expect(css).not.toMatch(/url\(|@import/)
    expect((await app.request('/assets/site-0000000000000000.css')).status).toBe(404)
  })
})

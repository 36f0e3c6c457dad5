import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { DR_MONTHLY } from '../support/buyer.ts'
import { sharedBrowser } from '../support/shared-browser.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

let browser: Browser
let test: TestSystem

beforeAll(async () => {
  browser = await sharedBrowser()
  test = await startTestSystem()
})
afterAll(() => test.remove())

/** The elements have journeys of their own; here they are absent, and what surrounds them is judged. */
async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext(options)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${test.system.origin}${path}`)
  await page.locator('.demo-panel time').getByText('UTC').waitFor()
  return page
}

async function openPanel(page: Page): Promise<void> {
  await page.getByText('not part of the product').click()
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(() => window.axe.run())
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

const NARROW = { width: 320, colorScheme: 'dark' } as const
const WIDE = { width: 1280, colorScheme: 'light' } as const
const VIEWS = [
  { path: '/demo/', ...NARROW },
  { path: '/demo/', ...WIDE },
  { path: '/demo/mails', ...NARROW },
  { path: '/demo/playground', ...NARROW },
  { path: '/demo/nowhere', ...WIDE },
  { path: '/demo/recover/', ...NARROW },
  { path: '/demo/recover/subscribe.html', ...WIDE },
  { path: '/demo/recover/renewals.html', ...NARROW },
  { path: '/demo/shift/', ...WIDE },
  { path: '/demo/shift/?lang=zh-CN', ...NARROW },
]

describe('the pages of the demo', () => {
  it.each(VIEWS)(
    '$path is accessible and fits at $width px, $colorScheme',
    async ({ path, width, colorScheme }) => {
      const page = await visit(path, { viewport: { width, height: 800 }, colorScheme })
      await page.locator('.demo-panel summary').click()
      expect(await violations(page)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
      await page.context().close()
    },
  )

  it('remember who is signed in, the language and the theme, as a console would', async () => {
    const page = await visit('/demo/recover/?customer=ada&lang=zh-CN&theme=dark')
    await page.goto(`${test.system.origin}/demo/shift/`)
    expect(await page.locator('html').getAttribute('data-customer')).toBe('ada')
    await page.getByRole('heading', { level: 1, name: '迁移许可证' }).waitFor()
    expect(await page.getByLabel('主题').inputValue()).toBe('dark')
    await page.getByLabel('语言').selectOption('en')
    await page.getByRole('heading', { level: 1, name: 'Migration License' }).waitFor()
    expect(page.url()).toContain('lang=en')
    await page.context().close()
  })

  it('show the mails of one customer, in both forms', async () => {
    const buyer = test.as('recover', 'mailed')
    const order = await buyer.buy(DR_MONTHLY)
    await test.pay(order)
    await buyer.follow(order.id, 10)
    const page = await visit('/demo/mails?to=mailed@')
    await page.getByText('1 mail', { exact: true }).waitFor()
    await page.frameLocator('iframe').getByText('What you bought').waitFor()
    await page.getByRole('button', { name: 'As text' }).click()
    await page.getByRole('article').locator('pre').getByText('$375.00').first().waitFor()
    await page.context().close()
  })
})

describe('W13: the panel, under the strictest policy of a host', () => {
  it('moves the clock, and says what ran', async () => {
    const buyer = test.as('recover', 'late')
    const { id } = await buyer.buy(DR_MONTHLY)
    const page = await visit('/demo/strict/recover/')
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    await openPanel(page)
    await page.getByRole('button', { name: '+40 minutes' }).click()
    await page.getByText(/^\+40 minutes: sweep at /).waitFor()
    expect(await buyer.follow(id)).toMatchObject({ state: 'expired' })
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('turns faults on and off, and finds them again', async () => {
    const page = await visit('/demo/strict/shift/')
    await openPanel(page)
    const lost = page.getByLabel('Lose every webhook')
    await lost.check()
    await expect.poll(async () => (await test.system.stripe.control()).switches.drop).toBe(1)
    await page.reload()
    await expect.poll(() => lost.isChecked()).toBe(true)
    await page.getByRole('button', { name: 'All off' }).click()
    await expect.poll(() => lost.isChecked()).toBe(false)
    await page.context().close()
  })
})

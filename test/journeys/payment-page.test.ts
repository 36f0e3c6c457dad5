import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { sharedBrowser } from '../support/shared-browser.ts'
import { anOrder, startStripe, type StripeWorld } from '../support/stripe.ts'

let browser: Browser

beforeAll(async () => {
  browser = await sharedBrowser()
})

async function openPage(world: StripeWorld): Promise<{ id: string; url: string }> {
  const order = await anOrder(world, { saveMethod: true, cancelUrl: world.standIn.origin })
  const successUrl = `${world.standIn.origin}/_control`
  const { id, url } = await world.payments.openCheckout({ ...order, successUrl })
  return { id, url: url ?? '' }
}

/** axe is brought in from outside: the page itself allows no scripts. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(() => window.axe.run())
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
}

describe('the sandbox payment page, without scripts', () => {
  it('takes a test card from its hint, is declined, and is paid with another', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    await page.goto(url)
    await page.getByRole('link', { name: '4000 0000 0000 9995' }).click()
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.getByRole('alert').getByText('insufficient funds').waitFor()
    expect(await page.title()).toBe('Not paid yet · Payment sandbox')
    await page.getByRole('link', { name: '4242 4242 4242 4242' }).click()
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.waitForURL(/_control/)
    expect(await world.payments.readCheckout(id)).toMatchObject({ payment: 'paid' })
    await page.goto(url)
    await page.getByRole('heading', { name: 'This order is already paid' }).waitFor()
    await context.close()
  })

  it('passes a 3-D Secure challenge', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(url)
    await page.getByRole('link', { name: '4000 0025 0000 3155' }).click()
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.getByRole('button', { name: 'Complete' }).click()
    await page.waitForURL(/_control/)
    expect(await world.payments.readCheckout(id)).toMatchObject({ payment: 'paid' })
    await page.close()
  })

  it('shows the fields of the chosen method, and takes a bank debit', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const page = await browser.newPage()
    onTestFinished(() => page.close())
    await page.goto(url)
    expect(await page.getByLabel('Account number').isVisible()).toBe(false)
    await page.getByText('US bank account').click()
    expect(await page.getByLabel('Card number').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.waitForURL(/_control/)
    expect(await world.payments.readCheckout(id)).toMatchObject({ payment: 'processing' })
    await page.close()
  })

  it.each([
    { width: 320, colorScheme: 'light' },
    { width: 320, colorScheme: 'dark' },
    { width: 1280, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
  ] as const)('is accessible at $width px, $colorScheme', async ({ width, colorScheme }) => {
    const world = await startStripe()
    const { url } = await openPage(world)
    const viewport = { width, height: 800 }
    const page = await browser.newPage({ viewport, colorScheme, bypassCSP: true })
    onTestFinished(() => page.close())
    await page.goto(url)
    expect(await violations(page)).toEqual([])
    await page.getByLabel('Card number').fill('1')
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click()
    await page.getByRole('alert').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.close()
  })
})

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}

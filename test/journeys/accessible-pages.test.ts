import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { POLICY_SLUGS } from '../../server/policies/slugs.ts'
import { faults, lightUp, LOOKS } from '../support/accessibility.ts'
import { shareSystem, startJourney, type Journey } from '../support/journey.ts'
import { pay, payByBank } from '../support/payment-page.ts'
import { DR_MONTHLY } from '../support/buyer.ts'

const LONG = { timeout: 120_000 }
const PAGES = ['/', '/trust', ...POLICY_SLUGS.map((slug) => `/${slug}`), '/no-such-page']

/** Addresses of the return page in its states, and of a receipt. */
async function orderPages(journey: Journey): Promise<string[]> {
  const { stripe } = journey.system
  const buyer = journey.at('recover')
  const [paid, bank, open, canceled] = [
    await buyer.buy(DR_MONTHLY),
    await buyer.buy(DR_MONTHLY),
    await buyer.buy(DR_MONTHLY),
    await buyer.buy(DR_MONTHLY),
  ]
  await pay(paid)
  await payByBank(bank)
  await buyer.cancel(canceled.id)
  await stripe.delivered()
  const { receipt_url } = await buyer.follow(paid.id)
  return [
    new URL(receipt_url ?? '').pathname,
    `/pay/return?order=${paid.id}`,
    `/pay/return?order=${bank.id}`,
    `/pay/return?order=${open.id}&how=left`,
    `/pay/return?order=${open.id}`,
    `/pay/return?order=${canceled.id}`,
    '/pay/return?order=unknown',
  ]
}

/** Some load themselves again, in the midst of being judged. */
async function withoutRefresh({ context }: Journey): Promise<void> {
  await context.route(/\/pay\/return/, async (route) => {
    const response = await route.fetch()
    const { refresh: _, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
}

const system = shareSystem()

describe('axe finds nothing on the public pages', () => {
  it.each(['en', 'zh-CN'] as const)('%s, in each of its looks', LONG, async (language) => {
    const looks = LOOKS.filter((look) => look.language === language)
    const journey = await startJourney({
      center: system(),
      customer: language,
      // Pages allow no foreign script, and axe is one.
      context: { locale: language, bypassCSP: true },
      mayComplain: /status of 404/,
    })
    // Sent once, not to each page.
    await journey.context.addInitScript({ content: axe.source })
    const found: string[] = []
    const judge = async (page: Page, path: string) => {
      await page.goto(new URL(path, journey.system.origin).href)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      for (const look of looks) {
        await lightUp(page, look)
        await journey.picture(page, `page ${path.replaceAll(/\W+/g, ' ')} ${Object.values(look)}`)
        found.push(...(await faults({ page }, look)))
      }
    }
    const page = await journey.open('/')
    for (const path of PAGES) await judge(page, path)
    await withoutRefresh(journey)
    for (const path of await orderPages(journey)) await judge(page, path)
    expect(found).toEqual([])
  })
})

import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { POLICY_SLUGS } from '../../server/policies/slugs.ts'
import { faults, LOOKS } from '../support/accessibility.ts'
import { startJourney, type Journey } from '../support/journey.ts'
import { pay, payByBank } from '../support/payment-page.ts'
import { DR_MONTHLY } from '../support/buyer.ts'

const PAGES = ['/', '/trust', ...POLICY_SLUGS.map((slug) => `/${slug}`), '/no-such-page']

/** Addresses of the return page in its states. */
async function returnPages(journey: Journey): Promise<string[]> {
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
  return [
    `/pay/return?order=${paid.id}`,
    `/pay/return?order=${bank.id}`,
    `/pay/return?order=${open.id}&how=left`,
    `/pay/return?order=${open.id}`,
    `/pay/return?order=${canceled.id}`,
    '/pay/return?order=unknown',
  ]
}

describe('axe finds nothing on the public pages', () => {
  it.each(LOOKS)('$language, $colorScheme, $width px', { timeout: 120_000 }, async (look) => {
    const { language, colorScheme, width } = look
    const journey = await startJourney({
      context: {
        colorScheme,
        viewport: { width, height: 900 },
        locale: language,
        // Pages allow no foreign script, and axe is one.
        bypassCSP: true,
      },
      mayComplain: /status of 404/,
    })
    // Sent once, not to each page.
    await journey.context.addInitScript({ content: axe.source })
    const found: string[] = []
    const judge = async (page: Page, path: string) => {
      await page.goto(new URL(path, journey.system.origin).href)
      await journey.picture(page, `page ${path.replaceAll(/\W+/g, ' ')} ${Object.values(look)}`)
      expect(await page.locator('html').getAttribute('lang')).toBe(language)
      found.push(...(await faults({ page }, look)))
    }
    const page = await journey.open('/')
    for (const path of PAGES) await judge(page, path)
    for (const path of await returnPages(journey)) {
      // Some reload themselves, and would take a page that goes on with them.
      const fresh = await journey.context.newPage()
      await judge(fresh, path)
      await fresh.close()
    }
    expect(found).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../support/accessibility.ts'
import { shareSystem, startJourney, type Journey } from '../support/journey.ts'
import { LicenseManagerView } from '../support/license-list.ts'
import { FORM, startPurchase } from '../support/purchase.ts'
import { SubscribePanel } from '../support/subscribe-panel.ts'

type Look = (state: string) => Promise<void>

/** Judges each state by axe, and keeps a picture of it. */
function lookAt(
  journey: Journey,
  { page }: SubscribePanel | LicenseManagerView,
  part: string,
): Look {
  return async (state) => {
    const seen = (look: string) => journey.picture(page, `${part} ${state} ${look}`)
    await expectAccessible({ page, part, seen })
  }
}

const LONG_MS = 120_000
const system = shareSystem()
const alone = (customer: string) => ({ center: system(), customer })

describe('axe finds nothing in <license-subscribe>', () => {
  it('from the empty form to the active license', { timeout: LONG_MS }, async () => {
    const journey = await startJourney(alone('bought'))
    const panel = new SubscribePanel(await journey.open(`${FORM}?customer=${journey.customer}`))
    const look = lookAt(journey, panel, 'license-subscribe')
    await panel.subscribeNow.waitFor()
    await look('empty form')
    await panel.quantity.fill('x')
    await panel.subscribeNow.click()
    await panel.root.getByRole('alert').waitFor()
    await look('missing answers')
    await panel.choose({ cycle: 'Monthly', quantity: 5, autoRenewal: 'Yes' })
    await panel.button('Add a promo code').click()
    await panel.total()
    await look('priced')
    await panel.subscribe()
    await panel.dialog.getByRole('button', { name: 'Pay on another device' }).click()
    await panel.dialog.getByRole('img').waitFor()
    await look('payment dialog')
    const payment = await panel.continueToPayment()
    await panel.heading('Waiting for your payment').waitFor()
    await look('waiting')
    await payment.payBy('declined')
    await panel.heading('The payment was declined').waitFor()
    await look('declined')
    await payment.payBy('good')
    await panel.issued()
    await look('issued')
  })

  it('in the outcomes that are seldom seen', { timeout: LONG_MS }, async () => {
    const { journey, panel } = await startPurchase({
      ...alone('seldom'),
      mayComplain: /status of 401/,
    })
    const look = lookAt(journey, panel, 'license-subscribe')
    await panel.subscribe()
    await panel.dialog.getByRole('button', { name: 'Cancel' }).click()
    await panel.root.getByText('The order is canceled').waitFor()
    await look('canceled')
    await panel.total()
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await payment.payByBank()
    await panel.heading('Your payment is being processed').waitFor()
    await look('processing')
    await journey.system.stripe.control({ settle: 'fail' })
    await panel.button('Start again').click()
    await panel.total()
    await panel.subscribe()
    await journey.system.advance('PT40M')
    await panel.heading('The payment was not completed in time').waitFor()
    await look('expired')
  })

  it('when the License Center cannot be reached', { timeout: LONG_MS }, async () => {
    const journey = await startJourney({
      ...alone('unreachable'),
      mayComplain: /ERR_FAILED|status of 500/,
    })
    await journey.context.route(/\/catalogue$/, (route) => route.abort())
    const panel = new SubscribePanel(await journey.open(`${FORM}?customer=${journey.customer}`))
    await panel.button('Try again').waitFor()
    await lookAt(journey, panel, 'license-subscribe')('unreachable')
    await journey.context.unroute(/\/catalogue$/)
    await panel.button('Try again').click()
    await panel.subscribeNow.waitFor()
  })
})

describe('axe finds nothing in <license-manager>', () => {
  it('empty, with licenses, and with each of its sheets open', { timeout: LONG_MS }, async () => {
    const { journey, panel } = await startPurchase(alone('manager'))
    const manager = new LicenseManagerView(
      await journey.open(`/demo/recover/?customer=${journey.customer}`),
    )
    const look = lookAt(journey, manager, 'license-manager')
    await manager.heading(/^No DR License yet$/).waitFor()
    await look('empty')
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await payment.payBy('good')
    await panel.issued()
    await manager.lookedAtAgain()
    await manager.rows(1)
    await look('list')
    await manager.button(/^Actions for/).click()
    await look('menu')
    await manager.page.keyboard.press('Escape')
    await manager.root.getByRole('rowheader').getByRole('button').click()
    await manager.root.getByRole('dialog', { name: 'License details' }).waitFor()
    await look('details')
    await manager.page.keyboard.press('Escape')
    await manager.button('Manage Subscriptions').click()
    await manager.root.getByText('Complimentary licenses').waitFor()
    await look('subscriptions')
    await manager.page.keyboard.press('Escape')
    await manager.add()
    await look('buying')
    await manager.closeSheet()
    await manager.root.getByRole('searchbox').fill('no such license')
    await manager.heading('No license matches').waitFor()
    await look('nothing matches')
  })

  it('when its licenses cannot be read', { timeout: LONG_MS }, async () => {
    const journey = await startJourney({ ...alone('unread'), mayComplain: /ERR_FAILED/ })
    await journey.context.route(/\/licenses\?/, (route) => route.abort())
    const manager = new LicenseManagerView(
      await journey.open(`/demo/recover/?customer=${journey.customer}`),
    )
    await manager.button('Try again').waitFor()
    await lookAt(journey, manager, 'license-manager')('unreachable')
    await journey.context.unroute(/\/licenses\?/)
    await manager.button('Try again').click()
    await manager.heading(/^No DR License yet$/).waitFor()
  })
})

describe('in forced colours', () => {
  it('every button keeps an edge, and the chosen tab its mark', { timeout: LONG_MS }, async () => {
    const journey = await startJourney(alone('forced'))
    const page = await journey.open(`/demo/recover/?customer=${journey.customer}`)
    await page.emulateMedia({ forcedColors: 'active' })
    const manager = new LicenseManagerView(page)
    await manager.heading(/^No DR License yet$/).waitFor()
    await manager.add()
    const edges = await manager.root.locator('.button:visible').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(button)
        const canvas = getComputedStyle(document.documentElement).backgroundColor
        const isSeen = parseFloat(borderTopWidth) >= 1 && borderTopColor !== canvas
        return borderTopStyle === 'solid' && isSeen ? 'seen' : button.outerHTML
      }),
    )
    expect(edges.length).toBeGreaterThan(1)
    expect(new Set(edges)).toEqual(new Set(['seen']))
    const tab = manager.root.getByRole('tab', { selected: true }).first()
    expect(await tab.evaluate((one) => getComputedStyle(one).borderBottomWidth)).toBe('2px')
    await journey.picture(page, 'license-manager in forced colours')
  })
})

import { describe, expect, it } from 'vitest'
import { orders } from '../../server/db/schema.ts'
import type { Journey } from '../support/journey.ts'
import { pay } from '../support/payment-page.ts'
import { expectOneSale, openFilledForm, startPurchase } from '../support/purchase.ts'
import { SubscribePanel } from '../support/subscribe-panel.ts'

/** Hosts mint tokens for minutes; the element asks for a new one when it is told so. */
const TOKEN_EXPIRED = /status of 401/

async function orderCount({ system }: Journey): Promise<number> {
  return (await system.deps.db.orm.select().from(orders)).length
}

describe('a purchase that is interrupted or done twice', () => {
  it('P09: a double click on "Subscribe Now", and Enter after it, place one order', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribeNow.dblclick()
    await panel.page.keyboard.press('Enter')
    await panel.dialog.waitFor()
    expect(await orderCount(journey)).toBe(1)
    const payment = await panel.continueToPayment()
    await payment.payBy('good')
    await panel.issued()
    await expectOneSale(journey)
  })

  it('P09: the payment page open in two windows charges once', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const first = await panel.continueToPayment()
    const second = await panel.reopenPayment()
    await second.page.getByRole('link', { name: '4242 4242 4242 4242' }).click()
    await first.payBy('good')
    await panel.issued()
    await second.submit.click()
    await second.returned('Paid: your licenses are valid')
    await expectOneSale(journey)
  })

  it('P11: a second tab names the order of the first before it is placed again', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await payment.payBy('good')
    await panel.issued()
    const other = await openFilledForm(journey)
    await other.root.getByText(/You already ordered 5 licenses of this plan/).waitFor()
    await expectOneSale(journey)
  })

  it('W05: a reload while waiting goes on where it was', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await panel.page.reload()
    await panel.heading('Waiting for your payment').waitFor()
    await payment.payBy('good')
    await panel.issued()
    await expectOneSale(journey)
    await panel.page.reload()
    await panel.subscribeNow.waitFor()
  })

  it('W06: a closed payment window is no failure, and is opened again', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const left = await panel.continueToPayment()
    await left.page.close()
    await panel.button('I have paid – check now').click()
    await panel.root.getByText('No payment has arrived yet.').waitFor()
    const payment = await panel.reopenPayment()
    await payment.payBy('good')
    await panel.issued()
    await expectOneSale(journey)
  })

  it('W05: offline for a moment while the payment arrives', async () => {
    const { journey, panel } = await startPurchase({ mayComplain: /ERR_INTERNET_DISCONNECTED/ })
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    const paymentUrl = payment.page.url()
    await payment.page.close()
    await journey.context.setOffline(true)
    await panel.button('I have paid – check now').click()
    await panel.root.getByText('Connection lost. We keep trying').waitFor()
    await pay({ payment_url: paymentUrl })
    await journey.context.setOffline(false)
    await panel.issued()
    await expectOneSale(journey)
  })

  it('W06: an order that ran out of time says so and starts again at the current price', async () => {
    const { journey, panel } = await startPurchase({ mayComplain: TOKEN_EXPIRED })
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await journey.system.advance('PT40M')
    await panel.heading('The payment was not completed in time').waitFor()
    await payment.page.reload()
    await payment.page.getByRole('heading', { name: 'This payment page has expired' }).waitFor()
    await panel.button('Start again').click()
    await panel.total()
    await panel.subscribe()
    const again = await panel.continueToPayment()
    await again.payBy('good')
    await panel.issued()
    await expectOneSale(journey)
  })

  it('P17: leaving the payment page leads back to a page that can still be paid', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await payment.page
      .getByRole('link', { name: /Back|Return|Cancel/ })
      .first()
      .click()
    await payment.returned('Not paid yet')
    await payment.page.getByRole('link', { name: 'Back to the payment page' }).click()
    await payment.payBy('good')
    await panel.issued()
    await expectOneSale(journey)
  })

  it('W04: works where the browser forbids storage', async () => {
    const { journey, panel } = await startPurchase()
    const page = await journey.context.newPage()
    await page.addInitScript(() => {
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError')
        },
      })
      Object.defineProperty(window, 'BroadcastChannel', { value: undefined })
    })
    await page.goto(panel.page.url())
    const strict = new SubscribePanel(page)
    await strict.choose({ cycle: 'Monthly', quantity: 5, autoRenewal: 'No' })
    await strict.total()
    await strict.subscribe()
    const payment = await strict.continueToPayment()
    await payment.payBy('good')
    await strict.issued()
    await expectOneSale(journey)
  })
})

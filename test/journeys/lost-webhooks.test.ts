import { describe, it } from 'vitest'
import { pay } from '../support/payment-page.ts'
import { expectNoLicense, expectNoSale, expectOneSale, startPurchase } from '../support/purchase.ts'

const PAID = 'Paid: your licenses are valid'

describe('the payment is fulfilled once, however its news arrive', () => {
  it('P06: the webhook is lost, the return page fulfils', async () => {
    const { journey, panel } = await startPurchase()
    await journey.system.stripe.control({ drop: 1 })
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await payment.payBy('good')
    await payment.returned(PAID)
    await panel.issued()
    await expectOneSale(journey)
  })

  it('P07: the webhook is lost, and the window closes before it returns: the sweep fulfils', async () => {
    const { journey, panel } = await startPurchase()
    await journey.system.stripe.control({ drop: 1 })
    await panel.subscribe()
    const { page } = await panel.continueToPayment()
    await page.close()
    await pay({ payment_url: page.url() })
    await panel.button('I have paid – check now').click()
    await panel.root.getByText('No payment has arrived yet.').waitFor()
    await expectNoLicense(journey)
    await journey.system.advance('PT2M')
    await panel.issued()
    await expectOneSale(journey)
  })

  it('P05: the webhook arrives before the order knows its payment page', async () => {
    const { journey, panel } = await startPurchase()
    await journey.system.stripe.control({ pay_on_create: true, before_reply: true })
    await panel.subscribeNow.click()
    await panel.issued()
    await expectOneSale(journey)
  })

  it.each([
    { how: 'three copies of each', switches: { duplicate: 2 } },
    { how: 'three copies in reverse order', switches: { duplicate: 2, reorder: true } },
    { how: 'before the buyer is sent back', switches: { before_reply: true } },
    { how: 'half a second after the return', switches: { delay_ms: 500, duplicate: 1 } },
  ])('P02–P04: webhooks come $how', async ({ switches }) => {
    const { journey, panel } = await startPurchase()
    await journey.system.stripe.control(switches)
    await panel.subscribe()
    const payment = await panel.continueToPayment()
    await expectNoSale(journey)
    await payment.payBy('good')
    await payment.returned(PAID)
    await panel.issued()
    await journey.system.stripe.delivered()
    await expectOneSale(journey)
  })
})

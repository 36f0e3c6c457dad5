import { describe, expect, it } from 'vitest'
import { LicenseManagerView } from '../support/license-list.ts'
import { PaymentWindow } from '../support/payment-window.ts'
import { startPurchase } from '../support/purchase.ts'

describe('the renewal desk, with the real API', () => {
  it('S36, S42: renews one license early, from the desk to the payment page and back', async () => {
    const { journey, panel } = await startPurchase()
    await panel.subscribe()
    const bought = await panel.continueToPayment()
    await bought.payBy('good')
    await panel.issued()
    const page = await journey.open(`/demo/recover/renewals.html?customer=${journey.customer}`)
    const { root } = new LicenseManagerView(page)
    await root.getByRole('tab', { name: /^Manual Renewals \(1\)/ }).waitFor()
    await root.getByRole('button', { name: /^Renew lic_/ }).click()
    const total = root.locator('[part~=total]')
    await total.waitFor()
    expect(await total.innerText()).toBe('$375.00')
    await root.getByRole('button', { name: 'Pay $375.00' }).click()
    const link = root.getByRole('link', { name: /^Continue/ })
    const [opened] = await Promise.all([journey.context.waitForEvent('page'), link.click()])
    await new PaymentWindow(opened).payBy('good')
    await page.bringToFront()
    await root.getByRole('heading', { name: '1 license renewed' }).waitFor()
    await journey.picture(page, 'renewed')
  })
})

import { describe, expect, it } from 'vitest'
import { startJourney } from '../support/journey.ts'
import { tabTo } from '../support/keyboard.ts'
import { LicenseManagerView } from '../support/license-list.ts'
import { PaymentWindow } from '../support/payment-window.ts'
import { expectOneSale } from '../support/purchase.ts'
import { SubscribePanel } from '../support/subscribe-panel.ts'

describe('without a pointer', () => {
  it('buys five DR licenses, from the list to the list', async () => {
    const journey = await startJourney()
    const page = await journey.open(`/demo/recover/?customer=${journey.customer}`)
    const { keyboard } = page
    const manager = new LicenseManagerView(page)
    const panel = new SubscribePanel(page)
    const add = manager.button('Add').first()
    await manager.heading('No DR License yet').waitFor()
    await tabTo(page, add)
    await keyboard.press('Enter')
    await panel.subscribeNow.waitFor()
    await tabTo(page, panel.option('Billing Cycle', 'Monthly'))
    await keyboard.press('Space')
    await tabTo(page, panel.quantity)
    await keyboard.press('Control+A')
    await keyboard.type('4')
    await keyboard.press('ArrowUp')
    await keyboard.press('Tab')
    await tabTo(page, panel.option('Auto-Renewal', 'Yes'))
    await keyboard.press('ArrowDown')
    expect(await panel.option('Auto-Renewal', 'No').isChecked()).toBe(true)
    expect(await panel.total()).toBe('$375.00')
    await tabTo(page, panel.subscribeNow)
    await keyboard.press('Enter')
    await panel.dialog.waitFor()
    await tabTo(page, panel.dialog.getByRole('link', { name: /^Continue/ }))
    const [opened] = await Promise.all([
      journey.context.waitForEvent('page'),
      keyboard.press('Enter'),
    ])
    await payByKeyboard(new PaymentWindow(opened))
    await page.bringToFront()
    await panel.issued()
    await keyboard.press('Escape')
    await manager.rows(1)
    await expectOneSale(journey)
    await expect.poll(() => add.evaluate((it) => it.matches(':focus'))).toBe(true)
  })
})

async function payByKeyboard(payment: PaymentWindow): Promise<void> {
  const { page } = payment
  await payment.submit.waitFor()
  const answers = { 'Card number': '4242424242424242', Expiry: '1234', CVC: '123' }
  for (const [label, text] of Object.entries(answers)) {
    await tabTo(page, page.getByLabel(label))
    await page.keyboard.type(text)
  }
  await page.keyboard.press('Enter')
  await payment.returned('Paid: your licenses are valid')
}

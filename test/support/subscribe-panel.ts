/** `<license-subscribe>` as a customer meets it: by roles and the words on the screen, in English. */
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { PaymentWindow } from './payment-window.ts'

export interface Choice {
  /** Name of the tab, where there are several. */
  readonly type?: string
  readonly quantity?: number
  readonly cycle?: 'Monthly' | 'Annually'
  readonly autoRenewal?: 'Yes' | 'No'
}

export class SubscribePanel {
  readonly page: Page
  readonly root: Locator
  readonly dialog: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.locator('license-subscribe')
    this.dialog = page.getByRole('dialog', { name: 'Payment Redirect Notice' })
  }

  async choose({ type, quantity, cycle, autoRenewal }: Choice): Promise<void> {
    if (type !== undefined) await this.root.getByRole('tab', { name: type }).click()
    if (cycle !== undefined) await this.option('Billing Cycle', cycle).check()
    if (quantity !== undefined) await this.quantity.fill(String(quantity))
    if (autoRenewal !== undefined) await this.option('Auto-Renewal', autoRenewal).check()
  }

  get quantity(): Locator {
    return this.root.getByRole('textbox', { name: 'Quantity' })
  }

  option(question: string, answer: string): Locator {
    const group = this.root.getByRole('group', { name: question })
    return group.getByRole('radio', { name: new RegExp(`^${answer}`) })
  }

  button(name: string): Locator {
    return this.root.getByRole('button', { name })
  }

  heading(name: string): Locator {
    return this.root.getByRole('heading', { name })
  }

  get subscribeNow(): Locator {
    return this.button('Subscribe Now')
  }

  /** The amount due today, as shown once the price of the present selection is there. */
  async total(): Promise<string> {
    await this.root.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
    const shown = await this.root.locator('[part=total]').innerText()
    await this.root.getByRole('button', { name: `Subscribe Now (Due today: ${shown})` }).waitFor()
    return shown
  }

  /** Presses "Subscribe Now" and waits for the question. */
  async subscribe(): Promise<void> {
    await this.subscribeNow.click()
    await this.dialog.waitFor()
  }

  /** Follows "Continue" to the payment page in its own window. */
  async continueToPayment(): Promise<PaymentWindow> {
    return openedBy(this.page.context(), this.dialog.getByRole('link', { name: /^Continue/ }))
  }

  async reopenPayment(name: RegExp = /^Reopen payment page/): Promise<PaymentWindow> {
    return openedBy(this.page.context(), this.root.getByRole('link', { name }))
  }

  /** "Your licenses are active", in a tab that the payment window hides; then the tab is raised. */
  async issued(): Promise<void> {
    await this.heading('Your licenses are active').waitFor()
    await this.page.bringToFront()
  }
}

async function openedBy(context: BrowserContext, link: Locator): Promise<PaymentWindow> {
  const [page] = await Promise.all([context.waitForEvent('page'), link.click()])
  return new PaymentWindow(page)
}

/** The payment page of the stand-in, in the window that "Continue" opened. */
import type { Locator, Page } from 'playwright-core'

const HINTS = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  threeDSecure: '4000 0025 0000 3155',
  declinedLater: '4000 0000 0000 0341',
} as const

export class PaymentWindow {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  get submit(): Locator {
    return this.page.getByRole('button', { name: 'Subscribe', exact: true })
  }

  /** What the page says is due. */
  async due(): Promise<string> {
    const title = await this.title()
    return title.replace(/^Pay (\S+) .*$/, '$1')
  }

  async title(): Promise<string> {
    await this.submit.waitFor()
    return this.page.title()
  }

  async payBy(card: keyof typeof HINTS = 'good'): Promise<void> {
    await this.fillIn(card)
    await this.submit.click()
  }

  /** Fills in a test card by its hint. */
  async fillIn(card: keyof typeof HINTS): Promise<void> {
    await this.page.getByRole('link', { name: HINTS[card] }).click()
    await this.page.waitForURL(/card_number=/)
  }

  /** On the page that saves a card and charges nothing. */
  async save(card: keyof typeof HINTS = 'good'): Promise<void> {
    await this.fillIn(card)
    await this.page.getByRole('button', { name: 'Save', exact: true }).click()
    await this.page.waitForURL((url) => !url.pathname.startsWith('/c/'))
  }

  async payByBank(): Promise<void> {
    await this.page.getByText('US bank account').click()
    await this.page.getByLabel('Account number').fill('000123456789')
    await this.submit.click()
  }

  /** Back at the License Center, under that heading. */
  async returned(heading: RegExp | string): Promise<void> {
    await this.page.waitForURL(/\/pay\/return/)
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor()
  }
}

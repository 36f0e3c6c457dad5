/** The renewal desk as a customer meets it: by roles and the words on the screen, in English. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { demoCustomer } from '../../demo/customers.ts'
import { deliverMails } from '../../server/jobs/deliver-mails.ts'
import type { Journey } from './journey.ts'
import { PaymentWindow } from './payment-window.ts'

export class RenewalDeskView {
  readonly page: Page
  readonly root: Locator

  constructor(page: Page) {
    this.page = page
    this.root = page.locator('license-manager')
  }

  tab(name: string, count: number): Locator {
    return this.root.getByRole('tab', { name: `${name} (${count})` })
  }

  button(name: string | RegExp): Locator {
    return this.root.getByRole('button', { name })
  }

  row(id: string): Locator {
    return this.root.getByRole('row').filter({ hasText: id.slice(-8) })
  }

  /** An entry of the row's menu. */
  async act(id: string, entry: string): Promise<void> {
    await this.row(id).locator('license-menu').getByRole('button').click()
    await this.root.getByRole('menuitem', { name: entry }).click()
  }

  /** What is due, once the price of the present terms is there. */
  async total(): Promise<string> {
    const summary = this.root.locator('.summary[aria-busy=false]')
    return summary.locator('[part~=total]').innerText()
  }

  /** Presses Pay, follows Continue, and pays what the payment page says is due. */
  async pay(): Promise<string> {
    const total = await this.total()
    await this.button(`Pay ${total}`).click()
    const link = this.root.getByRole('link', { name: /^Continue/ })
    const [opened] = await Promise.all([this.page.context().waitForEvent('page'), link.click()])
    const payment = new PaymentWindow(opened)
    expect(await payment.due()).toBe(total)
    await payment.payBy('good')
    return total
  }

  async renewed(count: number): Promise<void> {
    const title = `${count} license${count === 1 ? '' : 's'} renewed`
    await this.root.getByRole('heading', { name: title }).waitFor()
  }

  /** Back at the tabs. */
  async close(): Promise<void> {
    await this.button('Back to the list').click()
  }
}

export async function openDesk(journey: Journey): Promise<RenewalDeskView> {
  const path = `/demo/recover/renewals.html?customer=${journey.customer}`
  return new RenewalDeskView(await journey.open(path))
}

/** `$1,234.50` → 123450 */
export function minorOf(text: string): number {
  return Math.round(Number(text.replaceAll(/[^\d.]/g, '')) * 100)
}

/** Shown = ordered = charged = receipted, in cents. The order is the one that the desk names. */
export async function expectOneAmount(journey: Journey, shown: string): Promise<void> {
  const [page] = journey.context.pages()
  if (page === undefined) throw new Error('no page is open')
  const orderId = await page.locator('license-manager .facts dd.mono').innerText()
  expect((await journey.at('recover').follow(orderId)).total, 'ordered').toBe(minorOf(shown))
  expect(chargedFor(journey, orderId), 'charged').toEqual([minorOf(shown)])
  await expectReceipt(journey, shown)
}

/** What the stand-in took for an order, in cents. */
export function chargedFor({ system }: Journey, orderId: string): readonly number[] {
  const { truth } = system.stripe
  return [...truth.payments(), ...truth.charges()]
    .filter((paid) => paid.orderId === orderId && paid.status === 'succeeded')
    .map(({ amount }) => amount)
}

/** The newest mail to the customer is about that amount. */
export async function expectReceipt({ system, customer }: Journey, shown: string): Promise<void> {
  await deliverMails(system.deps)
  const theirs = system.inbox.mails().filter(({ message }) => message.to.includes(mailOf(customer)))
  expect(theirs[0]?.message.text, 'receipted').toContain(shown)
}

const mailOf = (customer: string) => demoCustomer(customer).email

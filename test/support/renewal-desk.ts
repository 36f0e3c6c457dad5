/** The renewal desk as a customer meets it: by roles and the words on the screen, in English. */
import type { Locator, Page } from 'playwright-core'
import { and, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { demoCustomer } from '../../demo/customers.ts'
import { orders } from '../../server/db/schema.ts'
import { deliverMails } from '../../server/jobs/deliver-mails.ts'
import type { Journey } from './journey.ts'
import { receiptOf } from './receipts.ts'
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

  status(id: string, words: string): Locator {
    return this.row(id).locator('[part~=status]').getByText(words)
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
    expect(await this.follow('Continue')).toBe(total)
    return total
  }

  /** Through a link to the payment page. @returns what was due and paid there */
  async follow(name: string): Promise<string> {
    const link = this.root.getByRole('link', { name: new RegExp(`^${name}`) })
    const [opened] = await Promise.all([this.page.context().waitForEvent('page'), link.click()])
    const payment = new PaymentWindow(opened)
    const due = await payment.due()
    await payment.payBy('good')
    return due
  }

  /** The box over the column, once the rows are there. */
  async selectPage(): Promise<void> {
    await this.root.getByRole('rowheader').first().waitFor()
    await this.root.getByRole('checkbox', { name: 'Select all on this page' }).check()
  }

  /** From "Save a payment method" to the provider's page and back to this one. */
  async saveCard(card: 'good' | 'declinedLater'): Promise<void> {
    await this.button('Save a payment method').click()
    const link = this.root.getByRole('link', { name: /^Save a payment method/ })
    const [opened] = await Promise.all([this.page.context().waitForEvent('page'), link.click()])
    await new PaymentWindow(opened).save(card)
    await opened.close()
    await this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  }

  /** Takes back the renewal that a license was given last. @returns what its button says is refunded */
  async takeBack(id: string): Promise<string> {
    await this.act(id, 'Take back the renewal')
    const confirm = this.button(/^Take back and refund /)
    const words = await confirm.innerText()
    await confirm.click()
    await confirm.waitFor({ state: 'detached' })
    return words.replace('Take back and refund ', '').trim()
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
  const order = await journey.at('recover').follow(orderId)
  expect(order.total, 'ordered').toBe(minorOf(shown))
  expect(chargedFor(journey, orderId), 'charged').toEqual([minorOf(shown)])
  const link = page.locator('license-manager').getByRole('link', { name: 'View and print' })
  const receipt = await receiptOf({ receipt_url: await link.getAttribute('href') })
  expect([receipt.total, ...receipt.charged], 'receipted').toEqual([order.total, order.total])
  await expectMail(journey, shown)
}

/** What the stand-in took for an order, in cents. */
export function chargedFor({ system }: Journey, orderId: string): readonly number[] {
  const { truth } = system.stripe
  return [...truth.payments(), ...truth.charges()]
    .filter((paid) => paid.orderId === orderId && paid.status === 'succeeded')
    .map(({ amount }) => amount)
}

/** What was taken from the customer's saved cards with nobody there, oldest first, in cents. */
export async function savedCardCharges({ system, customer }: Journey): Promise<readonly number[]> {
  const { orm } = system.deps.db
  const theirs = await orm
    .select()
    .from(orders)
    .where(eq(orders.email, mailOf(customer)))
  const ids = new Set<string | null>(theirs.map(({ id }) => id))
  return system.stripe.truth
    .charges()
    .filter(({ orderId, status }) => ids.has(orderId) && status === 'succeeded')
    .map(({ amount }) => amount)
}

/** Orders that nobody placed, and what begins the subject of the mail about each. */
const BY_ITSELF = {
  auto_renewal: 'renewed automatically for',
  meter: 'pay-per-use bill of',
} as const

/**
 * Each order that was paid by itself: ordered = charged = receipted = told in the one mail about it.
 *
 * @param known  how many of them were compared already
 * @returns      the totals of all, oldest first, in cents
 */
export async function expectOwnCharges(
  journey: Journey,
  origin: keyof typeof BY_ITSELF,
  known = 0,
): Promise<readonly number[]> {
  const { system, customer } = journey
  await deliverMails(system.deps)
  const theirs = await system.deps.db.orm
    .select()
    .from(orders)
    .where(and(eq(orders.email, mailOf(customer)), eq(orders.origin, origin)))
    .orderBy(orders.createdAt)
  const paid = theirs.filter(({ state }) => state === 'fulfilled')
  expect(paid.length, 'paid by themselves').toBeGreaterThan(known)
  for (const { id, total } of paid.slice(known)) {
    const receipt = await receiptOf(await journey.at('recover').follow(id))
    const told = totalsTold(journey, id, BY_ITSELF[origin])
    const said = [chargedFor(journey, id), [receipt.total], receipt.charged, told]
    expect(said, 'charged, receipted, charged by the receipt, told').toEqual(Array(4).fill([total]))
  }
  return paid.map(({ total }) => total)
}

/** What the mails with that subject call the total of this order, in cents. */
function totalsTold({ system }: Journey, orderId: string, subject: string): readonly number[] {
  return system.inbox
    .mails()
    .filter(({ message }) => message.subject.includes(subject) && message.text.includes(orderId))
    .map(({ message }) => minorOf(/^Total: (\S+)$/m.exec(message.text)?.[1] ?? ''))
}

/** The newest mail to the customer is about that amount. */
export async function expectMail({ system, customer }: Journey, shown: string): Promise<void> {
  await deliverMails(system.deps)
  const theirs = system.inbox.mails().filter(({ message }) => message.to.includes(mailOf(customer)))
  expect(theirs[0]?.message.text, 'told').toContain(shown)
}

const mailOf = (customer: string) => demoCustomer(customer).email

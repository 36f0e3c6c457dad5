/**
 * Fourteen months of a license that renews by itself, with two refusals and a change of card: what
 * was announced is what was ordered, charged and receipted, each month (section 5, R13, R18).
 */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PaymentMethodSetup } from '../../../server/contract/payment-methods.ts'
import { mails, orders } from '../../../server/db/schema.ts'
import type { ReminderMail } from '../../../server/domain/reminder-mail.ts'
import { autoRenew } from '../../../server/jobs/auto-renew.ts'
import { remind } from '../../../server/jobs/remind.ts'
import { answerOf, DR_AUTO, type Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { expectOneTotal } from '../../support/receipts.ts'
import { submit } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2026-01-31T16:55:10Z' })
})
afterAll(() => center.remove())

const goTo = (instant: Temporal.Instant) => center.system.clock.moveTo(instant)

/** What the last digest said that will be charged. */
async function announced(): Promise<number> {
  const rows = await center.system.deps.db.orm
    .select()
    .from(mails)
    .where(eq(mails.kind, 'reminder.digest'))
    .orderBy(mails.createdAt)
  const digest = rows.at(-1)?.data as unknown as ReminderMail | undefined
  return digest?.charges[0]?.total ?? 0
}

/** Oldest first. */
const ownOrders = () =>
  center.system.deps.db.orm
    .select()
    .from(orders)
    .where(eq(orders.origin, 'auto_renewal'))
    .orderBy(orders.createdAt)

/** The morning a week before the charge, and the charge itself. */
async function oneMonth(buyer: Buyer, id: string): Promise<number> {
  const { deps } = center.system
  const chargeAt = Temporal.Instant.from((await buyer.license(id)).next_charge_at ?? '')
  goTo(chargeAt.subtract({ hours: 7 * 24 - 7 }))
  await remind(deps)
  const shown = await announced()
  goTo(chargeAt.add({ seconds: 30 }))
  await autoRenew(deps)
  await center.told()
  return shown
}

async function newCard(buyer: Buyer, number: string): Promise<void> {
  const body = { return_url: (await buyer.catalogue()).product.home_url }
  const page = await answerOf(await buyer.send('payment-methods', { body }), PaymentMethodSetup)
  await submit(page.url, { card_number: number, exp: '12/34', cvc: '123' })
  await center.told()
}

it('renews fourteen times on the last day of the month, charging what it announced', async () => {
  const buyer = center.as('recover', 'fourteen')
  const { deps, stripe } = center.system
  await center.pay(await buyer.buy(DR_AUTO))
  await center.told()
  const id = (await buyer.licenses({ type: 'dr' })).data[0]?.id ?? ''
  for (let renewal = 1; renewal <= 14; renewal++) {
    const isRefused = renewal === 6
    if (isRefused) await stripe.control({ decline: 'insufficient_funds' })
    const shown = await oneMonth(buyer, id)
    if (isRefused) {
      const [before] = [(await buyer.license(id)).next_charge_at]
      goTo(Temporal.Instant.from(before ?? '').add({ seconds: 30 }))
      await autoRenew(deps)
      expect((await ownOrders()).slice(-2).map(({ state }) => state)).toEqual(['failed', 'failed'])
      await stripe.control({ decline: null })
      await newCard(buyer, '5555555555554444')
      await autoRenew(deps)
      await center.told()
    }
    const [last] = (await ownOrders()).slice(-1)
    const order = await buyer.follow(last?.id ?? '')
    expect([order.state, shown], `renewal ${renewal}`).toEqual(['fulfilled', 37_500])
    const { html } = await expectOneTotal(center, shown, order)
    expect(html).toContain(renewal < 6 ? 'Visa •••• 4242' : 'Mastercard •••• 4444')
  }
  expect((await buyer.license(id)).expires_at.slice(0, 16)).toBe('2027-04-30T16:55')
  expect((await ownOrders()).map(({ state }) => state)).toHaveLength(16)
  const letters = await deps.db.orm.select().from(mails)
  const count = (kind: string) => letters.filter((letter) => letter.kind === kind).length
  expect([count('auto_renewal.succeeded'), count('auto_renewal.failed')]).toEqual([14, 2])
  await expectInvariants(center.system)
})

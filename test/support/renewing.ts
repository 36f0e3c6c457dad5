/** Renewing through the API, step by step: buy, price, order, pay. */
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Order } from '../../server/contract/orders.ts'
import type { Quote, QuoteRequest } from '../../server/contract/quotes.ts'
import { commit } from '../../server/db/commit.ts'
import { licenses } from '../../server/db/schema.ts'
import { DR_MONTHLY, type Buyer, type Item } from './buyer.ts'
import type { TestSystem } from './system.ts'

/** One plain month of one license. */
export const month = (id: string, more: Partial<QuoteRequest> = {}): QuoteRequest => ({
  renewals: [{ license_id: id }],
  duration: { months: 1 },
  ...more,
})

/** Buys and pays; the id of the license that was paid. */
export async function bought(
  center: TestSystem,
  buyer: Buyer,
  item: Item = DR_MONTHLY,
): Promise<string> {
  const order = await buyer.buy(item)
  await center.pay(order)
  const { licenses: ids } = await buyer.follow(order.id, 10)
  return ids[0] ?? ''
}

/** The words of a plan as the catalogue shows them now, agreed to. */
export async function consentTo(buyer: Buyer, plan: string): Promise<{ notices_version: string }> {
  const { notices } = await buyer.catalogue()
  return { notices_version: notices[plan]?.version ?? `${plan} is not sold` }
}

/** Orders what was quoted and pays it: shown = ordered = charged. */
export async function paid(center: TestSystem, buyer: Buyer, quote: Quote): Promise<Order> {
  const order = await buyer.order(quote)
  expect([order.total, order.kind]).toEqual([quote.total, quote.kind])
  await center.pay(order)
  const done = await buyer.follow(order.id, 10)
  const charges = center.system.stripe.truth.payments().filter((p) => p.orderId === order.id)
  expect(charges.map(({ amount, status }) => [amount, status])).toEqual([
    [quote.total, 'succeeded'],
  ])
  return done
}

export function licenseIdOf(id: string): `lic_${string}` {
  if (!id.startsWith('lic_')) throw new Error(`no license id: ${id}`)
  return `lic_${id.slice(4)}`
}

/** The row as it is on the disk. */
export async function storedLicense({ system }: TestSystem, id: string) {
  const { orm } = system.deps.db
  const [row] = await orm
    .select()
    .from(licenses)
    .where(eq(licenses.id, licenseIdOf(id)))
  return row
}

/** As an operator would, with its journal entry. */
export async function revoke(center: TestSystem, id: string): Promise<void> {
  const { db, now } = center.system.deps
  const theirs = eq(licenses.id, licenseIdOf(id))
  const version = ((await storedLicense(center, id))?.version ?? 0) + 1
  const entry = { type: 'license.revoked', actor: 'operator:test', productId: 'recover', data: {} }
  await commit(db, now(), {
    journal: [{ stream: `license:${id}`, version, ...entry }],
    statements: [db.orm.update(licenses).set({ revokedAt: now(), version }).where(theirs)],
  })
}

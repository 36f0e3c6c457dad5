/** What must hold at any time, whatever went wrong before: I1 to I4, I7, I9, I10, I12 of the fault list. */
import { asc, eq, isNull } from 'drizzle-orm'
import { expect } from 'vitest'
import type { System } from '../../demo/system.ts'
import type { Database } from '../../server/db/open.ts'
import {
  coverage,
  journal,
  licenses,
  mails,
  openRenewals,
  orderLines,
  orders,
  payments,
} from '../../server/db/schema.ts'
import { coverageOf } from '../../server/domain/coverage.ts'

/** Fulfilled, whatever went back since. */
const ISSUED: readonly string[] = ['fulfilled', 'partially_refunded', 'refunded']

export async function expectInvariants({ deps, stripe }: Pick<System, 'deps' | 'stripe'>) {
  await expectStored(deps.db)
  await expectMoney(deps.db, stripe)
}

/** What can be seen of them without the provider. */
export async function expectStored(db: Database): Promise<void> {
  await expectJournal(db)
  await expectHolds(db)
  await expectLicenses(db)
}

/** I9: versions are gapless per stream, and rows carry the last one of theirs. */
async function expectJournal({ orm }: Database): Promise<void> {
  const entries = await orm
    .select()
    .from(journal)
    .orderBy(asc(journal.stream), asc(journal.version))
  const last = new Map<string, number>()
  for (const { stream, version } of entries) {
    expect(version, `journal of ${stream}`).toBe((last.get(stream) ?? 0) + 1)
    last.set(stream, version)
  }
  for (const { id, version } of await orm.select().from(orders)) {
    expect(last.get(`order:${id}`), id).toBe(version)
  }
  for (const { id, version } of await orm.select().from(licenses)) {
    expect(last.get(`license:${id}`), id).toBe(version)
  }
}

/** I1, I3, I10, R10: one license per line and kind, of fulfilled orders, as the ledger computes it. */
async function expectLicenses({ orm }: Database): Promise<void> {
  const rows = await orm
    .select({ license: licenses, line: orderLines, order: orders })
    .from(licenses)
    .innerJoin(orderLines, eq(orderLines.id, licenses.orderLineId))
    .innerJoin(orders, eq(orders.id, licenses.orderId))
  const given = await orm.select().from(licenses).where(isNull(licenses.orderId))
  await expectGranted(orm, given)
  expect(rows).toHaveLength((await orm.select().from(licenses)).length - given.length)
  expect(new Set(rows.map(({ license }) => `${license.orderLineId} ${license.kind}`)).size).toBe(
    rows.length,
  )
  const entries = await orm.select().from(coverage).orderBy(asc(coverage.sequence))
  for (const { license, line, order } of rows) {
    expect(ISSUED, license.id).toContain(order.state)
    expect([license.productId, license.customerId]).toEqual([order.productId, order.customerId])
    const ledger = entries.filter(({ licenseId }) => licenseId === license.id)
    const computed = coverageOf(ledger.map(({ entry }) => entry))
    expect(`${computed.endsAt}`, license.id).toBe(`${license.endsAt}`)
    expect(computed.total, license.id).toBe(license.nextTotal ?? license.total)
    const [first] = ledger.filter(({ kind }) => kind === 'units_granted')
    expect(first?.entry, license.id).toMatchObject({ quantity: line.quantity })
  }
}

/** I3: without a payment, by the word of an operator alone. */
async function expectGranted(
  orm: Database['orm'],
  given: readonly (typeof licenses.$inferSelect)[],
): Promise<void> {
  for (const { id, kind } of given) {
    expect(kind, id).toBe('grant')
    const [issued] = await orm
      .select()
      .from(journal)
      .where(eq(journal.stream, `license:${id}`))
      .orderBy(asc(journal.version))
    expect(issued?.actor, id).toMatch(/^(operator|activation_code):/)
  }
}

/** I2, I12, I7: what Stripe took is in an order that was fulfilled or is being looked at; nothing else is. */
async function expectMoney({ orm }: Database, stripe: System['stripe']): Promise<void> {
  const stored = await orm.select().from(orders)
  const ever = [...stripe.truth.payments(), ...stripe.truth.charges()]
  const paid = ever.filter(({ status }) => status === 'succeeded')
  for (const order of stored) {
    const own = paid.filter(({ orderId }) => orderId === order.id)
    const isIssued = ISSUED.includes(order.state)
    if (isIssued && order.total > 0) {
      expect(
        own.map(({ amount }) => amount),
        order.id,
      ).toContain(order.total)
    }
    if (own.length > 0) expect([...ISSUED, 'review'], order.id).toContain(order.state)
    const lines = await orm.select().from(orderLines).where(eq(orderLines.orderId, order.id))
    const isPurchase = lines.every(({ kind }) => kind === 'purchase')
    const issued = await orm.select().from(licenses).where(eq(licenses.orderId, order.id))
    if (isPurchase) expect(issued.length > 0, order.id).toBe(isIssued)
    const letters = await orm.select().from(mails).where(eq(mails.reference, order.id))
    const kinds = [
      'order.confirmation',
      'order.renewed',
      'auto_renewal.succeeded',
      'pay_per_use.billed',
    ]
    const confirmations = letters.filter(({ kind }) => kinds.includes(kind))
    expect(confirmations, order.id).toHaveLength(isIssued ? 1 : 0)
  }
  for (const row of await orm.select().from(payments)) {
    // A page that saved a method only moved no money.
    if (row.amount === 0) continue
    const truth = paid.find(({ sessionId }) => sessionId === row.sessionId)
    expect(row.state === 'paid', row.sessionId).toBe(truth !== undefined)
  }
}

/** C10: an order holds its licenses while it is open, and not a moment longer. */
async function expectHolds({ orm }: Database): Promise<void> {
  const held = await orm.select().from(openRenewals)
  const open = ['pending', 'processing', 'review']
  const states = new Map((await orm.select().from(orders)).map(({ id, state }) => [id, state]))
  for (const { licenseId, orderId } of held) {
    expect(open, licenseId).toContain(states.get(orderId))
  }
  for (const { orderId, licenseId, kind } of await orm.select().from(orderLines)) {
    if (kind === 'purchase' || licenseId === null) continue
    const isOpen = ['pending', 'processing'].includes(states.get(orderId) ?? '')
    const isHeld = held.some((row) => row.orderId === orderId && row.licenseId === licenseId)
    expect(isHeld || !isOpen, orderId).toBe(true)
  }
}

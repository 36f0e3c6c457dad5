/** Asks a customer to pay for metered days: one order per currency, charged by the saved method. */
import { and, eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { commit, LostRace, UnknownOutcome } from '../db/commit.ts'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { Debt, MeterBillRow } from '../db/queries/metered-debts.ts'
import { plainDate } from '../db/queries/plain-date.ts'
import { meterBills } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import { formatInstant, localDate } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { billDueAt, nextBillAttemptAt } from '../domain/metered-bill.ts'
import { priceMeteredBill } from '../domain/metered-pricing.ts'
import { chargeOwnOrder } from './charge-own-order.ts'
import { METER } from './count-metered-days.ts'
import { ownOrder } from './place-own-order.ts'

/** @returns false when there was nothing to pay, or another run was faster */
export async function chargeMeteredDays(
  deps: Deps,
  { product, catalogueVersion }: { product: Product; catalogueVersion: string },
  debt: Debt,
): Promise<boolean> {
  const { customer, currency } = debt
  const facts = debt.licenses.map(({ license, usage }) => ({ ...license, usage }))
  const at = deps.now()
  const priced = priceMeteredBill(product, facts, { currency, zone: customer.zone, at })
  if (priced === null) return false
  const next = begunBill(debt, at)
  const { record, change } = await ownOrder(deps, {
    origin: 'meter',
    customer,
    product,
    catalogueVersion,
    priced,
    licenses: [],
    journal: [billEntry(debt, next.version, 'meter_bill.charge_begun', METER)],
    statements: (orderId) => [saveBill(deps, { ...next, orderId })],
  })
  try {
    await commit(deps.db, at, change)
  } catch (error) {
    if (error instanceof LostRace || error instanceof UnknownOutcome) return false
    throw error
  }
  await chargeOwnOrder(deps, product, record, METER)
  return true
}

/** The bill after a refusal: tried again within seven days, at once with another method. */
export function failedBill(
  bill: MeterBillRow,
  refusal: ChargeRefusal,
  zone: string,
  now: Temporal.Instant,
): MeterBillRow {
  const lastOn = plainDate(bill.lastOn ?? localDate(now, zone).toString())
  const mayRepeat = refusal.kind !== 'hard'
  return {
    ...bill,
    state: 'past_due',
    failure: { ...refusal, at: formatInstant(now) },
    nextAt: mayRepeat ? nextBillAttemptAt(bill.dueAt, lastOn, zone, now) : null,
    version: bill.version + 1,
  }
}

export function saveBill(deps: Deps, bill: MeterBillRow): Query {
  const { customerId, currency, ...facts } = bill
  return deps.db.orm
    .insert(meterBills)
    .values({ customerId, currency, ...facts })
    .onConflictDoUpdate({ target: [meterBills.customerId, meterBills.currency], set: facts })
}

export function sameBill(customerId: Id<'cus'>, currency: string) {
  return and(eq(meterBills.customerId, customerId), eq(meterBills.currency, currency))
}

export function billEntry(
  { customer, currency }: Pick<Debt, 'customer' | 'currency'>,
  version: number,
  type: string,
  actor: string,
): JournalEntry {
  return {
    stream: `meter_bill:${customer.id}:${currency}`,
    version,
    type,
    actor,
    productId: customer.productId,
    data: {},
  }
}

function begunBill(debt: Debt, at: Temporal.Instant): MeterBillRow {
  const { customer, currency } = debt
  const bill = debt.bill?.state === 'past_due' ? debt.bill : null
  const due = debt.licenses.flatMap(({ usage }) => billDueAt(usage) ?? [])
  const [first] = due.toSorted(Temporal.Instant.compare)
  return {
    customerId: customer.id,
    currency,
    dueAt: bill?.dueAt ?? first ?? at,
    attempts: (bill?.attempts ?? 0) + 1,
    state: 'processing',
    lastOn: localDate(at, customer.zone).toString(),
    failure: bill?.failure ?? null,
    nextAt: null,
    orderId: null,
    methodId: customer.savedMethod?.id ?? null,
    suspendedAt: bill?.suspendedAt ?? null,
    version: (debt.bill?.version ?? 0) + 1,
  }
}

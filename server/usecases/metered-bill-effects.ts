/** What the end of an order does to the metered days it was for, in the batch that ends it. */
import { and, eq, isNull, lt } from 'drizzle-orm'
import type { JournalEntry, Query } from '../db/commit.ts'
import { readMetered, sameMeter, type MeteredLicense } from '../db/queries/metered.ts'
import { readDebt } from '../db/queries/metered-debts.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { licenses, meterDays, meters } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import { formatInstant, localDate, parseInstant } from '../domain/calendar.ts'
import { heldFrom } from '../domain/held-time.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import type { PayPerUseBillMail } from '../domain/renewal-mail.ts'
import { suspendedAt } from '../domain/metered-bill.ts'
import { planOf } from '../domain/plan.ts'
import { NO_EFFECTS, type Effects } from './auto-charge-effects.ts'
import { billEntry, failedBill, saveBill } from './charge-metered-days.ts'
import { orderMail, orderMailFacts } from './mail-intents.ts'
import { newMeter } from './switch-meter.ts'

/** Paid: the days are settled, and what was suspended for them works and counts again. */
export async function billPaid(
  deps: Deps,
  record: OrderRecord,
  product: Product,
): Promise<Effects> {
  const lines = record.priced.lines.filter((line) => line.kind === 'pay_per_use')
  if (lines.length === 0) return NO_EFFECTS
  const { order, customer } = record
  const debt = await readDebt(deps.db, customer.id, order.currency)
  const metered = await readMetered(
    deps.db,
    lines.map(({ licenseId }) => licenseId),
  )
  const held = metered.filter(isHeldForIt)
  const version = (debt.bill?.version ?? 0) + 1
  return {
    journal: [
      billEntry(debt, version, 'meter_bill.paid', `order:${order.id}`),
      ...held.map(({ license }): JournalEntry => ({
        stream: `license:${license.id}`,
        version: license.version + 1,
        type: 'license.reinstated',
        actor: `order:${order.id}`,
        productId: license.productId,
        data: { reason: 'pay_per_use_paid' },
      })),
    ],
    statements: [
      ...lines.map(({ licenseId, endsAt }) => settleDays(deps, order.id, licenseId, endsAt)),
      ...(debt.bill === null ? [] : [saveBill(deps, settledBill(debt.bill, version))]),
      ...held.flatMap((each) => reinstate(deps, each)),
      orderMail(deps, record, {
        kind: 'pay_per_use.billed',
        data: billMail(record, product, 'paid', null),
      }),
    ],
  }
}

/** Refused: asked again within seven days, then suspended. */
export async function billUnpaid(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  refusal: ChargeRefusal,
): Promise<Effects> {
  const { order, customer } = record
  const debt = await readDebt(deps.db, customer.id, order.currency)
  const { bill } = debt
  if (bill === null || bill.orderId !== order.id) return NO_EFFECTS
  const next = failedBill(bill, refusal, customer.zone, deps.now())
  const dueAt = formatInstant(suspendedAt(bill.dueAt))
  return {
    journal: [billEntry(debt, next.version, 'meter_bill.charge_failed', `order:${order.id}`)],
    statements: [
      saveBill(deps, next),
      orderMail(deps, record, {
        kind: 'pay_per_use.billed',
        data: billMail(record, product, 'due', dueAt),
      }),
    ],
  }
}

function isHeldForIt({ license, meter }: MeteredLicense): boolean {
  return (
    meter.stoppedBy === 'unpaid' &&
    meter.stoppedAt !== null &&
    license.suspendedAt?.equals(meter.stoppedAt) === true
  )
}

/** Days [startsAt, endsAt) of a line; later ones are another bill's. */
function settleDays(deps: Deps, orderId: Id<'ord'>, licenseId: Id<'lic'>, endsAt: string): Query {
  return deps.db.orm
    .update(meterDays)
    .set({ orderId })
    .where(
      and(
        eq(meterDays.licenseId, licenseId),
        isNull(meterDays.orderId),
        lt(meterDays.countedOn, localDate(parseInstant(endsAt), 'UTC').toString()),
      ),
    )
}

/** Paid by the day again from tomorrow on, unless its customer switched back meanwhile. */
function reinstate(deps: Deps, { license, meter }: MeteredLicense): Query[] {
  const { orm } = deps.db
  const at = deps.now()
  const goesOn = license.renewalMode === 'pay_per_use'
  return [
    orm
      .update(licenses)
      .set({
        suspendedAt: null,
        ...heldFrom(license, license.suspendedAt, at),
        version: license.version + 1,
      })
      .where(eq(licenses.id, license.id)),
    goesOn
      ? newMeter(deps, {
          ...meter,
          openedAt: at,
          countedOn: localDate(at, 'UTC').subtract({ days: 1 }).toString(),
          stoppedAt: null,
          stoppedBy: null,
        })
      : orm.update(meters).set({ stoppedBy: 'switch' }).where(sameMeter(meter)),
  ]
}

function settledBill<Bill extends { readonly version: number }>(bill: Bill, version: number) {
  return { ...bill, state: 'due' as const, nextAt: null, failure: null, suspendedAt: null, version }
}

function billMail(
  record: OrderRecord,
  product: Product,
  state: 'paid' | 'due',
  dueAt: string | null,
): PayPerUseBillMail {
  const { order, customer, lines, priced } = record
  const starts = priced.lines.map(({ startsAt }) => startsAt).toSorted()
  const ends = priced.lines.map(({ endsAt }) => endsAt).toSorted()
  const last = localDate(parseInstant(ends.at(-1) ?? ''), 'UTC').subtract({ days: 1 })
  return {
    ...orderMailFacts(record, product),
    from: (starts[0] ?? '').slice(0, 10),
    to: last.toString(),
    lines: lines.map(({ planId, quantity, amount, explanation }) => ({
      planName: planOf(product, planId)?.name ?? planId,
      quantity,
      amount,
      explanation,
    })),
    subtotal: order.subtotal,
    tax: order.tax,
    method: customer.savedMethod,
    state,
    dueAt,
  }
}

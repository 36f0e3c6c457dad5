/** The bill of metered days as a quote: the same lines are ordered, charged and receipted (R13). */
import { Temporal } from 'temporal-polyfill'
import { formatInstant } from './calendar.ts'
import type { Product } from './catalogue.ts'
import type { Explanation } from './explanation.ts'
import type { Id } from './ids.ts'
import { billLines, type BillLine, type Usage } from './metered-bill.ts'
import { midnight } from './metering.ts'
import { quoteOf } from './extension-quote.ts'
import type { PayPerUseLine, PricedQuote } from './quote.ts'
import { settle } from './totals.ts'

/** What a line tells of its license. */
export interface MeteredFacts {
  readonly id: Id<'lic'>
  readonly planId: string
  readonly planName: string
  readonly type: string
  readonly total: number
  readonly endsAt: Temporal.Instant
  readonly usage: Usage
}

/** @returns null when there is nothing to pay now */
export function priceMeteredBill(
  product: Product,
  licenses: readonly MeteredFacts[],
  terms: { readonly currency: string; readonly zone: string; readonly at: Temporal.Instant },
): PricedQuote | null {
  const { currency, zone, at } = terms
  const lines = billLines(
    licenses.map(({ usage }) => usage),
    at,
  ).flatMap((line) => {
    const license = licenses.find(({ id }) => id === line.licenseId)
    return license ? [listed(license, line)] : []
  })
  if (lines.length === 0) return null
  const settled = settle(lines, { currency, promo: null, tax: product.tax ?? null })
  const priced = settled.lines.map(({ planId: plan, ...line }): PayPerUseLine => ({
    ...line,
    plan,
  }))
  return quoteOf({ product, currency, zone, promo: null }, priced, settled.totals, [])
}

type Listed = Omit<PayPerUseLine, 'discount' | 'tax'> & { readonly planId: string }

function listed(license: MeteredFacts, line: BillLine): Listed {
  const [first] = line.stretches
  const last = line.stretches.at(-1)
  if (first === undefined || last === undefined) throw new Error('a bill line without days')
  const until = Temporal.PlainDate.from(last.to).add({ days: 1 })
  return {
    kind: 'pay_per_use',
    planId: license.planId,
    plan: license.planId,
    planName: license.planName,
    type: license.type,
    licenseId: license.id,
    quantity: line.quantity,
    cycle: null,
    months: 0,
    autoRenew: false,
    oneTime: false,
    startsAt: formatInstant(midnight(Temporal.PlainDate.from(first.from))),
    endsAt: formatInstant(midnight(until)),
    expiresAtBefore: formatInstant(license.endsAt),
    unitsBefore: license.total,
    extraDays: line.days,
    lostDays: 0,
    lostAmount: 0,
    modeAfter: 'pay_per_use',
    // Days beyond the cap of a month may come first.
    unitAmount: Math.max(...line.stretches.map(({ unitAmount }) => unitAmount)),
    amount: line.amount,
    explanation: explanationOf(line),
  }
}

/** Days beyond the cap cost nothing and are not told. */
function explanationOf({ stretches }: BillLine): Explanation {
  return stretches
    .filter(({ unitAmount }) => unitAmount > 0)
    .map(({ days, unitAmount, quantity }) => ({ kind: 'metered', days, unitAmount, quantity }))
}

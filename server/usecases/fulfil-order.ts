/** Paid and fulfilled at once, with the licenses; there is no moment in between to crash in. */
import type { Temporal } from 'temporal-polyfill'
import { productAt } from '../db/catalogue-store.ts'
import type { Decision, Query } from '../db/commit.ts'
import type { OrderRecord, SettlementRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import { transition } from '../domain/order.ts'
import type { PricedRenewal } from '../domain/quote.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { extendLicenses } from './extend-licenses.ts'
import { releaseLicenses } from './held-licenses.ts'
import { issueLicenses } from './issue-licenses.ts'
import { billPaid } from './metered-bill-effects.ts'
import { orderChange } from './order-change.ts'
import { closeOtherPages, paymentStatements } from './payment-statements.ts'
import { savedMethodChange } from './saved-method.ts'
import type { MethodChange } from './saved-method.ts'
import { consequences, secondPayments } from './settlement-consequences.ts'

export interface Fulfilment {
  /** The page that was paid; null when nothing had to be paid. */
  readonly session: CheckoutSession | null
  /** When coverage begins: the payment's own time, or the time of the decision (R7). */
  readonly startsAt: Temporal.Instant
  readonly actor: string
  /** Kept with the journal entry, e.g. an operator's reason. */
  readonly data?: Readonly<Record<string, unknown>>
  readonly statements?: readonly Query[]
}

/** Decides only; the caller commits. @throws Refused `order.transition_refused` */
export async function fulfilOrder(
  deps: Deps,
  record: SettlementRecord,
  { session, actor, data, statements = [], ...fulfilment }: Fulfilment,
): Promise<Decision<OrderRecord>> {
  const { order } = record
  const product = await productAt(deps.db, order.catalogueVersion, order.productId)
  const state = transition(
    session === null ? order.state : transition(order.state, 'pay'),
    'fulfil',
  )
  const at = wholeSecond(deps.now())
  const startsAt = wholeSecond(fulfilment.startsAt)
  const isPaid = session !== null && session.kind !== 'setup'
  const paidAt = isPaid ? wholeSecond(session.paidAt ?? startsAt) : null
  const saved = session?.method?.reusable === true ? session.method : null
  const intentId = session?.intentId ?? settledIntent(record)
  const extension = extendLicenses(deps, record, product, { paidAt: startsAt, at, intentId })
  const extendedIds = extension.extended.map(({ after }) => after.id)
  const issued = await issueLicenses(deps, record, product, {
    startsAt,
    at,
    // Nothing to pay and a method from before: that one is charged later.
    canRenewByItself: saved !== null || (session === null && record.customer.savedMethod !== null),
    extended: extension.extended,
  })
  const method = keptMethod(deps, record, session, actor)
  const others = await closeOtherPages(deps, record, session)
  const paid = await billPaid(deps, record, product)
  const next = orderChange(deps, record, {
    type: 'order.fulfilled',
    actor,
    set: {
      state,
      paidAt,
      fulfilledAt: at,
      failure: null,
      // What could not be carried out is given back by the sweep.
      sweepAt: extension.refunds.length > 0 ? at : null,
    },
    data: {
      ...data,
      licenses: [...extendedIds, ...issued.licenseIds],
      ...(extension.refunds.length > 0 ? { refunds: extension.refunds.map(({ id }) => id) } : {}),
    },
    journal: [...extension.journal, ...issued.journal, ...method.journal, ...paid.journal],
    statements: [
      ...extension.statements,
      ...issued.statements,
      ...method.statements,
      releaseLicenses(deps, order),
      ...paymentStatements(deps, record, session === null ? [] : [...others, session]),
      ...paid.statements,
      ...consequences(deps, record, product, {
        kind: 'issued',
        paidAt: paidAt && formatInstant(paidAt),
        licenses: issued.summary,
        renewal: renewalOf(record, issued.firstChargeAt),
        extended: extension.extended,
        method: session?.method ?? null,
      }),
      ...secondPayments(deps, record, product, others),
      ...statements,
    ],
  })
  return {
    change: next.change,
    result: {
      ...record,
      order: next.order,
      licenseIds: [...extendedIds, ...issued.licenseIds],
      refunds: [...record.refunds, ...extension.refunds],
    },
  }
}

const NO_METHOD: MethodChange = { journal: [], statements: [] }

function settledIntent({ payments }: OrderRecord): string | null {
  return payments.find(({ settledAt }) => settledAt !== null)?.intentId ?? null
}

/** Of a page where auto-renewal was chosen: later charges use it. */
function keptMethod(
  deps: Deps,
  { customer, lines }: OrderRecord,
  session: CheckoutSession | null,
  actor: string,
): MethodChange {
  if (session === null || lines.every((it) => !it.autoRenew)) return NO_METHOD
  // A saved method that paid is not thereby the one that later charges use, unless there is none.
  const isWanted = session.kind !== 'charge' || customer.savedMethod === null
  if (!isWanted || session.method?.reusable !== true) return NO_METHOD
  return savedMethodChange(deps, customer, session.method, actor)
}

/** What the quote promised, from the time that it was paid; null when nothing renews by itself. */
function renewalOf(
  { priced }: OrderRecord,
  firstChargeAt: Temporal.Instant | null,
): PricedRenewal | null {
  if (priced.renewal === null || firstChargeAt === null) return null
  return { ...priced.renewal, firstChargeAt: formatInstant(firstChargeAt) }
}

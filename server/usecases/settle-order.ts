/**
 * Fulfilment: one idempotent function with three callers, the webhook, the return page and the sweep.
 * None trusts what it was told: the payment page is read again from the provider, compared, and then
 * everything that follows is committed as one batch (P01–P10, P14, P17).
 */
import { productAt } from '../db/catalogue-store.ts'
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision, JournalEntry, Query } from '../db/commit.ts'
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord, SettlementRecord } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { transition } from '../domain/order.ts'
import type { OrderState } from '../domain/order.ts'
import { eventsOf, judgePayment } from '../domain/payment-judgement.ts'
import type { Judgement } from '../domain/payment-judgement.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { fulfilOrder } from './fulfil-order.ts'
import { holdAgain, releaseLicenses } from './held-licenses.ts'
import { closeRefused, judgeOwn, refusalOf, unpaidEffects } from './own-order.ts'
import type { ChargeRefusal } from '../domain/auto-renewal.ts'
import { orderChange } from './order-change.ts'
import type { OrderStep } from './order-change.ts'
import { payableOrder } from './payable-order.ts'
import { closeOtherPages, paymentStatements } from './payment-statements.ts'
import { consequences, secondPayments } from './settlement-consequences.ts'

export interface SettlementCause {
  /** `provider`, `customer:cus_…`, `job:sweep`. */
  readonly actor: string
  /** A page that the provider named; it may not be in our rows yet (P05). */
  readonly sessionId?: string
  /** Why an order of ours could not even be charged. */
  readonly givenUp?: ChargeRefusal
  /** Stored in the same batch, e.g. the mark on the inbox row; asked anew for each attempt. */
  readonly alongside?: () => Promise<Alongside | null>
}

export interface Alongside {
  readonly journal: readonly [JournalEntry, ...JournalEntry[]]
  readonly statements: readonly Query[]
}

export interface Settlement {
  /** Null when there is no such order. */
  readonly record: OrderRecord | null
  readonly outcome: Judgement['kind'] | 'unknown_order' | 'issued'
}

/** @throws Refused `payment.unavailable` when the provider cannot be asked; nothing is changed then */
export function settleOrder(
  deps: Deps,
  orderId: Id<'ord'>,
  cause: SettlementCause,
): Promise<Settlement> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<Settlement>> => {
    const record = await readOrderForSettlement(deps.db, orderId)
    if (record === null) return { change: null, result: { record: null, outcome: 'unknown_order' } }
    const session = await closeRefused(deps, record.order, await readSession(deps, record, cause))
    const alongside = (await cause.alongside?.()) ?? null
    const { change, result } = await decide(deps, record, session, cause)
    return { change: joined(change, alongside), result }
  })
}

async function readSession(
  deps: Deps,
  { order, customer, payments }: OrderRecord,
  cause: SettlementCause,
): Promise<CheckoutSession | null> {
  const named = cause.sessionId ? await deps.payments.readCheckout(cause.sessionId) : null
  if (named !== null) return named
  // A page that our provider does not have says nothing about the order (P22); our own one does.
  const ownId = payments.at(-1)?.sessionId
  if (ownId !== undefined) return endOf(deps, await deps.payments.readCheckout(ownId))
  if (order.state !== 'pending' || customer.providerCustomer === null) return null
  // The reply to our own request may have been lost: the provider knows (P28).
  const [latest] = await deps.payments.findCheckoutsOfOrder(order.id, customer.providerCustomer)
  return endOf(deps, latest ?? null)
}

/** Pages close by themselves when their time is over; the charge of a saved method does not. */
async function endOf(deps: Deps, session: CheckoutSession | null): Promise<CheckoutSession | null> {
  const isOpenCharge = session?.kind === 'charge' && session.state === 'open'
  const isOver = deps.now().epochMilliseconds >= (session?.expiresAt.epochMilliseconds ?? Infinity)
  return isOpenCharge && isOver ? deps.payments.expireCheckout(session.id) : session
}

async function decide(
  deps: Deps,
  record: SettlementRecord,
  session: CheckoutSession | null,
  { actor, givenUp }: SettlementCause,
): Promise<Decision<Settlement>> {
  const { order } = record
  if (order.state === 'payable') {
    const step = { session: null, startsAt: wholeSecond(deps.now()), actor }
    return asSettlement(await fulfilOrder(deps, record, step))
  }
  const product = await productAt(deps.db, order.catalogueVersion, order.productId)
  const judged = judgePayment(payableOrder(deps, record, session), session, deps.now())
  const judgement = judgeOwn(order, session, givenUp, judged, deps.now())
  if (judgement.kind === 'nothing' && judgement.alert !== undefined) {
    deps.log({ level: 'warn', event: `payment.${judgement.alert}`, order: order.id })
  }
  if (judgement.kind === 'settle') {
    // Nothing was paid where a method was saved only: coverage starts with the fulfilment (R7).
    const startsAt = session?.kind === 'setup' ? deps.now() : judgement.paidAt
    const step = { session, startsAt, actor }
    return asSettlement(await fulfilOrder(deps, record, step))
  }
  const step = await stepOf(deps, record, product, session, judgement, givenUp)
  if (step === null) {
    return { change: null, result: { record, outcome: judgement.kind } }
  }
  const next = orderChange(deps, record, { ...step, actor })
  return {
    change: next.change,
    result: { record: { ...record, order: next.order }, outcome: judgement.kind },
  }
}

function asSettlement({ change, result }: Decision<OrderRecord>): Decision<Settlement> {
  return { change, result: { record: result, outcome: 'issued' } }
}

/** What the order learns from a judgement that does not issue anything; null when it knows already. */
async function stepOf(
  deps: Deps,
  record: SettlementRecord,
  product: Product,
  session: CheckoutSession | null,
  judgement: Judgement,
  givenUp: ChargeRefusal | undefined,
): Promise<Omit<OrderStep, 'actor'> | null> {
  const { order } = record
  if (judgement.kind === 'nothing') return null
  if (judgement.kind === 'declined' && isKnown(order.failure, judgement.failure)) return null
  const state = eventsOf(order.state, judgement).reduce(transition, order.state)
  const failure = 'failure' in judgement ? judgement.failure : null
  const others = await closeOtherPages(deps, record, session)
  const effects = await unpaidEffects(deps, record, product, judgement, () =>
    refusalOf(record, session, givenUp),
  )
  return {
    type: TYPES[judgement.kind],
    set: {
      state,
      failure,
      ...(judgement.kind === 'review' ? { reviewReason: judgement.reason } : {}),
      ...(WATCHED.includes(state) ? {} : { sweepAt: null }),
    },
    data: judgement.kind === 'review' ? { reason: judgement.reason } : {},
    journal: effects.journal,
    statements: [
      ...paymentStatements(deps, record, session === null ? [] : [...others, session]),
      ...secondPayments(deps, record, product, others),
      ...effects.statements,
      ...consequences(deps, record, product, judgement),
      ...holdsAfter(deps, record, state),
    ],
  }
}

/** In review it holds its licenses, also when it had let them go before the money came. */
function holdsAfter(deps: Deps, { order, extended }: SettlementRecord, state: OrderState): Query[] {
  if (state === 'review') {
    return holdAgain(
      deps,
      order,
      extended.map(({ license }) => license),
    )
  }
  return WATCHED.includes(state) || state === 'fulfilled' ? [] : [releaseLicenses(deps, order)]
}

const WATCHED: readonly string[] = ['pending', 'processing']

const TYPES = {
  processing: 'order.processing',
  review: 'order.review',
  declined: 'order.payment_declined',
  fail: 'order.failed',
  expire: 'order.expired',
  settle: 'order.paid',
} as const satisfies Record<Exclude<Judgement['kind'], 'nothing'>, string>

function isKnown(known: { code: string } | null, failure: { code: string }): boolean {
  return known?.code === failure.code
}

/** One batch for both, or whichever there is. */
export function joined(change: Change | null, alongside: Alongside | null): Change | null {
  if (change === null || alongside === null) return change ?? alongside
  return {
    journal: [...change.journal, ...alongside.journal],
    statements: [...change.statements, ...alongside.statements],
  }
}

/** What goes with a settled payment besides the order itself: mails, operator tasks, promo uses. */
import { eq } from 'drizzle-orm'
import type { Query } from '../db/commit.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { operatorTasks, promoUses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Judgement } from '../domain/payment-judgement.ts'
import type { CheckoutSession } from '../payments/port.ts'
import { renewalMailIntent } from './renewal-mail-intent.ts'
import { chargesSettled } from './auto-charge-effects.ts'
import { confirmationFacts, orderMail, orderMailFacts } from './mail-intents.ts'
import type { IssuedFacts } from './mail-intents.ts'

export type Outcome = Judgement | ({ readonly kind: 'issued' } & IssuedFacts)

export function consequences(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  outcome: Outcome,
): Query[] {
  return [
    ...mailsOf(deps, record, product, outcome),
    ...tasksOf(deps, record, outcome),
    ...promoUsesOf(deps, record, outcome),
    ...(outcome.kind === 'issued' ? chargesSettled(deps, record) : []),
  ]
}

/** What follows from pages that were paid beside the one that counts (P09). */
export function secondPayments(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  others: readonly CheckoutSession[],
): Query[] {
  const isPaidTwice = others.some(({ payment }) => payment === 'paid')
  if (!isPaidTwice) return []
  return consequences(deps, record, product, { kind: 'review', reason: 'second_payment' })
}

function mailsOf(deps: Deps, record: OrderRecord, product: Product, outcome: Outcome): Query[] {
  const facts = orderMailFacts(record, product)
  switch (outcome.kind) {
    case 'issued': {
      if (record.order.origin === 'meter') return []
      const { kind: _, ...issued } = outcome
      if (issued.extended.length > 0) return [renewalMailIntent(deps, record, product, issued)]
      const data = confirmationFacts(record, product, issued)
      return [orderMail(deps, record, { kind: 'order.confirmation', data })]
    }
    case 'processing':
      return [orderMail(deps, record, { kind: 'order.processing', data: facts })]
    case 'fail': {
      // Orders of ours are told about with the charges that they were for.
      if (record.order.origin !== 'customer') return []
      const data = { ...facts, reason: outcome.failure.message }
      return [orderMail(deps, record, { kind: 'order.payment_failed', data })]
    }
    case 'review':
      return [orderMail(deps, record, { kind: 'order.review', data: facts })]
    case 'nothing':
    case 'settle':
    case 'declined':
    case 'expire':
      return []
  }
}

function tasksOf(deps: Deps, { order }: OrderRecord, outcome: Outcome): Query[] {
  if (outcome.kind !== 'review') return []
  return [
    deps.db.orm
      .insert(operatorTasks)
      .values({
        id: deps.newId('task'),
        productId: order.productId,
        kind: `order.${outcome.reason}`,
        reference: order.id,
        data: { total: order.total, currency: order.currency },
        createdAt: deps.now(),
        closedAt: null,
      })
      .onConflictDoNothing(),
  ]
}

/** Reserved at the order, counted at the payment, given back when nothing comes of it (R14). */
function promoUsesOf(deps: Deps, { order }: OrderRecord, outcome: Outcome): Query[] {
  const state = PROMO_STATES[outcome.kind]
  if (order.promoCode === null || state === undefined) return []
  return [deps.db.orm.update(promoUses).set({ state }).where(eq(promoUses.orderId, order.id))]
}

const PROMO_STATES: Partial<Record<Outcome['kind'], 'counted' | 'released'>> = {
  issued: 'counted',
  fail: 'released',
  expire: 'released',
}

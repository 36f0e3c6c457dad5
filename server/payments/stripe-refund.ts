/** Money back at Stripe, and what banks say about a payment later. */
import type Stripe from 'stripe'
import type {
  Aftermath,
  FraudWarning,
  ProviderDispute,
  ProviderRefund,
  RefundRequest,
} from './aftermath.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'
import { invoiceOfIntent } from './stripe-charge.ts'
import { isMissing, isRefused } from './stripe-errors.ts'
import { idOf, instant } from './stripe-values.ts'

const LIST_MAX = 100

/** Our key is in the metadata as well: Stripe forgets idempotency keys after 24 hours. */
export async function refund(stripe: Stripe, request: RefundRequest): Promise<ProviderRefund> {
  const { intentId, key, orderId, amount, currency } = request
  const earlier = await refundsOf(stripe, intentId)
  const made =
    earlier.find((it) => it.metadata?.['refund_key'] === key) ??
    (await stripe.refunds.create(
      {
        payment_intent: intentId,
        amount: toStripeAmount(amount, currency),
        metadata: { order_id: orderId, refund_key: key },
      },
      { idempotencyKey: `refund:${key}` },
    ))
  await creditRefund(stripe, made, request)
  return readRefund(made)
}

export async function readAftermath(stripe: Stripe, intentId: string): Promise<Aftermath> {
  const params = { payment_intent: intentId, limit: LIST_MAX }
  try {
    const [refunds, disputes, warnings] = await Promise.all([
      refundsOf(stripe, intentId),
      stripe.disputes.list(params),
      stripe.radar.earlyFraudWarnings.list(params),
    ])
    return {
      refunds: refunds.map(readRefund),
      disputes: disputes.data.toReversed().map(readDispute),
      warnings: warnings.data.toReversed().map(readWarning),
    }
  } catch (error) {
    if (isMissing(error)) return { refunds: [], disputes: [], warnings: [] }
    throw error
  }
}

/** Oldest first. */
async function refundsOf(stripe: Stripe, intentId: string): Promise<Stripe.Refund[]> {
  const params = { payment_intent: intentId, limit: LIST_MAX }
  return (await stripe.refunds.list(params)).data.toReversed()
}

/** So that the customer's invoice says what came back. The money is on its way without it, too. */
async function creditRefund(
  stripe: Stripe,
  made: Stripe.Refund,
  { intentId, key, orderId }: RefundRequest,
): Promise<void> {
  const invoice = await invoiceOfIntent(stripe, intentId)
  if (invoice === null) return
  const refunds = [{ refund: made.id, amount_refunded: made.amount }]
  const params = { invoice, amount: made.amount, refunds, metadata: { order_id: orderId } }
  try {
    await stripe.creditNotes.create(params, { idempotencyKey: `credit-note:${key}` })
  } catch (error) {
    // It has one already, or its invoice was credited in the dashboard.
    if (!isRefused(error)) throw error
  }
}

function readRefund(made: Stripe.Refund): ProviderRefund {
  const currency = made.currency.toUpperCase()
  return {
    id: made.id,
    intentId: idOf(made.payment_intent) ?? '',
    key: made.metadata?.['refund_key'] ?? null,
    amount: fromStripeAmount(made.amount, currency),
    currency,
    state: refundState(made.status),
    failure: made.failure_reason ?? null,
    createdAt: instant(made.created),
  }
}

function refundState(status: string | null): ProviderRefund['state'] {
  switch (status) {
    case 'succeeded':
      return 'succeeded'
    case 'failed':
    case 'canceled':
      return 'failed'
    default:
      return 'pending'
  }
}

function readDispute(dispute: Stripe.Dispute): ProviderDispute {
  const currency = dispute.currency.toUpperCase()
  return {
    id: dispute.id,
    intentId: idOf(dispute.payment_intent) ?? '',
    state: disputeState(dispute.status),
    amount: fromStripeAmount(dispute.amount, currency),
    currency,
    reason: dispute.reason,
    createdAt: instant(dispute.created),
  }
}

/** An appeal is decided when it is: until then the money stays withdrawn. */
function disputeState(status: Stripe.Dispute.Status): ProviderDispute['state'] {
  switch (status) {
    case 'won':
    case 'prevented':
      return 'won'
    case 'lost':
      return 'lost'
    case 'warning_closed':
      return 'inquiry_closed'
    case 'warning_needs_response':
    case 'warning_under_review':
      return 'inquiry'
    default:
      return 'open'
  }
}

function readWarning(warning: Stripe.Radar.EarlyFraudWarning): FraudWarning {
  return {
    id: warning.id,
    intentId: idOf(warning.payment_intent) ?? '',
    isActionable: warning.actionable,
  }
}

/** What may follow a payment: refunds, credit notes, disputes, warnings. */
import type { Metadata } from './objects.ts'

export interface Refund {
  readonly id: string
  readonly object: 'refund'
  readonly created: number
  readonly amount: number
  readonly currency: string
  readonly charge: string
  readonly payment_intent: string
  readonly reason: string | null
  readonly metadata: Metadata
  status: 'pending' | 'succeeded' | 'failed'
  failure_reason: string | null
  /** Held here: what the bank says to a refund that it has not answered yet. */
  verdict: 'succeeded' | 'failed' | null
  /** Epoch milliseconds of the injected clock. */
  readonly dueAt: number
}

export interface CreditNote {
  readonly id: string
  readonly object: 'credit_note'
  readonly created: number
  readonly number: string
  readonly invoice: string
  readonly customer: string | null
  readonly currency: string
  readonly amount: number
  readonly memo: string | null
  readonly refunds: readonly { readonly refund: string; readonly amount_refunded: number }[]
  readonly metadata: Metadata
  readonly status: 'issued'
  readonly livemode: false
}

export interface Dispute {
  readonly id: string
  readonly object: 'dispute'
  readonly created: number
  readonly amount: number
  readonly currency: string
  readonly charge: string
  readonly payment_intent: string
  readonly reason: string
  readonly metadata: Metadata
  readonly livemode: false
  status: 'needs_response' | 'won' | 'lost' | 'warning_needs_response' | 'warning_closed'
}

export interface FraudWarning {
  readonly id: string
  readonly object: 'radar.early_fraud_warning'
  readonly created: number
  readonly actionable: boolean
  readonly charge: string
  readonly payment_intent: string
  readonly fraud_type: string
  readonly livemode: false
}

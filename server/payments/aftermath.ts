/** What may follow a payment that succeeded, in our own words; part of the port. */
import type { Temporal } from 'temporal-polyfill'

/** Money that went back, or is to. Amounts in minor units as we count them. */
export interface ProviderRefund {
  readonly id: string
  readonly intentId: string
  /** The key that we gave it; null when it was made in the provider's dashboard. */
  readonly key: string | null
  readonly amount: number
  readonly currency: string
  /** `failed` may follow `succeeded`: the bank gave the money back. */
  readonly state: 'pending' | 'succeeded' | 'failed'
  readonly failure: string | null
  readonly createdAt: Temporal.Instant
}

export interface RefundRequest {
  readonly orderId: string
  /** Natural key of the refund, unique for ever. */
  readonly key: string
  readonly intentId: string
  readonly amount: number
  readonly currency: string
}

/** A payer's objection to a charge. */
export interface ProviderDispute {
  readonly id: string
  readonly intentId: string
  /**
   * `inquiry`: the bank asks, no money moved · `inquiry_closed`: it asks no more ·
   * `open`: the money is withdrawn until it is decided · `won` · `lost`.
   */
  readonly state: 'inquiry' | 'inquiry_closed' | 'open' | 'won' | 'lost'
  readonly amount: number
  readonly currency: string
  /** The provider's word, e.g. `fraudulent`. */
  readonly reason: string
  readonly createdAt: Temporal.Instant
}

/** A bank's hint that a charge may be fraud, before anybody disputes it. */
export interface FraudWarning {
  readonly id: string
  readonly intentId: string
  /** False once nothing can be done about it any more. */
  readonly isActionable: boolean
}

/** What has become of a payment since it succeeded, each list oldest first. */
export interface Aftermath {
  readonly refunds: readonly ProviderRefund[]
  readonly disputes: readonly ProviderDispute[]
  readonly warnings: readonly FraudWarning[]
}

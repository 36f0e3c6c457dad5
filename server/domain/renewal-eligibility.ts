/** Whether a license can be renewed now, and if not, why (R3, R4, section 5). */

/** First reason wins, in this order. */
export const NOT_RENEWABLE_REASONS = [
  'revoked',
  'refunded',
  'under_review',
  'order_open',
  'metered',
  'suspended',
  'ended',
  'retired',
  'currency',
  'too_far_ahead',
  'too_short',
] as const
export type NotRenewableReason = (typeof NOT_RENEWABLE_REASONS)[number]

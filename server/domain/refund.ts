/** Refunds (R15): what one is about, and how far it is. */

/** `amount` changes no license; `units` and `period` take back what the order added. */
export const REFUND_KINDS = ['period', 'units', 'amount'] as const
export type RefundKind = (typeof REFUND_KINDS)[number]

export const REFUND_STATES = ['pending', 'succeeded', 'failed'] as const
export type RefundState = (typeof REFUND_STATES)[number]

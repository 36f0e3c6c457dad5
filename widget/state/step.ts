/** Where a purchase stands; how one step leads to another is `checkout-flow.ts`. */
export type Step =
  | 'editing'
  | 'submitting'
  /** The order exists; "Payment Redirect Notice" is open (S14). */
  | 'confirm'
  | 'canceling'
  /** The payment page was opened; only the server knows what happens there. */
  | 'waiting'
  /** The bank confirms later (P10). */
  | 'processing'
  /** Paid, licenses not made yet. */
  | 'issuing'
  | 'issued'
  | 'declined'
  | 'expired'
  /** The form again, with its values, and a word that nothing was charged (S15). */
  | 'canceled'
  /** Money has arrived but a person must look. */
  | 'review'
  | 'refunded'
  /** The order cannot be read any more: another account, or gone. */
  | 'error'

/** Which of the element's four screens a step belongs to; canceling stays on the one it began on. */
export function viewOf(step: Step): 'form' | 'wait' | 'outcome' | 'error' {
  switch (step) {
    case 'editing':
    case 'submitting':
    case 'confirm':
    case 'canceled':
      return 'form'
    case 'waiting':
    case 'canceling':
      return 'wait'
    case 'error':
      return 'error'
    default:
      return 'outcome'
  }
}

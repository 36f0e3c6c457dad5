/**
 * What a refused charge means for the next one (section 5): whether the same method may be tried
 * again. Banks fine those who ask on although they were told to stop.
 */

/** A refused charge in the provider's words; codes are those of cards, null where it gave none. */
export interface RefusedCharge {
  /** Why: `card_declined`, `expired_card`, `authentication_required` … */
  readonly code: string
  /** The bank's reason: `insufficient_funds`, `lost_card` … */
  readonly declineCode: string | null
  /** The network's advice. */
  readonly advice: string | null
}

/**
 * `soft`: the same method may be tried again · `hard`: it will not work again, a new one is needed ·
 * `authentication`: the customer has to confirm in person, on a payment page.
 */
export type DeclineKind = 'soft' | 'hard' | 'authentication'

const STOPS: ReadonlySet<string> = new Set(['do_not_try_again', 'confirm_card_data'])

/** Where a network gives no advice: the card is gone, wrong, or its holder took the permission back. */
const HARD: ReadonlySet<string> = new Set([
  'card_not_supported',
  'customer_detached',
  'do_not_try_again',
  'expired_card',
  'fraudulent',
  'highest_risk_level',
  'incorrect_number',
  'invalid_account',
  'invalid_number',
  'lost_card',
  'merchant_blacklist',
  'payment_method_missing',
  'pickup_card',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'stop_payment_order',
  'transaction_not_allowed',
])
const AUTHENTICATION = 'authentication_required'

/** An unknown reason is soft: the calendar bounds how often it is asked again. */
export function declineKind({ code, declineCode, advice }: RefusedCharge): DeclineKind {
  if (code === AUTHENTICATION || declineCode === AUTHENTICATION) return 'authentication'
  if (advice !== null && STOPS.has(advice)) return 'hard'
  if (advice === 'try_again_later') return 'soft'
  return HARD.has(code) || (declineCode !== null && HARD.has(declineCode)) ? 'hard' : 'soft'
}

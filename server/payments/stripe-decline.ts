/** Stripe's decline codes and advice become ours. Pure. https://docs.stripe.com/declines/codes */
import type { Decline } from './port.ts'

/** What Stripe says of the last error of a payment or setup. */
export interface StripeError {
  readonly type: string
  readonly code?: string
  readonly decline_code?: string
  readonly advice_code?: string
  readonly message?: string
}

const AUTHENTICATION = new Set([
  'authentication_required',
  'payment_intent_authentication_failure',
  'setup_intent_authentication_failure',
  'invoice_payment_intent_requires_action',
])

/** Codes after which the same method will not work again, whatever the day. */
const HARD = new Set([
  'account_closed',
  'bank_account_restricted',
  'card_not_supported',
  'currency_not_supported',
  'debit_not_authorized',
  'expired_card',
  'fraudulent',
  'incorrect_cvc',
  'incorrect_number',
  'invalid_account',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
  'lost_card',
  'merchant_blacklist',
  'new_account_information_available',
  'no_account',
  'not_permitted',
  'pickup_card',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'security_violation',
  'service_not_allowed',
  'stolen_card',
  'stop_payment_order',
  'testmode_decline',
  'test_mode_live_card',
  'transaction_not_allowed',
])

export const NEEDS_ITS_OWNER: Decline = {
  kind: 'authentication',
  code: 'authentication_required',
  message: 'Your bank asks you to confirm this payment.',
}

/** Stripe's advice goes before the code: `try_again_later` is soft whatever the bank said. */
export function readDecline(error: StripeError): Decline {
  const code = error.decline_code ?? error.code ?? error.type
  const message = error.message ?? 'The payment was declined.'
  return { kind: kindOf(code, error), code, message }
}

function kindOf(code: string, error: StripeError): Decline['kind'] {
  if (AUTHENTICATION.has(code) || AUTHENTICATION.has(error.code ?? '')) return 'authentication'
  if (error.advice_code === 'try_again_later') return 'soft'
  // Wrong data on a saved card stays wrong until its owner corrects it.
  if (error.advice_code !== undefined) return 'hard'
  return HARD.has(code) ? 'hard' : 'soft'
}

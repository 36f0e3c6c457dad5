/** Stripe's test numbers: https://docs.stripe.com/testing */

export interface Decline {
  readonly code: string
  readonly declineCode: string | null
  readonly message: string
}

export type CardOutcome =
  | { readonly kind: 'succeeds' }
  | { readonly kind: 'challenged' }
  | { readonly kind: 'declined'; readonly decline: Decline }
  /** The form is wrong; no payment is attempted. */
  | { readonly kind: 'unreadable'; readonly field: CardField; readonly message: string }

export type CardField = 'card_number' | 'exp' | 'cvc'

export interface CardInput {
  readonly number: string
  readonly exp: string
  readonly cvc: string
}

export interface Card {
  readonly brand: string
  readonly last4: string
  readonly expMonth: number
  readonly expYear: number
}

/** The numbers that the page shows as a hint, in this order. */
export const HINTED_CARDS = [
  { number: '4242 4242 4242 4242', outcome: 'succeeds' },
  { number: '4000 0000 0000 0002', outcome: 'is declined' },
  { number: '4000 0000 0000 9995', outcome: 'has insufficient funds' },
  { number: '4000 0025 0000 3155', outcome: 'asks for 3-D Secure' },
] as const

const declined = (declineCode: string, message: string): CardOutcome => ({
  kind: 'declined',
  decline: { code: 'card_declined', declineCode, message },
})

const OUTCOMES: Readonly<Record<string, CardOutcome>> = {
  '4242424242424242': { kind: 'succeeds' },
  '4000056655665556': { kind: 'succeeds' },
  '5555555555554444': { kind: 'succeeds' },
  '378282246310005': { kind: 'succeeds' },
  '4000002500003155': { kind: 'challenged' },
  '4000002760003184': { kind: 'challenged' },
  '4000000000000002': declined('generic_decline', 'Your card was declined.'),
  '4000000000009995': declined('insufficient_funds', 'Your card has insufficient funds.'),
  '4000000000009987': declined('lost_card', 'Your card was declined.'),
  '4000000000000069': {
    kind: 'declined',
    decline: { code: 'expired_card', declineCode: null, message: 'Your card has expired.' },
  },
  '4000000000000119': {
    kind: 'declined',
    decline: {
      code: 'processing_error',
      declineCode: null,
      message: 'An error occurred while processing your card. Try again in a little bit.',
    },
  },
}

/** What the bank says to this card. @param today year and month that expiry is judged by */
export function judgeCard(input: CardInput, today: { year: number; month: number }): CardOutcome {
  const number = input.number.replaceAll(/[\s-]/g, '')
  if (!/^\d{14,19}$/.test(number) || !passesLuhn(number)) {
    return unreadable('card_number', 'Your card number is invalid.')
  }
  const expiry = readExpiry(input.exp)
  if (expiry === null) return unreadable('exp', 'Your card’s expiration date is incomplete.')
  const isPast = expiry.year * 12 + expiry.month < today.year * 12 + today.month
  if (isPast) return unreadable('exp', 'Your card’s expiration date is in the past.')
  if (!/^\d{3,4}$/.test(input.cvc.trim())) {
    return unreadable('cvc', 'Your card’s security code is incomplete.')
  }
  return (
    OUTCOMES[number] ??
    declined(
      'test_mode_live_card',
      'Your card was declined. This is a sandbox: use one of the test cards shown on this page.',
    )
  )
}

/** Facts that are kept of a card; the number itself never is. */
export function describeCard(input: CardInput): Card {
  const number = input.number.replaceAll(/\D/g, '')
  const expiry = readExpiry(input.exp) ?? { month: 1, year: 1970 }
  return {
    brand: number.startsWith('3') ? 'amex' : number.startsWith('5') ? 'mastercard' : 'visa',
    last4: number.slice(-4),
    expMonth: expiry.month,
    expYear: expiry.year,
  }
}

function unreadable(field: CardField, message: string): CardOutcome {
  return { kind: 'unreadable', field, message }
}

function readExpiry(exp: string): { month: number; year: number } | null {
  const match = /^\s*(\d{1,2})\s*[/-]?\s*(\d{4}|\d{2})\s*$/.exec(exp)
  const month = Number(match?.[1])
  const year = Number(match?.[2])
  if (match === null || month < 1 || month > 12) return null
  return { month, year: year < 100 ? 2000 + year : year }
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, position) => {
    const value = Number(digit) * (position % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Stripe's test numbers: https://docs.stripe.com/testing */
import { createHash } from 'node:crypto'

export interface Decline {
  readonly code: string
  readonly declineCode: string | null
  /** What Stripe advises to do next; null where it says nothing. */
  readonly adviceCode: 'try_again_later' | 'do_not_try_again' | 'confirm_card_data' | null
  readonly message: string
}

export type CardOutcome =
  | { readonly kind: 'succeeds' }
  | { readonly kind: 'challenged' }
  | { readonly kind: 'declined'; readonly decline: Decline }

export type FormOutcome =
  | CardOutcome
  /** The form is wrong; no payment is attempted. */
  | { readonly kind: 'unreadable'; readonly field: CardField; readonly message: string }

export type CardField = 'card_number' | 'exp' | 'cvc'

/** What follows a charge that succeeded. */
export type Aftermath =
  | 'dispute'
  | 'inquiry'
  | 'fraud_warning'
  | 'refund_is_pending'
  | 'refund_fails'

export interface CardBehaviour {
  /** Its owner pays with it. */
  readonly payment: CardOutcome
  /** Its owner saves it. */
  readonly setup: CardOutcome
  /** Charged once it is saved, with nobody there. */
  readonly offSession: CardOutcome
  readonly aftermath?: Aftermath
}

export interface CardInput {
  readonly number: string
  readonly exp: string
  readonly cvc: string
}

export interface Card {
  readonly brand: string
  readonly last4: string
  /** The same for each use of the number. */
  readonly fingerprint: string
  readonly expMonth: number
  readonly expYear: number
}

/** The numbers that the page shows as a hint, in this order. */
export const HINTED_CARDS = [
  { number: '4242 4242 4242 4242', outcome: 'succeeds' },
  { number: '4000 0000 0000 0002', outcome: 'is declined' },
  { number: '4000 0000 0000 9995', outcome: 'has insufficient funds' },
  { number: '4000 0025 0000 3155', outcome: 'asks for 3-D Secure' },
  { number: '4000 0000 0000 0341', outcome: 'can be saved, and is declined when charged later' },
] as const

const SUCCEEDS = { kind: 'succeeds' } as const
const CHALLENGED = { kind: 'challenged' } as const

/** Every decline that a bank can be made to give, by the word that Stripe uses. */
export const DECLINES = {
  generic_decline: cardDeclined('generic_decline', null),
  insufficient_funds: cardDeclined(
    'insufficient_funds',
    'try_again_later',
    'Your card has insufficient funds.',
  ),
  lost_card: cardDeclined('lost_card', 'do_not_try_again'),
  stolen_card: cardDeclined('stolen_card', 'do_not_try_again'),
  card_velocity_exceeded: cardDeclined(
    'card_velocity_exceeded',
    'try_again_later',
    'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
  ),
  expired_card: {
    code: 'expired_card',
    declineCode: null,
    adviceCode: 'confirm_card_data',
    message: 'Your card has expired.',
  },
  incorrect_cvc: {
    code: 'incorrect_cvc',
    declineCode: null,
    adviceCode: 'confirm_card_data',
    message: 'Your card’s security code is incorrect.',
  },
  processing_error: {
    code: 'processing_error',
    declineCode: null,
    adviceCode: 'try_again_later',
    message: 'An error occurred while processing your card. Try again in a little bit.',
  },
} as const satisfies Record<string, Decline>
export type DeclineWord = keyof typeof DECLINES

/** By the last four digits, which is all that is kept of a saved card. */
const BEHAVIOURS: Readonly<Record<string, CardBehaviour>> = {
  '4242': always(SUCCEEDS),
  '5556': always(SUCCEEDS),
  '4444': always(SUCCEEDS),
  '0005': always(SUCCEEDS),
  // Asked once, on payment or setup; what was set up is charged without a question.
  '3155': { payment: CHALLENGED, setup: CHALLENGED, offSession: SUCCEEDS },
  '3184': always(CHALLENGED),
  '3178': { payment: CHALLENGED, setup: CHALLENGED, offSession: declines('insufficient_funds') },
  '0341': { ...always(declines('generic_decline')), setup: SUCCEEDS },
  '0002': always(declines('generic_decline')),
  '9995': always(declines('insufficient_funds')),
  '9987': always(declines('lost_card')),
  '9979': always(declines('stolen_card')),
  '6975': always(declines('card_velocity_exceeded')),
  '0069': always(declines('expired_card')),
  '0127': always(declines('incorrect_cvc')),
  '0119': always(declines('processing_error')),
  '0259': { ...always(SUCCEEDS), aftermath: 'dispute' },
  '1976': { ...always(SUCCEEDS), aftermath: 'inquiry' },
  '5423': { ...always(SUCCEEDS), aftermath: 'fraud_warning' },
  '7726': { ...always(SUCCEEDS), aftermath: 'refund_is_pending' },
  '5126': { ...always(SUCCEEDS), aftermath: 'refund_fails' },
}

const TEST_NUMBERS = new Set([
  '4242424242424242',
  '4000056655665556',
  '5555555555554444',
  '378282246310005',
  '4000002500003155',
  '4000002760003184',
  '4000008260003178',
  ...'0341 0002 9995 9987 9979 6975 0069 0127 0119 0259 1976 5423 7726 5126'
    .split(' ')
    .map((lastFour) => `400000000000${lastFour}`),
])

const UNKNOWN_CARD: CardBehaviour = always({
  kind: 'declined',
  decline: {
    code: 'card_declined',
    declineCode: 'test_mode_live_card',
    adviceCode: 'do_not_try_again',
    message:
      'Your card was declined. This is a sandbox: use one of the test cards shown on this page.',
  },
})

/** @param last4 of a card that `judgeCard` took, or anything else: that is declined */
export function behaviourOf(last4: unknown): CardBehaviour {
  return BEHAVIOURS[String(last4)] ?? UNKNOWN_CARD
}

/** What the bank says to this card. @param today year and month that expiry is judged by */
export function judgeCard(
  input: CardInput,
  today: { year: number; month: number },
  purpose: 'payment' | 'setup' = 'payment',
): FormOutcome {
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
  const behaviour = TEST_NUMBERS.has(number) ? behaviourOf(number.slice(-4)) : UNKNOWN_CARD
  return behaviour[purpose]
}

/** Facts that are kept of a card; the number itself never is. */
export function describeCard(input: CardInput): Card {
  const number = input.number.replaceAll(/\D/g, '')
  const expiry = readExpiry(input.exp) ?? { month: 1, year: 1970 }
  return {
    brand: number.startsWith('3') ? 'amex' : number.startsWith('5') ? 'mastercard' : 'visa',
    last4: number.slice(-4),
    fingerprint: fingerprintOf(number),
    expMonth: expiry.month,
    expYear: expiry.year,
  }
}

/** Tells one number from another without being one. */
export function fingerprintOf(number: string): string {
  return createHash('sha256').update(number).digest('hex').slice(0, 16)
}

function always(outcome: CardOutcome): CardBehaviour {
  return { payment: outcome, setup: outcome, offSession: outcome }
}

function declines(word: DeclineWord): CardOutcome {
  return { kind: 'declined', decline: DECLINES[word] }
}

function cardDeclined(
  declineCode: string,
  adviceCode: Decline['adviceCode'],
  message = 'Your card was declined.',
): Decline {
  return { code: 'card_declined', declineCode, adviceCode, message }
}

function unreadable(field: CardField, message: string): FormOutcome {
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

/**
 * Between our minor units (ISO 4217 decimals) and the integers that Stripe's API counts in (P15).
 * Integers only: every conversion is exact or refused.
 *
 * Stripe's table: https://docs.stripe.com/currencies#zero-decimal and #special-cases
 */
import { Refused } from '../domain/refusals.ts'

/** Stripe takes whole units of these, without multiplying. */
const STRIPE_ZERO_DECIMAL = new Set(
  'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '),
)
/** Three decimals; the last digit must be 0. */
const STRIPE_THREE_DECIMAL = new Set('BHD JOD KWD OMR TND'.split(' '))

/** ISO 4217. Not `Intl`: its answers follow CLDR and differ between versions (HUF 0 or 2). */
const OUR_ZERO_DECIMAL = new Set(
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
)
const OUR_THREE_DECIMAL = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))

/**
 * @param amount    minor units as we count them: ¥500 is 500, $5.00 is 500, KD 5.000 is 5000
 * @param currency  ISO 4217, either case
 * @returns         the integer for Stripe: ISK and UGX have no decimals, but Stripe wants two (5 → 500)
 * @throws Refused `payment.refused` when Stripe cannot charge this amount exactly, e.g. KD 5.124
 */
export function toStripeAmount(amount: number, currency: string): number {
  const code = currency.toUpperCase()
  const converted = scale(amount, stripeDecimals(code) - ourDecimals(code))
  const step = STRIPE_THREE_DECIMAL.has(code) ? 10 : 1
  if (converted === null || converted % step !== 0) {
    throw new Refused('payment.refused', {
      detail: `The payment provider cannot charge this amount in ${code} exactly. Nothing was charged.`,
    })
  }
  return converted
}

/**
 * @returns minor units as we count them
 * @throws RangeError when Stripe's amount has a fraction that our currency lacks: nobody can owe it
 */
export function fromStripeAmount(amount: number, currency: string): number {
  const code = currency.toUpperCase()
  const converted = scale(amount, ourDecimals(code) - stripeDecimals(code))
  if (converted === null) throw new RangeError(`${amount} ${code} is not a whole minor unit`)
  return converted
}

function scale(amount: number, decimals: number): number | null {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`not an integer amount: ${amount}`)
  const factor = 10 ** Math.abs(decimals)
  const scaled = decimals < 0 ? amount / factor : amount * factor
  return Number.isSafeInteger(scaled) ? scaled : null
}

function stripeDecimals(code: string): number {
  if (STRIPE_ZERO_DECIMAL.has(code)) return 0
  return STRIPE_THREE_DECIMAL.has(code) ? 3 : 2
}

function ourDecimals(code: string): number {
  if (OUR_ZERO_DECIMAL.has(code)) return 0
  return OUR_THREE_DECIMAL.has(code) ? 3 : 2
}

/**
 * Stripe's side of the money, written apart from `server/payments/stripe-amounts.ts` on purpose:
 * were both to share a table, a slip in it would never show.
 */

const ZERO_DECIMAL = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '),
)
const THREE_DECIMAL = new Set('bhd jod kwd omr tnd'.split(' '))
/** Two decimals on the wire that must be 00. */
const WHOLE_UNITS = new Set(['isk', 'ugx'])

/** Smallest total of a payment, https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts */
const MINIMUM: Readonly<Record<string, number>> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
}
const MAXIMUM = 99_999_999

/** Bank debits by the currency they work in. */
const BANK_DEBIT: Readonly<Record<string, BankDebitKind>> = {
  usd: 'us_bank_account',
  eur: 'sepa_debit',
  gbp: 'bacs_debit',
}
export type BankDebitKind = 'us_bank_account' | 'sepa_debit' | 'bacs_debit'

/** @returns null where no bank debit exists in that currency */
export function bankDebitOf(currency: string): BankDebitKind | null {
  return BANK_DEBIT[currency] ?? null
}

/** `$375.00`, from Stripe's integer. */
export function formatAmount(amount: number, currency: string): string {
  const digits = ZERO_DECIMAL.has(currency) ? 0 : THREE_DECIMAL.has(currency) ? 3 : 2
  const shown = WHOLE_UNITS.has(currency) ? 0 : digits
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(amount / 10 ** digits)
}

/** @returns why Stripe refuses this total, or null */
export function refusalOfTotal(
  total: number,
  currency: string,
): { code: string; message: string } | null {
  const minimum = MINIMUM[currency] ?? 1
  if (total < minimum) {
    const least = formatAmount(minimum, currency)
    const message = `The Checkout Session's total amount due must add up to at least ${least} ${currency}`
    return { code: 'amount_too_small', message }
  }
  if (total > MAXIMUM) {
    const most = formatAmount(MAXIMUM, currency)
    const message = `The Checkout Session's total amount due must be no more than ${most} ${currency}`
    return { code: 'amount_too_large', message }
  }
  const step = THREE_DECIMAL.has(currency) ? 10 : WHOLE_UNITS.has(currency) ? 100 : 1
  if (total % step !== 0) {
    const message = `Invalid amount: ${currency} amounts must be a multiple of ${step}`
    return { code: 'amount_invalid', message }
  }
  return null
}

/**
 * Money is an integer of minor units beside its ISO 4217 currency (R11). This file is also part of
 * the widget: no imports, nothing that computes.
 */
export interface CurrencyRules {
  /** Digits after the decimal point: JPY 0, USD 2, KWD 3. */
  readonly decimals: number
  /** What is charged is a multiple of this, in minor units: three-decimal currencies end in 0. */
  readonly step: number
  /** Smallest amount that can be charged, minor units; a smaller total is waived. */
  readonly minimum: number
  /** Largest amount that can be charged at once, minor units. */
  readonly maximum: number
}

/**
 * Decimals, minimum and maximum as the card networks' processors have them, which is what a price
 * must satisfy to be collected; see https://docs.stripe.com/currencies.
 */
const CURRENCIES: Readonly<Record<string, CurrencyRules>> = {
  USD: twoDecimals(50),
  EUR: twoDecimals(50),
  GBP: twoDecimals(30),
  CNY: twoDecimals(400),
  CHF: twoDecimals(50),
  AUD: twoDecimals(50),
  CAD: twoDecimals(50),
  HKD: twoDecimals(400),
  SGD: twoDecimals(50),
  JPY: { decimals: 0, step: 1, minimum: 50, maximum: 99_999_999 },
  KRW: { decimals: 0, step: 1, minimum: 700, maximum: 99_999_999 },
  KWD: { decimals: 3, step: 10, minimum: 160, maximum: 99_999_990 },
  BHD: { decimals: 3, step: 10, minimum: 200, maximum: 99_999_990 },
}

/** ISO codes that a catalogue may use. */
export const CURRENCY_CODES: readonly string[] = Object.keys(CURRENCIES)

/** @throws RangeError for a currency that no catalogue can contain: a bug, not a refusal. */
export function currencyRules(currency: string): CurrencyRules {
  const rules = CURRENCIES[currency]
  if (!rules) throw new RangeError(`currency: ${currency}`)
  return rules
}

/**
 * The exact decimal text of an amount, e.g. `-0.50` for −50 US cents, `500` for 500 yen.
 * Cut out of the digits, so that no binary fraction comes between the amount and its text.
 */
export function toDecimal(amountMinor: number, currency: string): `${number}` {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`amountMinor: ${amountMinor}`)
  const { decimals } = currencyRules(currency)
  const digits = String(Math.abs(amountMinor)).padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  const fraction = digits.slice(digits.length - decimals)
  return numericText(`${amountMinor < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`)
}

/** An amount for people, e.g. `$75.00`, `¥500`, `US$75.00` in Chinese. `locale` is a BCP 47 tag. */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  return moneyFormat(currency, locale).format(toDecimal(amountMinor, currency))
}

/** What `formatMoney` writes with; dear to make, so whoever writes many amounts keeps it. */
export function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  const { decimals } = currencyRules(currency)
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

function twoDecimals(minimum: number): CurrencyRules {
  return { decimals: 2, step: 1, minimum, maximum: 99_999_999 }
}

/** Guarantee: `text` is an optional minus, digits, and at most one point between digits. */
function numericText(text: string): `${number}` {
  return text as `${number}`
}

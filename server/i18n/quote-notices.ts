/** The notes that belong to one priced quote. */
import { Temporal } from 'temporal-polyfill'
import type { Product } from '../domain/catalogue.ts'
import { formatMoney } from '../domain/money.ts'
import type { PricedQuote } from '../domain/quote.ts'
import type { Locale } from './locales.ts'
import { noticesFor } from './notices.ts'
import type { Notices } from './notices.ts'

/** The version depends on the plans and on Auto-Renewal alone, never on the language. */
export function noticesOfQuote(
  product: Product,
  { lines, renewal, currency, zone }: PricedQuote,
  locale: Locale,
): Promise<Notices> {
  const sold = new Set(lines.map(({ plan }) => plan))
  return noticesFor({
    plans: product.plans.filter(({ id }) => sold.has(id)),
    autoRenewal: renewal && {
      amount: formatMoney(renewal.amount, currency, locale),
      every: renewal.every,
      firstChargeAt: Temporal.Instant.from(renewal.firstChargeAt),
      zone,
    },
    locale,
  })
}

import { nothing } from 'lit'
import { formatMoney } from '../../server/domain/money.ts'
import type { Basket } from '../state/basket.ts'
import type { Session } from '../state/session.ts'

/** Only the price is told: every other view is announced by the focus that moves to its heading. */
export function priceAnnouncement(
  { quote, isQuoting }: Basket['view'],
  { words, locale }: Session,
): string | typeof nothing {
  if (quote === null || isQuoting) return nothing
  return words.summary.announce(formatMoney(quote.total, quote.currency, locale))
}

import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { Quote } from '../../server/contract/quotes.ts'

/** What a checkout sells: new licenses, or the renewal of some. It prices; the checkout orders. */
export interface Sale {
  readonly kind: 'purchase' | 'renewal'
  /** What the views that follow an order may say about what was sold. */
  readonly view: { readonly catalogue: Catalogue | null; readonly quote: Quote | null }
  /** A saved method that pays without a page; absent or null: Checkout. */
  readonly paymentMethod?: string | null
  /** @returns the price on the screen, or null with the reason shown */
  check(): Quote | null
  /**
   * The quote to order by: the one on the screen, or a new one that says the same.
   *
   * @returns null when it says something else, which is then on the screen
   */
  settle(isExpired: boolean): Promise<Quote | null>
  /** Its order is over; the next one needs a price of its own. */
  reset(): void
}

/** The wire knows the member only where a saved method pays. */
export function paidBy({ paymentMethod = null }: Sale): { readonly payment_method?: string } {
  return paymentMethod === null ? {} : { payment_method: paymentMethod }
}

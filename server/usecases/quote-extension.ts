/** Prices renewals, added units and upgrades of licenses that exist, and stores the answer. */
import type { QuoteRequest } from '../contract/quotes.ts'
import { readExtendable, renewableLicense } from '../db/queries/extendable-licenses.ts'
import type { Deps } from '../deps.ts'
import { parseRenewalDay } from '../domain/alignment.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { CurrentProduct } from '../domain/catalogue.ts'
import { checkCoTerms } from '../domain/co-term.ts'
import { priceCoTerms } from '../domain/co-term-pricing.ts'
import type { PricedQuote } from '../domain/quote.ts'
import type { RenewableLicense } from '../domain/renewal-eligibility.ts'
import { priceRenewals } from '../domain/renewal-pricing.ts'
import { checkRenewals } from '../domain/renewal-selection.ts'
import { RENEWAL_WORDS } from '../domain/renewal-words.ts'
import type { RenewalLocale } from '../domain/renewal-words.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { storeQuote } from './store-quote.ts'
import type { StoredQuote } from './store-quote.ts'

export interface ExtensionAsker {
  readonly scope: CustomerScope
  /** Of the sentences that say why something cannot be. */
  readonly locale: RenewalLocale
}

/** @throws Refused as `checkRenewals` and `checkCoTerms` do */
export async function quoteExtension(
  deps: Deps,
  current: CurrentProduct,
  { scope, locale }: ExtensionAsker,
  request: QuoteRequest,
): Promise<StoredQuote> {
  const createdAt = wholeSecond(deps.now())
  const { customer, licenses } = await readExtendable(deps.db, scope, idsOf(request))
  const known = new Map(licenses.map((row) => [row.license.id, renewableLicense(row, createdAt)]))
  const priced = price(request, known, {
    product: current.product,
    at: createdAt,
    zone: customer?.zone ?? current.product.time_zone,
    day: parseRenewalDay(customer?.renewalDay ?? '1') ?? 1,
    words: RENEWAL_WORDS[locale],
  })
  return storeQuote(deps, current, scope.subject, { createdAt, priced, earlierOrder: null })
}

function idsOf({ renewals = [], add_units = [], upgrades = [] }: QuoteRequest): string[] {
  return [...renewals, ...add_units, ...upgrades].map(({ license_id }) => license_id)
}

/** A day that is only asked about is not kept: the customer's own stays as it is. */
function alignedTo(align: QuoteRequest['align'], own: Terms['day']): Terms['day'] | null {
  return align === true ? own : align || null
}

interface Terms {
  readonly product: CurrentProduct['product']
  readonly at: Parameters<typeof renewableLicense>[1]
  readonly zone: string
  readonly day: NonNullable<ReturnType<typeof parseRenewalDay>>
  readonly words: (typeof RENEWAL_WORDS)[RenewalLocale]
}

function price(
  { renewals, add_units, upgrades, duration, align, ...request }: QuoteRequest,
  known: ReadonlyMap<string, RenewableLicense>,
  { product, at, zone, day, words }: Terms,
): PricedQuote {
  const asked = { currency: request.currency, promoCode: request.promo_code, at }
  if (renewals !== undefined && duration !== undefined) {
    const wanted = { ...asked, renewals, duration, day: alignedTo(align, day) }
    return priceRenewals({ ...checkRenewals(product, known, wanted, words), product, zone })
  }
  const wanted =
    upgrades === undefined
      ? ({ ...asked, kind: 'add_units', wanted: add_units ?? [] } as const)
      : ({ ...asked, kind: 'upgrade', wanted: upgrades } as const)
  return priceCoTerms({ ...checkCoTerms(product, known, wanted, words), product, zone })
}

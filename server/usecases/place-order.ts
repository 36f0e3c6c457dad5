/**
 * "Subscribe Now": accepts a quote as an order, once, whatever the network does. The payment page is
 * opened right after it, so that its address exists before the customer is asked to go there (S13);
 * a saved method is charged instead (S41).
 */
import type { Temporal } from 'temporal-polyfill'
import type { OrderRequest } from '../contract/orders.ts'
import { productAt } from '../db/catalogue-store.ts'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { readOrder, readOrderingFacts } from '../db/queries/orders.ts'
import type { OrderRecord, OrderingFacts, QuoteRow } from '../db/queries/orders.ts'
import { renewableLicense } from '../db/queries/extendable-licenses.ts'
import { promoStream } from '../db/queries/promo-uses.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { CHECKOUT_WINDOW, refuseTooManyCheckouts } from '../domain/checkout-limits.ts'
import { isId } from '../domain/ids.ts'
import type { Id } from '../domain/ids.ts'
import { differences } from '../domain/outdated.ts'
import { promoOf, promoProblem, promoSentence } from '../domain/promo.ts'
import { Refused } from '../domain/refusals.ts'
import { sourceOf } from '../domain/source.ts'
import { RENEWAL_WORDS } from '../domain/renewal-words.ts'
import type { RenewalLocale } from '../domain/renewal-words.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { noticesOfQuote } from '../i18n/quote-notices.ts'
import { newOrder } from './new-order.ts'
import type { Buyer } from './new-order.ts'
import { openPayment } from './open-payment.ts'
import { checkIsTheirs, payBySavedMethod } from './pay-by-saved-method.ts'
import { checkReturnUrl } from './return-url.ts'
import { settleOrder } from './settle-order.ts'

export interface OrderCommand {
  readonly scope: CustomerScope
  readonly buyer: Buyer
  readonly request: OrderRequest
  /** Of the sentences that say what has changed. */
  readonly locale: RenewalLocale
  /** The Idempotency-Key of the request and a hash of its body; optional on the wire. */
  readonly idempotency: { readonly key: string; readonly bodyHash: string } | null
}

export interface PlacedOrder {
  readonly record: OrderRecord
  /** True when an earlier request had placed it; the answer is 200 then, not 201. */
  readonly isRepeat: boolean
}

const ROUTE = 'POST orders'

/**
 * @throws Refused `quote.not_found`, `quote.expired`, `quote.outdated`, `license.order_open`, `notices.changed`, `idempotency.key_reused`,
 *   `promo.not_applicable`, `request.invalid` (return_url), `payment_method.not_found`, `payment.refused`, `payment.unavailable`
 */
export async function placeOrder(
  deps: Deps,
  product: Product,
  command: OrderCommand,
): Promise<PlacedOrder> {
  const quoteId = command.request.quote_id
  if (!isId('quo', quoteId)) throw new Refused('quote.not_found')
  const returnUrl = checkReturnUrl(deps, product, command.request.return_url)
  const placed = await decideAndCommit(
    deps,
    { commandKey: `order:${quoteId}` },
    () => decide(deps, product, command, quoteId, returnUrl),
    async () => {
      const { orderId } = await factsFor(deps, command, quoteId)
      return orderId === null ? null : earlier(deps, command.scope, orderId)
    },
  )
  return { ...placed, record: await opened(deps, product, placed.record) }
}

/** One round trip. */
function factsFor(deps: Deps, { scope, buyer, idempotency }: OrderCommand, quoteId: Id<'quo'>) {
  return readOrderingFacts(
    deps.db,
    scope,
    quoteId,
    idempotency && { route: ROUTE, key: idempotency.key },
    { source: sourceOf(buyer.ip), since: deps.now().subtract(CHECKOUT_WINDOW) },
  )
}

async function decide(
  deps: Deps,
  product: Product,
  command: OrderCommand,
  quoteId: Id<'quo'>,
  returnUrl: string,
): Promise<Decision<PlacedOrder>> {
  const { scope, idempotency } = command
  const facts = await factsFor(deps, command, quoteId)
  if (facts.replay !== null && facts.replay.bodyHash !== idempotency?.bodyHash) {
    throw new Refused('idempotency.key_reused')
  }
  if (facts.quote === null) throw new Refused('quote.not_found')
  if (facts.orderId !== null) {
    return { change: null, result: await earlier(deps, scope, facts.orderId) }
  }
  const at = wholeSecond(deps.now())
  refuseTooManyCheckouts(product.limits, facts.recent, deps.now())
  await checkQuote(deps, facts.quote, command, at)
  await checkExtended(deps, facts.quote, facts.extendable, command.locale, at)
  const { payment_method: methodId } = command.request
  if (methodId) await checkIsTheirs(deps, facts.customer, methodId)
  const { record, change } = await newOrder(deps, { ...facts, quote: facts.quote }, command.buyer, {
    scope,
    at,
    returnUrl,
    request: command.request,
    idempotency: idempotency && { ...idempotency, route: ROUTE },
    promo: await promoReservation(deps, facts.quote, facts.promoUses, at),
  })
  return { change, result: { record, isRepeat: false } }
}

/** A promise lives 30 minutes, and its words are those that were on the screen (S12, P12). */
async function checkQuote(
  deps: Deps,
  quote: QuoteRow,
  { request }: OrderCommand,
  at: Temporal.Instant,
): Promise<void> {
  if (at.epochMilliseconds >= quote.expiresAt.epochMilliseconds) throw new Refused('quote.expired')
  const product = await productAt(deps.db, quote.catalogueVersion, quote.productId)
  const { version } = await noticesOfQuote(product, quote.priced, 'en')
  if (version !== request.notices_version) throw new Refused('notices.changed')
}

/** What was shown is what is ordered: else it is confirmed again, knowing what has changed. */
async function checkExtended(
  deps: Deps,
  { priced, catalogueVersion, productId }: QuoteRow,
  rows: OrderingFacts['extendable'],
  locale: RenewalLocale,
  at: Temporal.Instant,
): Promise<void> {
  if (priced.lines.every(({ kind }) => kind === 'purchase')) return
  const product = await productAt(deps.db, catalogueVersion, productId)
  const licenses = new Map(rows.map((row) => [row.license.id, renewableLicense(row, at)]))
  const open = rows.find(({ openOrderId }) => openOrderId !== null)?.openOrderId
  if (priced.lines.length === 1 && open) {
    throw new Refused('license.order_open', { facts: { order_id: open } })
  }
  const errors = differences(priced, licenses, { product, at }, RENEWAL_WORDS[locale])
  if (errors.length > 0) throw new Refused('quote.outdated', { errors })
}

/** The stream and version under which this use is reserved, or null without a code (R14). */
async function promoReservation(
  deps: Deps,
  { priced, catalogueVersion, productId }: QuoteRow,
  uses: OrderingFacts['promoUses'],
  at: Temporal.Instant,
): Promise<{ code: string; stream: string; version: number } | null> {
  if (priced.promoCode === null) return null
  const product = await productAt(deps.db, catalogueVersion, productId)
  const problem = promoProblem(promoOf(product, priced.promoCode), {
    planIds: priced.lines.map(({ plan }) => plan),
    currency: priced.currency,
    at,
    uses,
  })
  if (problem !== null) {
    throw new Refused('promo.not_applicable', { detail: promoSentence(problem) })
  }
  const stream = promoStream(productId, priced.promoCode)
  return { code: priced.promoCode, stream, version: uses.version + 1 }
}

async function earlier(deps: Deps, scope: CustomerScope, orderId: Id<'ord'>): Promise<PlacedOrder> {
  const record = await readOrder(deps.db, scope, orderId)
  // The quote was this customer's, or nobody's and ordered by somebody else: then it is not theirs.
  if (record === null) throw new Refused('quote.not_found')
  return { record, isRepeat: true }
}

/** Also mends a repeat whose first request died between order and payment (P28). */
async function opened(deps: Deps, product: Product, record: OrderRecord): Promise<OrderRecord> {
  const { order, payments } = record
  if (order.state === 'payable') {
    const settled = await settleOrder(deps, order.id, { actor: `customer:${order.customerId}` })
    return settled.record ?? record
  }
  const hasPage = payments.some(({ url }) => url !== null)
  if (order.state !== 'pending' || hasPage) return record
  return order.methodId === null
    ? openPayment(deps, product, record)
    : payBySavedMethod(deps, product, record, order.methodId)
}

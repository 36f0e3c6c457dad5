import type { Catalogue } from '../../../server/contract/catalogue.ts'
import type { Quote } from '../../../server/contract/quotes.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import { type RenewalClient, type RenewalDay } from '../../api/renewal-client.ts'
import type { CheckoutHost } from '../checkout-host.ts'
import { Quoting } from '../quoting.ts'
import type { Sale } from '../sale.ts'
import type { Session } from '../session.ts'
import { type DurationChoice, durationChoices } from './durations.ts'
import {
  type CurrencyPart,
  type Extension,
  FIRST_TERMS,
  linesOf,
  partsOf,
  type Refusal,
  refusalsOf,
  type Terms,
  toExtensionRequest,
} from './renewal-request.ts'

export interface RenewalSaleView {
  readonly catalogue: Catalogue | null
  readonly extension: Extension
  readonly terms: Terms
  readonly durations: readonly DurationChoice[]
  /** The latest price; with `isQuoting` it is that of earlier terms. */
  readonly quote: Quote | null
  readonly isQuoting: boolean
  /** Total that was on the screen when the price changed under the customer, minor units (W06). */
  readonly previousTotalMinor: number | null
  /** What cannot be renewed; nothing is priced before it is out. */
  readonly refusals: readonly Refusal[]
  /** Orders by currency, of which the customer chooses the first. */
  readonly parts: readonly CurrencyPart[] | null
  /** Groups of other currencies, which wait for their own payment. */
  readonly later: readonly CurrencyPart[]
  readonly problem: ApiProblem | null
  /** The standard renewal day; null until it is read. */
  readonly day: RenewalDay | null
}

interface RenewalSaleOptions {
  readonly extension: Extension
  readonly terms?: Partial<Terms>
  readonly session: () => Session
  readonly renewals: RenewalClient
  readonly host: CheckoutHost
}

/** What some licenses cost under the chosen terms, right now. */
export class RenewalSale implements Sale {
  readonly kind = 'renewal'
  readonly #options: RenewalSaleOptions
  readonly #quoting: Quoting
  #view: RenewalSaleView
  #running = new AbortController()
  /** Id of the saved method that pays; null: the payment page. */
  paymentMethod: string | null = null

  constructor(options: RenewalSaleOptions) {
    this.#options = options
    this.#view = {
      catalogue: null,
      extension: options.extension,
      terms: { ...FIRST_TERMS, ...options.terms },
      durations: [],
      quote: null,
      isQuoting: false,
      previousTotalMinor: null,
      refusals: [],
      parts: null,
      later: [],
      problem: null,
      day: null,
    }
    this.#quoting = new Quoting({
      client: options.session().client,
      onQuote: (quote) => this.#quoted(quote),
      onProblem: (problem) => this.#refused(problem),
    })
  }

  get view(): RenewalSaleView {
    return this.#view
  }

  start(): void {
    this.stop()
    this.#running = new AbortController()
    void this.#readCatalogue()
    void this.#readDay()
    if (this.#view.extension.ids.length > 0) void this.#price()
  }

  stop(): void {
    this.#running.abort()
    this.#quoting.cancel()
  }

  check(): Quote | null {
    const { quote, isQuoting, refusals } = this.#view
    return isQuoting || refusals.length > 0 ? null : quote
  }

  async settle(isExpired: boolean): Promise<Quote | null> {
    const { quote: shown } = this.#view
    if (shown === null) return null
    if (!isExpired && !this.#quoting.isStale) return shown
    const fresh = await this.#price()
    if (fresh === null) return null
    const isSame = fresh.total === shown.total && fresh.notices.version === shown.notices.version
    if (fresh.total !== shown.total) this.#change({ previousTotalMinor: shown.total })
    return isSame ? fresh : null
  }

  reset(): void {
    this.requote()
  }

  requote(): void {
    void this.#price()
  }

  /** The price follows when the customer has stopped choosing. */
  choose(terms: Partial<Terms>): void {
    this.#change({
      terms: { ...this.#view.terms, ...terms },
      previousTotalMinor: null,
      problem: null,
      isQuoting: true,
    })
    this.#quoting.schedule(toExtensionRequest(this.#view.extension, this.#view.terms))
  }

  extend(extension: Extension): void {
    this.#change({ extension, refusals: [], parts: null, previousTotalMinor: null })
    if (extension.ids.length === 0) this.#change({ quote: null })
    else this.choose({})
  }

  /** Goes on with the licenses of one currency; the others come after its payment. */
  takePart({ currency, ids }: CurrencyPart): void {
    const { parts, later } = this.#view
    this.#change({ later: (parts ?? later).filter((part) => part.currency !== currency) })
    this.extend({ kind: 'renewal', ids })
  }

  /** "Remove these": goes on with what can be renewed (line 30). */
  removeRefused(): void {
    const { extension, refusals } = this.#view
    const refused = new Set(refusals.map(({ id }) => id))
    if (extension.kind !== 'renewal') return
    this.extend({ kind: 'renewal', ids: extension.ids.filter((id) => !refused.has(id)) })
  }

  /** Shows what another day would mean; the standard one stays until something is ordered. */
  tryDay(day: RenewalDay): void {
    this.choose({ isAligned: true, day: day === this.#view.day ? null : day })
  }

  /** Ordered: the day is the standard one from now on (S51). */
  async keepDay(): Promise<void> {
    const { isAligned, day } = this.#view.terms
    if (!isAligned || day === null) return
    this.#change({ day, terms: { ...this.#view.terms, day: null } })
    await this.#options.renewals
      .setRenewalDay(day)
      .catch((thrown) => this.#options.host.failed(asProblem(thrown)))
  }

  async #price(): Promise<Quote | null> {
    this.#change({ isQuoting: true, problem: null })
    return this.#quoting.now(toExtensionRequest(this.#view.extension, this.#view.terms))
  }

  #quoted(quote: Quote): void {
    const isFirst = this.#view.durations.length === 0
    this.#change({
      quote,
      isQuoting: false,
      problem: null,
      refusals: [],
      parts: null,
      ...(isFirst ? { durations: durationChoices(linesOf(quote)) } : {}),
    })
    const { id: quoteId, total: totalMinor, currency } = quote
    this.#options.host.emit('license-quote', { quoteId, totalMinor, currency })
  }

  /** What was priced before stays on the screen where only the new terms are refused. */
  #refused(problem: ApiProblem): void {
    const { ids } = this.#view.extension
    const refusals = refusalsOf(problem, ids)
    const parts = partsOf(problem, ids)
    const isAnswered = refusals !== null || parts !== null
    this.#change({
      isQuoting: false,
      refusals: refusals ?? [],
      parts,
      problem: isAnswered ? null : problem,
      ...(problem.status === 422 ? {} : { quote: null }),
    })
    if (!isAnswered) this.#options.host.failed(problem)
  }

  /** Names of plans, links of the notes; without it their ids stand there. */
  async #readCatalogue(): Promise<void> {
    const { signal } = this.#running
    const catalogue = await this.#options
      .session()
      .client.catalogue(signal)
      .catch(() => null)
    if (!signal.aborted && catalogue !== null) this.#change({ catalogue })
  }

  async #readDay(): Promise<void> {
    const { signal } = this.#running
    try {
      const day = await this.#options.renewals.renewalDay(signal)
      if (!signal.aborted) this.#change({ day })
    } catch (thrown) {
      if (!signal.aborted) this.#change({ problem: asProblem(thrown) })
    }
  }

  #change(change: Partial<RenewalSaleView>): void {
    this.#view = { ...this.#view, ...change }
    this.#options.host.changed()
  }
}

/** Terms have no meaning before what is refused is out, unless an earlier price stays. */
export function isPriceable(view: RenewalSaleView): boolean {
  const { extension, quote, refusals, parts, problem } = view
  if (extension.ids.length === 0) return false
  return quote !== null || (refusals.length === 0 && parts === null && problem === null)
}

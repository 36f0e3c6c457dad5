import type { Catalogue, CataloguePlan } from '../../server/contract/catalogue.ts'
import type { Quote } from '../../server/contract/quotes.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import type { CheckoutHost } from './checkout-host.ts'
import { Quoting } from './quoting.ts'
import {
  type MissingField,
  missingFields,
  type Selection,
  selectionFor,
  toQuoteRequest,
} from './selection.ts'
import type { Sale } from './sale.ts'
import type { Session } from './session.ts'

export interface BasketView {
  readonly catalogue: Catalogue | null
  readonly selection: Selection | null
  /** The latest price; with `isQuoting` it is the price of an earlier selection. */
  readonly quote: Quote | null
  readonly isQuoting: boolean
  /** Total that was on the screen when the price changed under the customer, minor units (W06). */
  readonly previousTotalMinor: number | null
  readonly problem: ApiProblem | null
  /** "Subscribe Now" was pressed: what is missing is said from now on. */
  readonly hasTried: boolean
}

/** What the customer wants, and what it costs right now. */
export class Basket implements Sale {
  readonly kind = 'purchase'
  readonly #session: () => Session
  readonly #host: CheckoutHost
  readonly #quoting: Quoting
  #view: BasketView = {
    catalogue: null,
    selection: null,
    quote: null,
    isQuoting: false,
    previousTotalMinor: null,
    problem: null,
    hasTried: false,
  }
  #running = new AbortController()

  constructor(session: () => Session, host: CheckoutHost) {
    this.#session = session
    this.#host = host
    this.#quoting = new Quoting({
      client: session().client,
      onQuote: (quote) => this.#quoted(quote),
      onProblem: (problem) => this.failed(problem),
    })
  }

  get view(): BasketView {
    return this.#view
  }

  get plan(): CataloguePlan | null {
    return this.#planOf(this.#view.selection?.plan)
  }

  get missing(): MissingField[] {
    const { locale } = this.#session()
    const { selection } = this.#view
    if (selection === null || this.plan === null) return []
    return missingFields(selection, this.plan, locale)
  }

  /** Reads what is sold, in the language of the session; keeps what the customer has entered. */
  async start(): Promise<void> {
    this.stop()
    this.#running = new AbortController()
    const { signal } = this.#running
    try {
      const catalogue = await this.#session().client.catalogue(signal)
      if (!signal.aborted) this.#opened(catalogue)
    } catch (thrown) {
      if (!signal.aborted) this.failed(asProblem(thrown))
    }
  }

  stop(): void {
    this.#running.abort()
    this.#quoting.cancel()
  }

  /** @returns the price that the customer sees, or null with the reason shown */
  check(): Quote | null {
    this.#change({ hasTried: true })
    const { quote, isQuoting } = this.#view
    return isQuoting || this.missing.length > 0 ? null : quote
  }

  /** Forgets that the customer has tried, and asks for the price again. */
  reset(): void {
    this.#change({ hasTried: false })
    this.requote()
  }

  chooseType(type: string): void {
    if (type === this.plan?.type) return
    this.#choose(this.#view.catalogue?.plans.find((plan) => plan.type === type) ?? null)
  }

  edit(change: Partial<Selection>): void {
    const { selection } = this.#view
    if (selection === null) return
    const edited = { ...selection, ...change }
    const plan = this.#planOf(edited.plan)
    this.#select(plan !== null && plan.id !== selection.plan ? selectionFor(plan, edited) : edited)
  }

  /** Asks for the price of the selection again. */
  requote(): void {
    if (this.#view.selection !== null) this.#select(this.#view.selection)
  }

  /**
   * The quote to order by. A stale one is asked for again; if that changed the total, nothing is
   * ordered: both prices are shown and the customer decides again.
   */
  async settle(isExpired: boolean): Promise<Quote | null> {
    const { quote: shown, selection } = this.#view
    if (shown === null || selection === null || this.plan === null) return null
    if (!isExpired && !this.#quoting.isStale) return shown
    const fresh = await this.#quoting.now(this.#request(selection, this.plan))
    if (fresh === null) return null
    const isSame = fresh.total === shown.total && fresh.notices.version === shown.notices.version
    if (!isSame) this.#change({ previousTotalMinor: shown.total })
    return isSame ? fresh : null
  }

  failed(problem: ApiProblem): void {
    this.#change({ quote: null, isQuoting: false, problem })
    this.#host.failed(problem)
  }

  #opened(catalogue: Catalogue): void {
    this.#change({ catalogue, problem: null })
    const { type } = this.#session()
    const ofType = catalogue.plans.find((plan) => plan.type === type)
    this.#choose(this.plan ?? ofType ?? catalogue.plans[0] ?? null)
    const { id: product } = catalogue.product
    this.#host.emit('license-ready', { product, sandbox: catalogue.sandbox })
  }

  #choose(plan: CataloguePlan | null): void {
    if (plan === null) return this.#host.changed()
    this.#select(selectionFor(plan, this.#view.selection))
  }

  #select(selection: Selection): void {
    const plan = this.#planOf(selection.plan)
    const isOtherPlan = selection.plan !== this.#view.selection?.plan
    this.#change({
      selection,
      problem: null,
      previousTotalMinor: null,
      ...(isOtherPlan ? { quote: null } : {}),
    })
    const isPriceable = plan !== null && this.missing.length === 0
    if (isPriceable) this.#quoting.schedule(this.#request(selection, plan))
    else this.#quoting.cancel()
    this.#change(isPriceable ? { isQuoting: true } : { isQuoting: false, quote: null })
  }

  #request(selection: Selection, plan: CataloguePlan) {
    const { locale, currency } = this.#session()
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
    return toQuoteRequest(selection, plan, { locale, currency, timeZone })
  }

  #quoted(quote: Quote): void {
    this.#change({ quote, isQuoting: false, problem: null })
    const { id: quoteId, total: totalMinor, currency } = quote
    this.#host.emit('license-quote', { quoteId, totalMinor, currency })
  }

  #planOf(id: string | undefined): CataloguePlan | null {
    return this.#view.catalogue?.plans.find((plan) => plan.id === id) ?? null
  }

  #change(change: Partial<BasketView>): void {
    this.#view = { ...this.#view, ...change }
    this.#host.changed()
  }
}

import type { Quote, QuoteRequest } from '../../server/contract/quotes.ts'
import type { Client } from '../api/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'

interface QuotingOptions {
  readonly client: Client
  readonly onQuote: (quote: Quote) => void
  readonly onProblem: (problem: ApiProblem) => void
}

const DEBOUNCE_MS = 250
/** A quote about to end is asked for again rather than risked. */
const MARGIN_MS = 60_000

/** Keeps one price for the selection: the latest request wins, an earlier one is aborted (W5). */
export class Quoting {
  readonly #options: QuotingOptions
  #timer: ReturnType<typeof setTimeout> | undefined
  #abort: AbortController | null = null
  #staleAfter = 0

  constructor(options: QuotingOptions) {
    this.#options = options
  }

  /** Asks soon, when the customer has stopped typing. */
  schedule(request: QuoteRequest): void {
    this.cancel()
    this.#timer = setTimeout(() => void this.#ask(request), DEBOUNCE_MS)
  }

  /** Asks now. @returns null when a later request took its place, or it failed */
  now(request: QuoteRequest): Promise<Quote | null> {
    this.cancel()
    return this.#ask(request)
  }

  cancel(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.#abort = null
  }

  /** Lifetimes are the server's; what passes meanwhile is measured without the browser's clock. */
  get isStale(): boolean {
    return performance.now() > this.#staleAfter
  }

  async #ask(request: QuoteRequest): Promise<Quote | null> {
    const abort = new AbortController()
    this.#abort = abort
    try {
      const quote = await this.#options.client.quote(request, abort.signal)
      if (abort.signal.aborted) return null
      const lifetimeMs = Date.parse(quote.expires_at) - Date.parse(quote.now)
      this.#staleAfter = performance.now() + lifetimeMs - MARGIN_MS
      this.#options.onQuote(quote)
      return quote
    } catch (thrown) {
      if (!abort.signal.aborted) this.#options.onProblem(asProblem(thrown))
      return null
    }
  }
}

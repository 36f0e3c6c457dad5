import type { PaymentMethod } from '../../../server/contract/payment-methods.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { RenewalClient } from '../../api/renewal-client.ts'
import { httpUrl } from '../configuration.ts'

const LOOK_EVERY_MS = 3000
/** The provider's page lives no longer. */
const LOOK_FOR_MS = 30 * 60_000

interface SavedMethodsOptions {
  readonly renewals: RenewalClient
  readonly changed: () => void
  /** One was saved while the customer was away. */
  readonly onSaved: (method: PaymentMethod) => void
}

/** The saved payment methods, and the way to another one on the provider's page. */
export class SavedMethods {
  readonly #options: SavedMethodsOptions
  readonly #stopped = new AbortController()
  #methods: readonly PaymentMethod[] | null = null
  #url: string | null = null
  #isPreparing = false
  #problem: ApiProblem | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #lookUntil = 0

  constructor(options: SavedMethodsOptions) {
    this.#options = options
  }

  /** Null until they are read. */
  get methods(): readonly PaymentMethod[] | null {
    return this.#methods
  }

  get preferred(): PaymentMethod | null {
    return this.#methods?.find(({ is_default }) => is_default) ?? this.#methods?.[0] ?? null
  }

  /** The provider's page, once it was asked for. */
  get url(): string | null {
    return this.#url
  }

  get isPreparing(): boolean {
    return this.#isPreparing
  }

  /** The page was opened; what happens there only the server knows. */
  get isWaiting(): boolean {
    return this.#lookUntil > 0
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  stop(): void {
    this.#stopped.abort()
    clearTimeout(this.#timer)
  }

  async load(): Promise<void> {
    const { signal } = this.#stopped
    const before = this.#methods
    try {
      const { data } = await this.#options.renewals.paymentMethods(signal)
      if (signal.aborted) return
      this.#methods = data
      this.#problem = null
      const known = new Set(before?.map(({ id }) => id))
      const saved = before === null ? undefined : data.find(({ id }) => !known.has(id))
      if (saved !== undefined) this.#found(saved)
    } catch (thrown) {
      if (!signal.aborted && !this.isWaiting) this.#problem = asProblem(thrown)
    }
    this.#options.changed()
  }

  /** Asks for the address first, so that the way there is a real link (S16). */
  async prepare(returnUrl: string, locale: string): Promise<void> {
    if (this.#isPreparing) return
    const { signal } = this.#stopped
    this.#isPreparing = true
    this.#problem = null
    this.#options.changed()
    try {
      const { url } = await this.#options.renewals.savePaymentMethod(returnUrl, locale, signal)
      this.#url = httpUrl(url)
    } catch (thrown) {
      if (!signal.aborted) this.#problem = asProblem(thrown)
    }
    this.#isPreparing = false
    this.#options.changed()
  }

  opened(): void {
    this.#lookUntil = performance.now() + LOOK_FOR_MS
    this.#schedule()
    this.#options.changed()
  }

  /** Looks at once: the customer is back. */
  nudge(): void {
    if (this.isWaiting) void this.load()
  }

  #found(method: PaymentMethod): void {
    this.#url = null
    this.#lookUntil = 0
    clearTimeout(this.#timer)
    this.#options.onSaved(method)
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(async () => {
      await this.load()
      if (performance.now() < this.#lookUntil && !this.#stopped.signal.aborted) this.#schedule()
    }, LOOK_EVERY_MS)
  }
}

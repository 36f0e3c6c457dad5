import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { Client } from '../api/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'

interface CatalogueSourceOptions {
  readonly onCatalogue: (catalogue: Catalogue) => void
  readonly onProblem: (problem: ApiProblem) => void
}

/** What the product of a client sells, and whether that could be read. */
export class CatalogueSource implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: CatalogueSourceOptions
  #client: Client | null = null
  #catalogue: Catalogue | null = null
  #problem: ApiProblem | null = null
  #running = new AbortController()

  constructor(host: ReactiveControllerHost, options: CatalogueSourceOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Null until it is read. */
  get catalogue(): Catalogue | null {
    return this.#catalogue
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  hostConnected(): void {
    if (this.#client !== null && this.#catalogue === null) void this.load()
  }

  hostDisconnected(): void {
    this.#running.abort()
  }

  /** Reads the catalogue of another client; of the same one nothing is asked again. */
  follow(client: Client): void {
    if (client === this.#client) return
    this.#client = client
    this.#catalogue = null
    void this.load()
  }

  readonly load = async (): Promise<void> => {
    this.#running.abort()
    this.#running = new AbortController()
    const { signal } = this.#running
    try {
      this.#catalogue = (await this.#client?.catalogue(signal)) ?? null
      this.#problem = null
      if (this.#catalogue !== null) this.#options.onCatalogue(this.#catalogue)
    } catch (thrown) {
      if (signal.aborted) return
      this.#problem = asProblem(thrown)
      this.#options.onProblem(this.#problem)
    }
    this.#host.requestUpdate()
  }
}

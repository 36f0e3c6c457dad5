import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License, LicenseQuery } from '../../server/contract/licenses.ts'
import type { Client } from '../api/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'

/** Licenses of one query, one page after the other on demand. */
export class LicensePages implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #client: Client | null = null
  #query: LicenseQuery = {}
  #licenses: readonly License[] | null = null
  #cursor: string | null = null
  #now = ''
  #problem: ApiProblem | null = null
  #running: AbortController | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Null until the first answer. */
  get licenses(): readonly License[] | null {
    return this.#licenses
  }

  get hasMore(): boolean {
    return this.#cursor !== null
  }

  /** RFC 3339, the server's, of the last answer. */
  get now(): string {
    return this.#now
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
  }

  async open(client: Client, query: LicenseQuery): Promise<void> {
    this.#client = client
    this.#query = query
    this.#licenses = null
    this.#cursor = null
    await this.more()
  }

  /** The next page; the first again after it failed. */
  async more(): Promise<void> {
    if (this.#client === null) return
    this.#running?.abort()
    const running = (this.#running = new AbortController())
    this.#problem = null
    this.#host.requestUpdate()
    try {
      const cursor = this.#cursor === null ? {} : { cursor: this.#cursor }
      const list = await this.#client.licenses({ ...this.#query, ...cursor }, running.signal)
      if (running.signal.aborted) return
      this.#licenses = [...(this.#licenses ?? []), ...list.data]
      this.#cursor = list.next_cursor
      this.#now = list.now
    } catch (thrown) {
      if (running.signal.aborted) return
      this.#problem = asProblem(thrown)
    }
    this.#host.requestUpdate()
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type ApiProblem, asProblem } from '../../api/problem.ts'

export interface Page<Row> {
  readonly data: readonly Row[]
  readonly next_cursor: string | null
  readonly now: string
}

type ReadPage<P> = (cursor: string | null, signal: AbortSignal) => Promise<P>

/** Rows of one query, one page after the other on demand. */
export class PagedRows<Row, P extends Page<Row> = Page<Row>> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #read: ReadPage<P> | null = null
  #rows: readonly Row[] | null = null
  #last: P | null = null
  #now = ''
  #problem: ApiProblem | null = null
  #running: AbortController | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Null until the first answer, and after a failure of it. */
  get rows(): readonly Row[] | null {
    return this.#rows
  }

  /** The latest answer, for what stands beside its rows. */
  get last(): P | null {
    return this.#last
  }

  /** RFC 3339, the server's, of the latest answer to whatever was asked; empty before the first. */
  get now(): string {
    return this.#now
  }

  get hasMore(): boolean {
    return this.#last !== null && this.#last.next_cursor !== null
  }

  get isBusy(): boolean {
    return this.#running !== null
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
  }

  /** Other rows: what is shown is forgotten first. */
  async open(read: ReadPage<P>): Promise<void> {
    this.#read = read
    this.#rows = null
    this.#last = null
    await this.reload()
  }

  /** The first page again; what is shown stays until it is there. */
  async reload(): Promise<void> {
    await this.#load(null)
  }

  async more(): Promise<void> {
    await this.#load(this.#last?.next_cursor ?? null)
  }

  async #load(cursor: string | null): Promise<void> {
    if (this.#read === null) return
    this.#running?.abort()
    const running = (this.#running = new AbortController())
    this.#problem = null
    this.#host.requestUpdate()
    try {
      const page = await this.#read(cursor, running.signal)
      if (running.signal.aborted) return
      this.#rows = cursor === null ? page.data : [...(this.#rows ?? []), ...page.data]
      this.#last = page
      this.#now = page.now
    } catch (thrown) {
      if (running.signal.aborted) return
      this.#problem = asProblem(thrown)
    }
    this.#running = null
    this.#host.requestUpdate()
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License, LicenseList, LicenseQuery } from '../../server/contract/licenses.ts'
import type { Client } from '../api/client.ts'
import { type ApiProblem, asProblem } from '../api/problem.ts'
import { appeared } from './license-facts.ts'

interface Page {
  readonly cursor: string | null
  /** How many licenses come before it. */
  readonly offset: number
}

const FIRST: Page = { cursor: null, offset: 0 }
/** Long enough to find the new row with one's eyes. */
const MARKED_MS = 8000

interface ListingOptions<View> {
  readonly query: (view: View, cursor: string | null) => LicenseQuery
  /** A view with another key is another list: its rows take the place of the skeleton, not of rows. */
  readonly keyOf: (view: View) => string | null
}

/** One page of the customer's licenses, sorted, searched and cut by the server. */
export class LicenseListing<View> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: ListingOptions<View>
  #client: Client | null = null
  #view: View | null = null
  /** The pages on the way to the one that is shown, which is last. */
  #trail: readonly Page[] = [FIRST]
  #list: LicenseList | null = null
  #problem: ApiProblem | null = null
  #running: AbortController | null = null
  #isBusy = false
  #isDueAgain = false
  #seen = new Set<string>()
  #marked: ReadonlySet<string> = new Set()
  #unmark: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, options: ListingOptions<View>) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Null until the first answer, and after a failure of what was asked for. */
  get list(): LicenseList | null {
    return this.#list
  }

  /** With a list beside it: that list is old, because refreshing it failed. */
  get problem(): ApiProblem | null {
    return this.#problem
  }

  /** The customer is waiting for an answer. */
  get isBusy(): boolean {
    return this.#isBusy
  }

  get hasPrevious(): boolean {
    return this.#trail.length > 1
  }

  get hasNext(): boolean {
    return this.#list !== null && this.#list.next_cursor !== null
  }

  /** Position of the first and last row among all that match, from 1; 0 and 0 when there is none. */
  get range(): { readonly from: number; readonly to: number } {
    const rows = this.#list?.data.length ?? 0
    return { from: rows === 0 ? 0 : this.#page.offset + 1, to: this.#page.offset + rows }
  }

  isMarked(id: string): boolean {
    return this.#marked.has(id)
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#running = null
    this.#isBusy = false
    clearTimeout(this.#unmark)
  }

  /** Shows the first page of a view. A view of another account forgets what it has seen. */
  async open(client: Client, view: View): Promise<void> {
    const { keyOf } = this.#options
    const isOther = this.#view === null || keyOf(view) !== keyOf(this.#view)
    if (client !== this.#client) this.#seen = new Set()
    if (client !== this.#client || isOther) this.#list = null
    this.#client = client
    this.#view = view
    await this.#load([FIRST])
  }

  async next(): Promise<void> {
    const cursor = this.#list?.next_cursor
    if (cursor === null || cursor === undefined) return
    await this.#load([...this.#trail, { cursor, offset: this.range.to }])
  }

  async previous(): Promise<void> {
    if (this.hasPrevious) await this.#load(this.#trail.slice(0, -1))
  }

  /** From the first page, because a cursor answers as of the time it was made. */
  async reload(): Promise<void> {
    await this.#load([FIRST])
  }

  /** Reads the page again without dimming it; a failure leaves what is shown, marked as old. */
  async refreshQuietly(): Promise<void> {
    if (this.#isBusy) this.#isDueAgain = true
    else await this.#load(this.#trail, true)
  }

  mark(ids: Iterable<string>): void {
    this.#marked = new Set([...this.#marked, ...ids])
    clearTimeout(this.#unmark)
    this.#unmark = setTimeout(() => {
      this.#marked = new Set()
      this.#host.requestUpdate()
    }, MARKED_MS)
    this.#host.requestUpdate()
  }

  get #page(): Page {
    return this.#trail.at(-1) ?? FIRST
  }

  async #load(trail: readonly Page[], isQuiet = false): Promise<void> {
    const client = this.#client
    const view = this.#view
    if (client === null || view === null) return
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.#isBusy = !isQuiet
    this.#host.requestUpdate()
    try {
      const query = this.#options.query(view, trail.at(-1)?.cursor ?? null)
      const list = await client.licenses(query, running.signal)
      if (!running.signal.aborted) this.#accept(list, trail, isQuiet)
    } catch (thrown) {
      if (!running.signal.aborted) this.#refuse(asProblem(thrown), trail, isQuiet)
    }
    if (this.#running === running) this.#settle()
  }

  #accept(list: LicenseList, trail: readonly Page[], isQuiet: boolean): void {
    if (isQuiet && this.#list !== null) {
      const ids = appeared(list.data, this.#seen, this.#list.now)
      if (ids.length > 0) this.mark(ids)
    }
    this.#remember(list.data)
    this.#trail = trail
    this.#list = list
    this.#problem = null
    // Everything on a later page may have gone meanwhile.
    if (list.data.length === 0 && trail.length > 1) this.#restart()
  }

  #refuse(problem: ApiProblem, trail: readonly Page[], isQuiet: boolean): void {
    const isCursorRefused = [400, 410, 422].includes(problem.status) && trail.length > 1
    if (isCursorRefused) return this.#restart()
    this.#problem = problem
    if (!isQuiet) this.#list = null
  }

  #restart(): void {
    this.#trail = [FIRST]
    this.#isDueAgain = true
  }

  #settle(): void {
    this.#running = null
    this.#isBusy = false
    this.#host.requestUpdate()
    if (!this.#isDueAgain) return
    this.#isDueAgain = false
    void this.#load(this.#trail, true)
  }

  #remember(licenses: readonly License[]): void {
    for (const { id } of licenses) this.#seen.add(id)
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License, LicenseQuery } from '../../../server/contract/licenses.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { RenewalClient } from '../../api/renewal-client.ts'
import type { RenewalMode } from './desk-query.ts'
import {
  hiddenCount,
  nextBatch,
  NOTHING_SELECTED,
  pageState,
  pageToggled,
  type RenewalSelection,
  toggled,
  withAlso,
  without,
} from '../renewal-selection.ts'

/** The selection of a list, and what of it the filters hide: only the server knows all that match. */
export class DeskSelection implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #selection: RenewalSelection = NOTHING_SELECTED
  /** Which tab each was chosen in: where undoing a move leads back to. */
  readonly #modes = new Map<string, RenewalMode>()
  readonly #known = new Map<string, License>()
  #matching: ReadonlySet<string> | null = null
  #running: AbortController | null = null
  #isLoading = false
  #problem: ApiProblem | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.#running?.abort()
    this.#isLoading = false
  }

  get size(): number {
    return this.#selection.ids.size
  }

  get ids(): readonly string[] {
    return [...this.#selection.ids]
  }

  get batch(): ReturnType<typeof nextBatch> {
    return nextBatch(this.#selection)
  }

  get hidden(): number {
    return hiddenCount(this.#selection, this.#matching)
  }

  get isLoading(): boolean {
    return this.#isLoading
  }

  get problem(): ApiProblem | null {
    return this.#problem
  }

  has(id: string): boolean {
    return this.#selection.ids.has(id)
  }

  /** As it was when a page last showed it. */
  license(id: string): License | null {
    return this.#known.get(id) ?? null
  }

  modeOf(id: string): RenewalMode {
    return this.#known.get(id)?.renewal_mode ?? this.#modes.get(id) ?? 'manual'
  }

  pageState(page: readonly License[]): 'none' | 'some' | 'all' {
    return pageState(this.#selection, idsOf(page))
  }

  /** What a page shows, so that the selection can speak about it when it is gone. */
  know(page: readonly License[]): void {
    for (const license of page) this.#known.set(license.id, license)
  }

  toggle(license: License, isSelected: boolean, page: readonly License[], isRange: boolean): void {
    const { id } = license
    this.#set(toggled(this.#selection, { id, isSelected, page: idsOf(page), isRange }))
  }

  togglePage(page: readonly License[]): void {
    this.#set(pageToggled(this.#selection, idsOf(page)))
  }

  remove(ids: Iterable<string>): void {
    this.#set(without(this.#selection, ids))
  }

  clear(): void {
    this.#set(NOTHING_SELECTED)
  }

  /** "Select all 148 matching". @returns how many match, or null when it failed */
  async selectAll(renewals: RenewalClient, query: LicenseQuery): Promise<number | null> {
    const answer = await this.#ask(renewals, query)
    if (answer === null) return null
    const { renewal_mode: mode } = query
    if (mode !== undefined) for (const id of answer.ids) this.#modes.set(id, mode)
    this.#set(withAlso(this.#selection, answer.ids))
    return answer.count
  }

  /** Other filters: what do they hide? */
  async follow(renewals: RenewalClient, query: LicenseQuery): Promise<void> {
    this.#matching = null
    if (this.size > 0) await this.#ask(renewals, query)
  }

  async #ask(renewals: RenewalClient, query: LicenseQuery) {
    this.#running?.abort()
    const running = (this.#running = new AbortController())
    this.#isLoading = true
    this.#problem = null
    this.#host.requestUpdate()
    try {
      const answer = await renewals.ids(query, running.signal)
      if (running.signal.aborted) return null
      this.#matching = new Set(answer.ids)
      return answer
    } catch (thrown) {
      if (!running.signal.aborted) this.#problem = asProblem(thrown)
      return null
    } finally {
      if (this.#running === running) this.#isLoading = false
      this.#host.requestUpdate()
    }
  }

  #set(selection: RenewalSelection): void {
    this.#selection = selection
    this.#host.requestUpdate()
  }
}

function idsOf(page: readonly License[]): readonly string[] {
  return page.map(({ id }) => id)
}

import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { License, LicenseList, LicenseQuery } from '../../../server/contract/licenses.ts'
import type { Client } from '../../api/client.ts'
import { LicenseListing } from '../license-listing.ts'
import { nextSort, type SortColumn } from '../license-query.ts'
import { DeskPicture } from './desk-picture.ts'
import {
  type DeskFilter,
  type DeskView,
  FIRST_DESK_VIEW,
  type RenewalMode,
  toDeskQuery,
} from './desk-query.ts'
import { DeskSelection } from './desk-selection.ts'
import type { DeskSession } from './desk-session.ts'
import { pagesOf } from './pages-of.ts'
import { selectedRows } from './selected-rows.ts'

const TYPING_PAUSE_MS = 300

interface BrowsingOptions {
  readonly session: () => DeskSession | null
  /** The customer asked for other rows, and there they are. */
  readonly onShown: () => void
}

/** Where the customer is among the licenses: tab, filters, page, picture and selection. */
export class DeskBrowsing implements ReactiveController {
  readonly listing: LicenseListing<DeskView>
  readonly picture: DeskPicture
  readonly selection: DeskSelection
  readonly #host: ReactiveControllerHost
  readonly #options: BrowsingOptions
  #view: DeskView = FIRST_DESK_VIEW
  /** What stands in the search field; the view follows after a pause. */
  #search = ''
  #counts: LicenseList['mode_counts']
  /** All that "Select all" has taken since the selection was empty. */
  readonly #taken: LicenseQuery[] = []
  #typing: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost, options: BrowsingOptions) {
    this.#host = host
    this.#options = options
    this.picture = new DeskPicture(host)
    this.selection = new DeskSelection(host)
    this.listing = new LicenseListing<DeskView>(host, {
      query: (view, cursor) => ({ ...toDeskQuery(view, cursor), counts: 'renewal_mode' }),
      keyOf: ({ mode }) => mode,
    })
    host.addController(this)
  }

  get view(): DeskView {
    return this.#view
  }

  /** As it stands in the toolbar. */
  get filter(): DeskFilter {
    return { ...this.#view.filter, search: this.#search }
  }

  get page(): readonly License[] {
    return this.listing.list?.data ?? []
  }

  hostUpdate(): void {
    this.#counts = this.listing.list?.mode_counts ?? this.#counts
    this.selection.know(this.page)
  }

  hostDisconnected(): void {
    clearTimeout(this.#typing)
  }

  /** Licenses in a tab under the filters; null while that is not known. */
  countOf(mode: RenewalMode): number | null {
    return this.#counts?.[mode] ?? null
  }

  /** From the first page of the first tab, for another account. */
  async restart(): Promise<void> {
    this.selection.clear()
    this.#search = ''
    await this.show(FIRST_DESK_VIEW)
  }

  async chooseMode(mode: RenewalMode): Promise<void> {
    if (mode !== this.#view.mode) await this.show({ ...this.#view, mode })
  }

  async sortBy(column: SortColumn): Promise<void> {
    await this.show({ ...this.#view, sort: nextSort(this.#view.sort, column) })
  }

  readonly changeFilter = async (change: Partial<DeskFilter>): Promise<void> => {
    clearTimeout(this.#typing)
    const filter = { ...this.filter, ...change }
    this.#search = filter.search
    await this.show({ ...this.#view, filter })
  }

  readonly searchFor = (search: string, isFinal: boolean): void => {
    this.#search = search
    clearTimeout(this.#typing)
    const apply = () => {
      if (search.trim() !== this.#view.filter.search.trim()) void this.changeFilter({ search })
    }
    if (isFinal) apply()
    else this.#typing = setTimeout(apply, TYPING_PAUSE_MS)
  }

  async show(view: DeskView): Promise<void> {
    const session = this.#options.session()
    if (session === null) return
    this.#view = view
    void this.picture.show(session.renewals, view)
    void this.selection.follow(session.renewals, toDeskQuery(view, null))
    await this.turn(this.listing.open(session.client, view))
  }

  async reload(): Promise<void> {
    const session = this.#options.session()
    if (session !== null) void this.picture.refresh(session.renewals, this.#view)
    await this.turn(this.listing.reload())
  }

  async refreshQuietly(): Promise<void> {
    const session = this.#options.session()
    if (session === null) return
    void this.picture.refresh(session.renewals, this.#view)
    await this.listing.refreshQuietly()
  }

  /** "Select all 148 matching". @returns how many match; null when that failed */
  async selectAll(): Promise<number | null> {
    const session = this.#options.session()
    if (session === null) return null
    const query = toDeskQuery(this.#view, null)
    this.#taken.push(query)
    return this.selection.selectAll(session.renewals, query)
  }

  /** Price and mode of each, of those too that no page has shown; a lost answer leaves some out. */
  async read(ids: readonly string[]): Promise<readonly License[]> {
    const session = this.#options.session()
    const { selection } = this
    const isMissing = () => ids.some((id) => selection.license(id) === null)
    for (const query of session === null ? [] : this.#taken) {
      if (session === null || !isMissing()) break
      for await (const page of pagesOf(session.client, query)) {
        selection.know(page)
        if (!isMissing()) break
      }
    }
    return ids.flatMap((id) => selection.license(id) ?? [])
  }

  /** What is selected, under whatever filters; else what the filters show. */
  async csv(client: Client, signal: AbortSignal): Promise<Blob> {
    const { limit: _limit, sort = 'expires_at', ...filter } = toDeskQuery(this.#view, null)
    const { ids } = this.selection
    if (ids.length === 0) return client.licensesCsv({ ...filter, sort }, signal)
    return selectedRows(await client.licensesCsv({ sort }, signal), new Set(ids))
  }

  async turn(loading: Promise<void>): Promise<void> {
    this.#host.requestUpdate()
    await loading
    if (this.listing.list !== null && !this.listing.isBusy) this.#options.onShown()
  }
}

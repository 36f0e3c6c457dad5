import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import type { License, LicenseList, UnusedSoon } from '../../server/contract/licenses.ts'
import type { ApiProblem } from '../api/problem.ts'
import { errorEvent } from '../events.ts'
import { csvName, LicenseExport, save } from '../state/license-export.ts'
import { LicenseListing } from '../state/license-listing.ts'
import {
  type Filter,
  firstView,
  isFiltered,
  LIST_PAGES,
  type ListView,
  nextSort,
  NO_FILTER,
  toQuery,
} from '../state/license-query.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { NOTHING_SELECTED, type RenewalSelection } from '../state/renewal-selection.ts'
import type { LicenseTab } from './late-view.ts'
import { licenseActions } from './license-actions.ts'
import { licenseListParts } from './license-list-styles.ts'
import { licensePager, type LicensePager, rangeText } from './license-pager.ts'
import { licenseTable } from './license-table.ts'
import { licenseToolbar } from './license-toolbar.ts'
import { emptyView, failedView, noMatchView } from './license-views.ts'
import { exportNotice, staleNotice } from './list-notices.ts'
import { selectionBar } from './selection-bar.ts'

const TYPING_PAUSE_MS = 300

/** @summary The licenses of one type: search, filters, table, pages, export. */
export class LicenseListPart extends LitElement {
  static override styles = licenseListParts

  @property({ attribute: false }) session: ManagerSession | null = null
  /** License type to show; null: all. */
  @property({ attribute: false }) type: string | null = null
  /** Name of the type for people. */
  @property({ attribute: false }) noun: string | null = null
  @property({ attribute: false }) onAdd: () => void = () => {}
  @property({ attribute: false }) onDetails: (
    license: License,
    now: string,
    tab: LicenseTab,
  ) => void = () => {}
  @property({ attribute: false }) onRenew: (ids: readonly string[]) => void = () => {}

  /** Other rows are on the screen. */
  @property({ attribute: false }) onLoaded: () => void = () => {}

  @state() private selection: RenewalSelection = NOTHING_SELECTED
  @state() private view: ListView = firstView(null)
  /** What stands in the search field; the view follows after a pause. */
  @state() private search = ''
  readonly #listing = new LicenseListing(this, LIST_PAGES)
  readonly #export = new LicenseExport(this)
  #told: { readonly list: LicenseList | null; readonly problem: ApiProblem | null } = {
    list: null,
    problem: null,
  }
  #typing: ReturnType<typeof setTimeout> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) void this.#listing.refreshQuietly()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#typing)
  }

  /** Asks again without a sign of it, unless something has changed. */
  async refreshQuietly(): Promise<void> {
    await this.#listing.refreshQuietly()
  }

  mark(ids: readonly string[]): void {
    this.#listing.mark(ids)
  }

  /** Complimentary units that end soon, whatever is listed. */
  get unusedSoon(): UnusedSoon | null {
    return this.#listing.list?.unused_soon ?? null
  }

  isShowing(id: string): boolean {
    return this.#listing.list?.data.some((license) => license.id === id) ?? false
  }

  /** The first page, newest first, nothing filtered: where a purchase is. */
  async showNewest(): Promise<void> {
    this.search = ''
    await this.#show({ ...firstView(this.type), pageSize: this.view.pageSize })
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session, type } = this
    if (session === null) return
    const isOther = session.client !== changed.get('session')?.client
    if (!changed.has('type') && !(changed.has('session') && isOther)) return
    this.search = ''
    this.selection = NOTHING_SELECTED
    this.view = firstView(type)
    void this.#listing.open(session.client, this.view)
  }

  protected override updated(): void {
    const { list, problem } = this.#listing
    if (list !== this.#told.list) this.onLoaded()
    if (problem !== null && problem !== this.#told.problem) this.dispatchEvent(errorEvent(problem))
    this.#told = { list, problem }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { list, isBusy } = this.#listing
    const isPristine = !isBusy && list?.count === 0 && !isFiltered(this.view.filter)
    return html`<div class="stack">
      ${isPristine ? nothing : this.#renderBars(session)}
      ${exportNotice(session, this.#export, this.#exportCsv)}
      ${staleNotice(session, this.#listing, this.#reload)}
      <div class="card">${this.#renderRows(session, isPristine)}</div>
    </div>`
  }

  #renderRows(session: ManagerSession, isPristine: boolean): TemplateResult {
    const { list, problem } = this.#listing
    if (list === null && problem !== null) return failedView(session, problem, this.#reload)
    if (isPristine) return emptyView(session, this.noun, this.onAdd)
    if (list?.data.length === 0) return noMatchView(session, () => this.#filter(NO_FILTER))
    const onDetails = (license: License, tab: LicenseTab = 'overview') =>
      this.onDetails(license, list?.now ?? '', tab)
    const pager = list === null ? null : this.#pager(session, list.count)
    return html`${licenseTable({
      session,
      caption: this.noun ?? session.words.manager.label,
      licenses: list?.data ?? null,
      now: list?.now ?? '',
      sort: this.view.sort,
      isBusy: this.#listing.isBusy,
      isMarked: (id) => this.#listing.isMarked(id),
      selection: this.selection,
      onSelection: (selection) => (this.selection = selection),
      onSort: (column) => this.#show({ ...this.view, sort: nextSort(this.view.sort, column) }),
      onDetails,
      itemsOf: (license) => licenseActions(license, session, onDetails, this.onRenew),
    })}
    ${pager === null ? nothing : licensePager(pager)}`
  }

  /** The toolbar keeps its room under the other bar, so that choosing a row moves nothing. */
  #renderBars(session: ManagerSession): TemplateResult {
    const { selection } = this
    const hasSelection = selection.ids.size > 0
    const onClear = () => (this.selection = NOTHING_SELECTED)
    return html`<div class="bars">
      <div ?inert=${hasSelection}>${this.#renderToolbar(session)}</div>
      ${hasSelection ? selectionBar({ session, selection, onRenew: this.onRenew, onClear }) : nothing}
    </div>`
  }

  #renderToolbar(session: ManagerSession): TemplateResult {
    return licenseToolbar({
      session,
      filter: { ...this.view.filter, search: this.search },
      sort: this.view.sort,
      isBusy: this.#listing.isBusy,
      isExporting: this.#export.isRunning,
      onSearch: this.#searchFor,
      onFilter: this.#filter,
      onSort: (sort) => this.#show({ ...this.view, sort }),
      onRefresh: this.#reload,
      onExport: this.#exportCsv,
    })
  }

  #pager(session: ManagerSession, count: number): LicensePager {
    const { range, hasPrevious, hasNext } = this.#listing
    return {
      session,
      ...range,
      count,
      pageSize: this.view.pageSize,
      hasPrevious,
      hasNext,
      onPrevious: () => this.#turn(this.#listing.previous()),
      onNext: () => this.#turn(this.#listing.next()),
      onPageSize: (pageSize) => this.#show({ ...this.view, pageSize }),
    }
  }

  readonly #searchFor = (search: string, isFinal: boolean): void => {
    this.search = search
    clearTimeout(this.#typing)
    const apply = () => {
      if (search.trim() !== this.view.filter.search.trim()) {
        void this.#show({ ...this.view, filter: { ...this.view.filter, search } })
      }
    }
    if (isFinal) apply()
    else this.#typing = setTimeout(apply, TYPING_PAUSE_MS)
  }

  readonly #filter = (change: Partial<Filter>): void => {
    clearTimeout(this.#typing)
    const filter = { ...this.view.filter, search: this.search, ...change }
    this.search = filter.search
    void this.#show({ ...this.view, filter })
  }

  readonly #reload = (): void => {
    void this.#turn(this.#listing.reload())
  }

  readonly #exportCsv = async (): Promise<void> => {
    const { session } = this
    if (session === null) return
    const { limit: _limit, ...query } = toQuery(this.view, null)
    const file = await this.#export.run(
      (signal) => session.client.licensesCsv(query, signal),
      csvName('licenses', this.#listing.list?.now ?? ''),
    )
    if (file === null) return
    save(file)
    session.announce(session.manager.news.exported(file.name))
  }

  async #show(view: ListView): Promise<void> {
    const { session } = this
    if (session === null) return
    this.view = view
    await this.#turn(this.#listing.open(session.client, view))
  }

  /** Says where the list now stands, once it stands. */
  async #turn(loading: Promise<void>): Promise<void> {
    await loading
    const { list, isBusy } = this.#listing
    const { session } = this
    if (session === null || list === null || isBusy) return
    const { noMatchTitle } = session.manager.views
    session.announce(list.count === 0 ? noMatchTitle : rangeText(this.#pager(session, list.count)))
  }
}

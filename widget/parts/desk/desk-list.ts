import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import type { License } from '../../../server/contract/licenses.ts'
import { errorEvent } from '../../events.ts'
import { DeskBrowsing } from '../../state/desk/desk-browsing.ts'
import {
  type ExpiryWindow,
  isDeskFiltered,
  NO_DESK_FILTER,
  type RenewalMode,
} from '../../state/desk/desk-query.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { ModeChange, type Move, noticesVersion } from '../../state/desk/mode-change.ts'
import { LicenseExport } from '../../state/license-export.ts'
import { SELECTION_MAX } from '../../state/renewal-selection.ts'
import { formatNumber } from '../../state/format.ts'
import { exportNotice } from '../list-notices.ts'
import { licensePager, type LicensePager, rangeText } from '../license-pager.ts'
import { failedView, noMatchView } from '../license-views.ts'
import { deskActions, modeItems } from './desk-actions.ts'
import { deskBars, exportShown } from './desk-bars.ts'
import { emptyDesk, movedToast } from './desk-notices.ts'
import { deskListStyles } from './desk-styles.ts'
import { deskTable } from './desk-table.ts'
import { deskTabs } from './desk-tabs.ts'
import { modeEvent } from './mode-event.ts'
import type { ModeSheet } from './mode-sheet.ts'
import type { Opening, TypeName } from './opening.ts'
import type { UndoSheet } from './undo-sheet.ts'

/** @summary The four tabs of renewals: picture, filters, selection, table, pages. */
export class DeskList extends LitElement {
  static override styles = deskListStyles

  @property({ attribute: false }) session: DeskSession | null = null
  @property({ attribute: false }) types: readonly TypeName[] = []
  @property({ attribute: false }) onOpen: (opening: Opening) => void = () => {}

  readonly #browsing = new DeskBrowsing(this, {
    session: () => this.session,
    onShown: () => this.#sayRange(),
  })
  readonly #moves = new ModeChange(this, {
    onMoved: ({ move, licenses }) => {
      this.dispatchEvent(modeEvent(licenses, move.mode))
      void this.refreshQuietly()
    },
    onProblem: (problem) => this.dispatchEvent(errorEvent(problem)),
  })
  readonly #export = new LicenseExport(this)
  #opener: HTMLElement | null = null

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) void this.refreshQuietly()
  }

  async refreshQuietly(): Promise<void> {
    await this.#browsing.refreshQuietly()
  }

  /** Renewed: no longer selected, and easy to find. */
  deselect(ids: readonly string[]): void {
    this.#browsing.selection.remove(ids)
    this.#browsing.listing.mark(ids)
  }

  /** Gives the focus back to what opened the page that is over. */
  override focus(): void {
    this.#opener?.focus()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { session } = this
    if (session === null || !changed.has('session')) return
    if (session.client !== changed.get('session')?.client) void this.#browsing.restart()
  }

  protected override render(): TemplateResult | typeof nothing {
    const { session } = this
    if (session === null) return nothing
    const { picture, view } = this.#browsing
    return html`<div class="stack">
        ${deskTabs(session, this.#browsing, 'panel')}
        <div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${view.mode}">
          <p class="muted">${session.desk.modeHelp[view.mode]}</p>
          <license-expiry-timeline
            .session=${session}
            .expiries=${picture.expiries}
            .window=${view.filter.window}
            .onWindow=${(window: ExpiryWindow | null) =>
              void this.#browsing.changeFilter({ window, expiresWithinDays: null })}
          ></license-expiry-timeline>
          ${this.#renderBars(session)}
          ${exportNotice(session, this.#export, () => void exportShown(session, this.#browsing, this.#export))}
          <div class="card">${this.#renderRows(session)}</div>
        </div>
        ${movedToast(session, this.#moves, () => void this.#moves.undo(session.renewals))}
      </div>
      <license-mode-sheet
        exportparts="dialog"
        .session=${session}
        .onMove=${(move: Move) => this.#move(move)}
      ></license-mode-sheet>
      <license-undo-sheet
        exportparts="dialog"
        .session=${session}
        .onUndone=${() => void this.refreshQuietly()}
      ></license-undo-sheet>`
  }

  #renderBars(session: DeskSession): TemplateResult {
    const { selection } = this.#browsing
    const onExport = () => void exportShown(session, this.#browsing, this.#export)
    const exporting = { label: session.manager.filters.export, run: onExport }
    const moves = modeItems(selection.batch.batch, null, this.#acts(session))
    return deskBars({
      session,
      browsing: this.#browsing,
      types: this.types,
      exporting: this.#export,
      onBatch: () => this.#batch(false),
      onDay: () => this.#batch(true),
      onSelectAll: () => void this.#selectAll(session),
      onExport,
      items: session.isRenewOnly ? [] : [...moves, exporting],
    })
  }

  #renderRows(session: DeskSession): TemplateResult {
    const { listing, selection, page, view } = this.#browsing
    const { list, problem, isBusy } = listing
    if (list === null && problem !== null) {
      return failedView(session, problem, () => void this.#browsing.reload())
    }
    if (list?.count === 0 && !isBusy) {
      return isDeskFiltered(view.filter)
        ? noMatchView(session, () => void this.#browsing.changeFilter(NO_DESK_FILTER))
        : emptyDesk(session, view.mode)
    }
    return html`${deskTable({
      session,
      caption: session.desk.modes[view.mode],
      licenses: list?.data ?? null,
      now: list?.now ?? '',
      sort: view.sort,
      isBusy,
      selection,
      isMarked: (id) => listing.isMarked(id),
      onSort: (column) => void this.#browsing.sortBy(column),
      onSelect: (license, isSelected, isRange) => {
        selection.toggle(license, isSelected, page, isRange)
        this.#sayCount(session)
      },
      onSelectPage: () => {
        selection.togglePage(page)
        this.#sayCount(session)
      },
      onRenew: ({ id }) => this.#open({ extension: { kind: 'renewal', ids: [id] } }),
      onMethod: () => void this.#sheet?.openMethods(),
      itemsOf: (license) => deskActions(license, this.#acts(session)),
    })}
    ${list === null ? nothing : licensePager(this.#pager(session, list.count))}`
  }

  #acts(session: DeskSession) {
    const onUndo = (license: License) =>
      void this.renderRoot.querySelector<UndoSheet>('license-undo-sheet')?.open(license)
    return { session, onOpen: this.#open, onMove: this.#ask, onUndo }
  }

  #pager(session: DeskSession, count: number): LicensePager {
    const { listing, view } = this.#browsing
    const { range, hasPrevious, hasNext } = listing
    return {
      session,
      ...range,
      count,
      pageSize: view.pageSize,
      hasPrevious,
      hasNext,
      onPrevious: () => void this.#browsing.turn(listing.previous()),
      onNext: () => void this.#browsing.turn(listing.next()),
      onPageSize: (pageSize) => void this.#browsing.show({ ...view, pageSize }),
    }
  }

  get #sheet(): ModeSheet | null {
    return this.renderRoot.querySelector<ModeSheet>('license-mode-sheet')
  }

  readonly #open = (opening: Opening): void => {
    const focused = this.shadowRoot?.activeElement
    this.#opener = focused instanceof HTMLElement ? focused : null
    this.onOpen(opening)
  }

  #batch(isAligned: boolean): void {
    const { batch } = this.#browsing.selection.batch
    const { session } = this
    if (batch.length === 0) return session?.announce(session.desk.bulk.nothing)
    this.#open({ extension: { kind: 'renewal', ids: batch }, terms: { isAligned } })
  }

  /** Back to manual, and no renewal: at once, with a way back. What costs money is asked first. */
  readonly #ask = (ids: readonly string[], mode: RenewalMode): void => {
    if (mode !== 'auto' && mode !== 'pay_per_use') void this.#move({ ids, mode })
    else void this.#browsing.read(ids).then((known) => this.#sheet?.open(mode, known))
  }

  async #move(move: Move): Promise<boolean> {
    const { session } = this
    const { selection } = this.#browsing
    if (session === null) return false
    const plan = selection.license(move.ids[0] ?? '')?.plan ?? ''
    const version = move.noticesVersion ?? (await noticesVersion(session.client, plan))
    const made = { ...move, noticesVersion: version }
    const isDone = await this.#moves.make(session.renewals, made, (id) => selection.modeOf(id))
    if (isDone) selection.remove(move.ids)
    return isDone
  }

  async #selectAll(session: DeskSession): Promise<void> {
    const count = await this.#browsing.selectAll()
    const { most } = session.desk.bulk
    if (count !== null && count > SELECTION_MAX) {
      session.announce(most(formatNumber(SELECTION_MAX, session.locale)))
    } else this.#sayCount(session)
  }

  #sayCount(session: DeskSession): void {
    const size = formatNumber(this.#browsing.selection.size, session.locale)
    session.announce(session.manager.selected.count(size))
  }

  #sayRange(): void {
    const { session } = this
    const { list } = this.#browsing.listing
    if (session === null || list === null) return
    const { noMatchTitle } = session.manager.views
    session.announce(list.count === 0 ? noMatchTitle : rangeText(this.#pager(session, list.count)))
  }
}

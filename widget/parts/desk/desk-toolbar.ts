import { html, nothing, type TemplateResult } from 'lit'
import {
  type DeskFilter,
  type ExpiryWindow,
  isDeskFiltered,
  NO_DESK_FILTER,
} from '../../state/desk/desk-query.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatNumber } from '../../state/format.ts'
import { STATUS_LABELS } from '../../state/license-facts.ts'
import { EXPIRY_WINDOWS_DAYS } from '../../state/license-query.ts'
import { searchField, selectField, valueOf } from '../license-toolbar.ts'
import { managerIcon, type ManagerIconName } from '../manager-icons.ts'
import type { TypeName } from './opening.ts'

export interface DeskToolbar {
  readonly session: DeskSession
  readonly filter: DeskFilter
  /** Types that can renew, by name; one alone is no choice. */
  readonly types: readonly TypeName[]
  readonly isBusy: boolean
  readonly isExporting: boolean
  readonly onSearch: (search: string, isFinal: boolean) => void
  readonly onFilter: (change: Partial<DeskFilter>) => void
  readonly onRefresh: () => void
  readonly onBatch: () => void
  readonly onDay: () => void
  readonly onExport: () => void
}

const CUSTOM = 'custom'
const EMPTY_WINDOW: ExpiryWindow = { from: '', to: '' }

/** What stands there while nothing is selected: Batch Renew is upper left all the same (S48). */
export function deskToolbar(toolbar: DeskToolbar): TemplateResult {
  const { session, filter, onFilter, onBatch, onDay, onSearch } = toolbar
  const { isBusy, onRefresh, isExporting, onExport } = toolbar
  const { filters } = session.manager
  const { bulk } = session.desk
  return html`<div class="toolbar" role="search" aria-label=${filters.search}>
    <button type="button" class="button act" @click=${onBatch}>${bulk.renew}</button>
    <button type="button" class="button act" @click=${onDay}>${bulk.day}</button>
    ${searchField({ session, search: filter.search, onSearch })} ${statusField(toolbar)}
    ${typeField(toolbar)} ${expiryField(toolbar)}
    ${
      isDeskFiltered(filter)
        ? html`<button type="button" class="button plain" @click=${() => onFilter(NO_DESK_FILTER)}>
            ${filters.clear}
          </button>`
        : nothing
    }
    <span class="gap"></span>
    ${iconButton(filters.refresh, 'refresh', isBusy, onRefresh)}
    ${session.isRenewOnly ? nothing : iconButton(filters.export, 'download', isExporting, onExport)}
  </div>`
}

function iconButton(label: string, icon: ManagerIconName, isBusy: boolean, run: () => void) {
  return html`<button
    type="button"
    class="button"
    aria-label=${label}
    title=${label}
    aria-disabled=${isBusy}
    @click=${run}
  >
    ${managerIcon(icon)}
  </button>`
}

function statusField({ session, filter, onFilter }: DeskToolbar): TemplateResult {
  const { filters, status } = session.manager
  return selectField(
    filters.status,
    [
      { value: '', text: filters.anyStatus },
      ...STATUS_LABELS.map((value) => ({ value, text: status[value] })),
    ],
    filter.status,
    (value) => onFilter({ status: value }),
  )
}

function typeField({ session, filter, types, onFilter }: DeskToolbar) {
  if (types.length < 2) return nothing
  const { type, anyType } = session.desk.filters
  return selectField(
    type,
    [
      { value: '', text: anyType },
      ...types.map(({ type: value, name: text }) => ({ value, text })),
    ],
    filter.type,
    (value) => onFilter({ type: value }),
  )
}

function expiryField(toolbar: DeskToolbar): TemplateResult {
  const { session, filter, onFilter } = toolbar
  const { filters } = session.manager
  const windows = EXPIRY_WINDOWS_DAYS.map((days) => ({
    value: String(days),
    text: filters.within(formatNumber(days, session.locale)),
  }))
  const { window, expiresWithinDays } = filter
  return html`${selectField(
    filters.expiry,
    [
      { value: '', text: filters.anyExpiry },
      ...windows,
      { value: CUSTOM, text: session.desk.filters.custom },
    ],
    window === null ? String(expiresWithinDays ?? '') : CUSTOM,
    (value) =>
      onFilter(
        value === CUSTOM
          ? { window: EMPTY_WINDOW, expiresWithinDays: null }
          : { window: null, expiresWithinDays: value === '' ? null : Number(value) },
      ),
  )}
  ${window === null ? nothing : dateFields(toolbar, window)}`
}

function dateFields({ session, onFilter }: DeskToolbar, window: ExpiryWindow): TemplateResult {
  const { from, to } = session.desk.filters
  const field = (label: string, value: string, change: (value: string) => ExpiryWindow) =>
    html`<input
      class="input"
      type="date"
      aria-label=${label}
      title=${label}
      .value=${value}
      @change=${(event: Event) => onFilter({ window: change(valueOf(event)) })}
    />`
  return html`<span class="dates">
    ${field(from, window.from, (value) => ({ ...window, from: value }))}
    <span aria-hidden="true">–</span>
    ${field(to, window.to, (value) => ({ ...window, to: value }))}
  </span>`
}

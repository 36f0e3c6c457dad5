import { css, html, nothing, type TemplateResult } from 'lit'
import { formatNumber } from '../state/format.ts'
import { STATUS_LABELS } from '../state/license-facts.ts'
import {
  EXPIRY_WINDOWS_DAYS,
  type Filter,
  isFiltered,
  NO_FILTER,
  nextSort,
  type Sort,
  SORT_COLUMNS,
} from '../state/license-query.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { icon } from './icons.ts'
import { managerIcon } from './manager-icons.ts'

export interface LicenseToolbar {
  readonly session: ManagerSession
  readonly filter: Filter
  readonly sort: Sort
  readonly isBusy: boolean
  readonly isExporting: boolean
  /** While typing; `isFinal` when the customer has pressed Enter. */
  readonly onSearch: (search: string, isFinal: boolean) => void
  /** What changes; the rest stays. */
  readonly onFilter: (change: Partial<Filter>) => void
  readonly onSort: (sort: Sort) => void
  readonly onRefresh: () => void
  readonly onExport: () => void
}

export function licenseToolbar(toolbar: LicenseToolbar): TemplateResult {
  const { session, filter, isBusy, isExporting, onFilter, onRefresh, onExport } = toolbar
  const { filters, news } = session.manager
  return html`<div class="toolbar" role="search" aria-label=${filters.search}>
    ${searchField({ session, search: filter.search, onSearch: toolbar.onSearch })}
    ${statusField(toolbar)} ${expiryField(toolbar)} ${sortFields(toolbar)}
    ${
      isFiltered(filter)
        ? html`<button type="button" class="button plain" @click=${() => onFilter(NO_FILTER)}>
            ${filters.clear}
          </button>`
        : nothing
    }
    <span class="gap"></span>
    <button type="button" class="button" aria-disabled=${isBusy} @click=${onRefresh}>
      ${managerIcon('refresh')}<span>${filters.refresh}</span>
    </button>
    <button type="button" class="button" aria-disabled=${isExporting} @click=${onExport}>
      ${managerIcon('download')}<span>${isExporting ? news.exporting : filters.export}</span>
    </button>
  </div>`
}

interface SearchField {
  readonly session: ManagerSession
  readonly search: string
  readonly onSearch: (search: string, isFinal: boolean) => void
}

export function searchField({ session, search: text, onSearch }: SearchField): TemplateResult {
  const { search, searchHint } = session.manager.filters
  return html`<label class="search">
    <span class="visually-hidden">${search}</span>
    ${icon('search')}
    <input
      class="input"
      type="search"
      maxlength="200"
      autocomplete="off"
      spellcheck="false"
      placeholder=${searchHint}
      .value=${text}
      @input=${(event: InputEvent) => onSearch(valueOf(event), false)}
      @change=${(event: Event) => onSearch(valueOf(event), true)}
    />
  </label>`
}

function statusField({ session, filter, onFilter }: LicenseToolbar): TemplateResult {
  const { filters, status } = session.manager
  return selectField(
    filters.status,
    [
      { value: '', text: filters.anyStatus },
      ...STATUS_LABELS.map((value) => ({ value, text: status[value] })),
    ],
    filter.status,
    (status) => onFilter({ status }),
  )
}

function expiryField({ session, filter, onFilter }: LicenseToolbar): TemplateResult {
  const { filters } = session.manager
  const windows = EXPIRY_WINDOWS_DAYS.map((days) => ({
    value: String(days),
    text: filters.within(formatNumber(days, session.locale)),
  }))
  return selectField(
    filters.expiry,
    [{ value: '', text: filters.anyExpiry }, ...windows],
    String(filter.expiresWithinDays ?? ''),
    (value) => onFilter({ expiresWithinDays: value === '' ? null : Number(value) }),
  )
}

/** Where rows are cards there are no headers to sort by. */
function sortFields({ session, sort, onSort }: LicenseToolbar): TemplateResult {
  const { filters, columns } = session.manager
  const direction = sort.isDescending ? filters.descending : filters.ascending
  const options = SORT_COLUMNS.map((value) => ({ value, text: columns[value] }))
  return html`<span class="sorting">
    ${selectField(filters.sortBy, options, sort.column, (value) => {
      const column = SORT_COLUMNS.find((known) => known === value)
      if (column !== undefined) onSort({ ...sort, column })
    })}
    <button type="button" class="button" @click=${() => onSort(nextSort(sort, sort.column))}>
      ${direction}
    </button>
  </span>`
}

interface Option {
  readonly value: string
  readonly text: string
}

export function selectField(
  label: string,
  options: readonly Option[],
  chosen: string,
  onChoose: (value: string) => void,
): TemplateResult {
  return html`<select
    class="input"
    aria-label=${label}
    .value=${chosen}
    @change=${(event: Event) => onChoose(valueOf(event))}
  >
    ${options.map(
      ({ value, text }) =>
        html`<option value=${value} ?selected=${value === chosen}>${text}</option>`,
    )}
  </select>`
}

export function valueOf({ target }: Event): string {
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement
    ? target.value
    : ''
}

export const licenseToolbarStyles = css`
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_step) * 2);
  }
  .toolbar .gap {
    flex: 1;
  }
  .toolbar select {
    inline-size: auto;
    max-inline-size: 100%;
  }
  .search {
    position: relative;
    flex: 0 1 300px;
    min-inline-size: 180px;
  }
  .search .icon {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: calc(var(--_step) * 3);
    translate: 0 -50%;
    color: var(--_muted);
    pointer-events: none;
  }
  .search .input {
    padding-inline-start: calc(var(--_step) * 9);
  }
  .search .input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  .sorting {
    display: none;
    gap: calc(var(--_step) * 2);
  }

  /* Icons only, where the row would break. */
  @container (640px <= inline-size < 900px) {
    .toolbar .button span {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    .toolbar .button:not(.plain, .act) {
      inline-size: 40px;
      padding: 0;
    }
    .search {
      flex: 1 1 160px;
      min-inline-size: 140px;
    }
    .toolbar .gap {
      display: none;
    }
  }

  @container (inline-size < 640px) {
    .toolbar > * {
      flex: 1 1 100px;
      min-inline-size: 0;
    }
    .toolbar .button {
      padding-inline: calc(var(--_step) * 2);
      white-space: nowrap;
    }
    .toolbar .gap {
      display: none;
    }
    .toolbar .search,
    .toolbar .sorting {
      flex-basis: 100%;
    }
    .toolbar .sorting {
      display: flex;
    }
    .toolbar .sorting select {
      flex: 1;
      min-inline-size: 0;
    }
  }
`

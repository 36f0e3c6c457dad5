import { html, nothing, svg, type TemplateResult } from 'lit'
import type { License } from '../../server/contract/licenses.ts'
import { formatNumber } from '../state/format.ts'
import { type Sort, SORT_COLUMNS, type SortColumn } from '../state/license-query.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import { managerIcon } from './manager-icons.ts'
import { dateTime, distance } from './license-dates.ts'
import { meter } from './license-meter.ts'
import type { MenuItem } from './license-menu.ts'
import { renewalHint, statusChip } from './license-status.ts'

export interface LicenseTable {
  readonly session: ManagerSession
  readonly caption: string
  /** Null while the first page loads. */
  readonly licenses: readonly License[] | null
  /** RFC 3339, the server's. */
  readonly now: string
  readonly sort: Sort
  readonly isBusy: boolean
  readonly isMarked: (id: string) => boolean
  readonly onSort: (column: SortColumn) => void
  readonly onDetails: (license: License) => void
  readonly itemsOf: (license: License) => readonly MenuItem[]
}

const SKELETON_ROWS = [1, 2, 3, 4, 5]

/**
 * The list of S32. One table for every width: in a narrow container the style sheet lays each row
 * out as a card, with the same order, labels and actions. The roles are written out because some
 * browsers drop those of a table that is not displayed as one.
 */
export function licenseTable(table: LicenseTable): TemplateResult {
  const { session, caption, licenses, sort, isBusy, onSort } = table
  const { columns, operation } = session.manager
  return html`<table role="table" aria-busy=${isBusy || licenses === null}>
    <caption class="visually-hidden">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${SORT_COLUMNS.map((column) => header(column, columns[column], sort, onSort))}
        <th role="columnheader" scope="col" class="operation">
          <span class="visually-hidden">${operation}</span>
        </th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${
        licenses === null
          ? SKELETON_ROWS.map(() => skeletonRow())
          : licenses.map((license) => row(license, table))
      }
    </tbody>
  </table>`
}

function header(
  column: SortColumn,
  label: string,
  sort: Sort,
  onSort: (column: SortColumn) => void,
): TemplateResult {
  const isSorted = sort.column === column
  const direction = sort.isDescending ? 'descending' : 'ascending'
  return html`<th
    role="columnheader"
    scope="col"
    class=${column}
    aria-sort=${isSorted ? direction : nothing}
  >
    <button type="button" @click=${() => onSort(column)}>
      <span>${label}</span>
      <svg class="arrows" viewBox="0 0 8 14" aria-hidden="true">
        ${svg`<path class="up" d="M4 1 7.5 5.5h-7z" /><path class="down" d="M4 13 .5 8.5h7z" />`}
      </svg>
    </button>
  </th>`
}

function row(license: License, table: LicenseTable): TemplateResult {
  const { session, now, isMarked, itemsOf } = table
  const { columns, actions } = session.manager
  const { id, activated_at, expires_at, time_zone: zone } = license
  const hint = renewalHint(license, session)
  const isNew = isMarked(id)
  return html`<tr role="row" part="row" class=${isNew ? 'new' : nothing}>
    <th role="rowheader" scope="row" class="id">${idCell(license, table, isNew)}</th>
    ${cell('total', columns.total, html`${formatNumber(license.total, session.locale)}`)}
    ${cell('in_use', columns.in_use, inUse(license, session))}
    ${cell(
      'service_life_days',
      columns.service_life_days,
      html`${formatNumber(license.service_life_days, session.locale)}`,
    )}
    ${cell('activated_at', columns.activated_at, dateTime(activated_at, zone, session))}
    ${cell(
      'expires_at',
      columns.expires_at,
      html`${dateTime(expires_at, zone, session)}
        <span class="under">${distance(expires_at, now, zone, session)}</span>`,
    )}
    ${cell(
      'status',
      columns.status,
      html`${statusChip(license, now, session)}
      ${hint === null ? nothing : html`<span class="under">${hint}</span>`}`,
    )}
    <td role="cell" class="operation">
      <license-menu .label=${actions.menu(id)} .items=${itemsOf(license)}></license-menu>
    </td>
  </tr>`
}

function cell(column: SortColumn, label: string, content: TemplateResult): TemplateResult {
  return html`<td role="cell" class=${column}>
    <span class="column">${label}</span>
    <div class="value">${content}</div>
  </td>`
}

/** The start of a long id may be cut off; the end, by which people tell ids apart, stays. */
function idCell(license: License, table: LicenseTable, isNew: boolean): TemplateResult {
  const { id, plan_name, key_last4, complimentary_of } = license
  const { session, onDetails } = table
  const { columns, complimentary, keyEnding, isNew: newWord } = session.manager
  return html`<span class="column">${columns.id}</span>
    <div class="value">
      <div class="first">
        <button type="button" class="open mono" title=${id} @click=${() => onDetails(license)}>
          <span class="start">${id.slice(0, -8)}</span><span>${id.slice(-8)}</span>
        </button>
        ${isNew ? html`<span class="badge">${newWord}</span>` : nothing}
      </div>
      <span class="under">
        <bdi>${plan_name}</bdi>
        <span class="mono" dir="ltr" aria-hidden="true">••••-${key_last4}</span>
        <span class="visually-hidden">${keyEnding(key_last4)}</span>
        ${
          complimentary_of === null
            ? nothing
            : html`<span class="gift">${managerIcon('gift')}${complimentary}</span>`
        }
      </span>
    </div>`
}

function inUse({ in_use, total }: License, session: ManagerSession): TemplateResult {
  return html`${formatNumber(in_use, session.locale)} ${meter(in_use, total)}`
}

function skeletonRow(): TemplateResult {
  return html`<tr role="row" class="waiting" aria-hidden="true">
    ${SORT_COLUMNS.map(
      (column) => html`<td role="cell" class=${column}><span class="skeleton bar"></span></td>`,
    )}
    <td role="cell" class="operation"></td>
  </tr>`
}

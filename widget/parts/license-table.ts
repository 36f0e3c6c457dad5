import { html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../server/contract/licenses.ts'
import { formatNumber } from '../state/format.ts'
import { type Sort, SORT_COLUMNS, type SortColumn } from '../state/license-query.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import {
  pageState,
  pageToggled,
  type RenewalSelection,
  toggled,
} from '../state/renewal-selection.ts'
import { managerIcon } from './manager-icons.ts'
import { dateTime, distance } from './license-dates.ts'
import { meter } from './license-meter.ts'
import type { MenuItem } from './license-menu.ts'
import { renewalHint, statusChip } from './license-status.ts'
import { pageBox, rowBox } from './row-box.ts'
import { sortHeader } from './sort-header.ts'

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
  readonly selection: RenewalSelection
  readonly onSelection: (selection: RenewalSelection) => void
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
        ${renewable(table).length === 0 ? nothing : pageCell(table)}
        ${SORT_COLUMNS.map((column) => sortHeader(column, columns[column], sort, onSort))}
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

function row(license: License, table: LicenseTable): TemplateResult {
  const { session, now, isMarked, itemsOf } = table
  const { columns, actions } = session.manager
  const { id, activated_at, expires_at, time_zone: zone } = license
  const hint = renewalHint(license, session)
  const isNew = isMarked(id)
  return html`<tr role="row" part="row" class=${isNew ? 'new' : nothing}>
    ${renewable(table).length === 0 ? nothing : rowCell(license, table)}
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

/** What can be selected: one-time licenses have no renewal, and no box (S30). */
function renewable({ licenses }: LicenseTable): readonly string[] {
  return (licenses ?? []).filter(({ renewal }) => renewal !== null).map(({ id }) => id)
}

function pageCell(table: LicenseTable): TemplateResult {
  const { session, selection, onSelection } = table
  const page = renewable(table)
  const box = pageBox({
    label: session.manager.selected.page,
    state: pageState(selection, page),
    isEmpty: false,
    onSelect: () => onSelection(pageToggled(selection, page)),
  })
  return html`<th role="columnheader" scope="col" class="select">${box}</th>`
}

function rowCell({ id, renewal }: License, table: LicenseTable): TemplateResult {
  const { session, selection, onSelection } = table
  const page = renewable(table)
  const box = rowBox({
    label: session.manager.selected.one(id),
    isSelected: selection.ids.has(id),
    onSelect: (isSelected, isRange) =>
      onSelection(toggled(selection, { id, isSelected, page, isRange })),
  })
  return html`<td role="cell" class="select">${renewal === null ? nothing : box}</td>`
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

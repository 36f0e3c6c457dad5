import { html, nothing, type TemplateResult } from 'lit'
import type { License } from '../../../server/contract/licenses.ts'
import { formatMoney } from '../../../server/domain/money.ts'
import type { DeskSelection } from '../../state/desk/desk-selection.ts'
import type { DeskSession } from '../../state/desk/desk-session.ts'
import { formatNumber } from '../../state/format.ts'
import type { Sort, SortColumn } from '../../state/license-query.ts'
import { dateTime, distance } from '../license-dates.ts'
import type { MenuItem } from '../license-menu.ts'
import { statusChip } from '../license-status.ts'
import { pageBox, rowBox } from '../row-box.ts'
import { sortHeader } from '../sort-header.ts'
import { offersRenewal } from './desk-actions.ts'
import { renewalState } from './renewal-state.ts'

export interface DeskTable {
  readonly session: DeskSession
  readonly caption: string
  /** Null while the first page loads. */
  readonly licenses: readonly License[] | null
  /** RFC 3339, the server's. */
  readonly now: string
  readonly sort: Sort
  readonly isBusy: boolean
  readonly isMarked: (id: string) => boolean
  readonly selection: DeskSelection
  readonly onSort: (column: SortColumn) => void
  readonly onSelect: (license: License, isSelected: boolean, isRange: boolean) => void
  readonly onSelectPage: () => void
  readonly onRenew: (license: License) => void
  readonly onMethod: () => void
  readonly itemsOf: (license: License) => readonly MenuItem[]
}

const SKELETON_ROWS = [1, 2, 3, 4, 5]
const CELLS = ['select', 'id', 'total', 'expires_at', 'status', 'renewal', 'price', 'operation']

/** The licenses of one tab. In a narrow place its rows are cards, as in the list of all licenses. */
export function deskTable(table: DeskTable): TemplateResult {
  const { session, caption, licenses, isBusy } = table
  const { table: words } = session.desk
  const plain = (name: string, label: string) =>
    html`<th role="columnheader" scope="col" class=${name}><span>${label}</span></th>`
  const sortable = (column: SortColumn, label: string) =>
    sortHeader(column, label, table.sort, table.onSort)
  // Cards have no header row, so the box that takes them all stands above them.
  return html`<div class="page-box">
      ${allBox(table)}<span aria-hidden="true">${session.manager.selected.page}</span>
    </div>
    <table role="table" aria-busy=${isBusy || licenses === null}>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" class="select">${allBox(table)}</th>
          ${sortable('id', words.license)} ${sortable('total', words.units)}
          ${sortable('expires_at', words.expires)} ${sortable('status', words.status)}
          ${plain('renewal', words.renewal)} ${plain('price', words.price)}
          <th role="columnheader" scope="col" class="operation">
            <span class="visually-hidden">${words.operation}</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          licenses === null
            ? SKELETON_ROWS.map(
                () =>
                  html`<tr role="row" class="waiting" aria-hidden="true">
                    ${CELLS.map(
                      (name) =>
                        html`<td role="cell" class=${name}><span class="skeleton bar"></span></td>`,
                    )}
                  </tr>`,
              )
            : licenses.map((license) => row(license, table))
        }
      </tbody>
    </table>`
}

function allBox({ session, licenses, selection, onSelectPage }: DeskTable): TemplateResult {
  const page = licenses ?? []
  return pageBox({
    label: session.manager.selected.page,
    state: selection.pageState(page),
    isEmpty: page.length === 0,
    onSelect: onSelectPage,
  })
}

function row(license: License, table: DeskTable): TemplateResult {
  const { session, now, isMarked, selection } = table
  const { table: words } = session.desk
  const { id, plan_name, expires_at, time_zone: zone, total, next_total } = license
  const number = (value: number) => formatNumber(value, session.locale)
  const isSelected = selection.has(id)
  return html`<tr
    role="row"
    part="row"
    class="${isMarked(id) ? 'new' : ''} ${isSelected ? 'chosen' : ''}"
  >
    <td role="cell" class="select">
      ${rowBox({
        label: session.manager.selected.one(id),
        isSelected,
        onSelect: (isOn, isRange) => table.onSelect(license, isOn, isRange),
      })}
    </td>
    <th role="rowheader" scope="row" class="id">
      <div class="value">
        <bdi class="plan">${plan_name}</bdi>
        <span class="under mono" dir="ltr" title=${id}>…${id.slice(-8)}</span>
      </div>
    </th>
    ${cell(
      'total',
      words.units,
      html`${number(total)}
      ${next_total === null ? nothing : html`<span class="under">${words.fewer(number(next_total))}</span>`}`,
    )}
    ${cell(
      'expires_at',
      words.expires,
      html`${dateTime(expires_at, zone, session)}
        <span class="under">${distance(expires_at, now, zone, session)}</span>
        ${lost(license, session)}`,
    )}
    ${cell('status', words.status, statusChip(license, now, session))}
    ${cell(
      'renewal',
      words.renewal,
      html`${renewalState(license, session, table.onMethod)} ${obstacle(license)}`,
    )}
    ${cell('price', words.price, price(license, session))}
    <td role="cell" class="operation">${operation(license, table)}</td>
  </tr>`
}

function operation(license: License, table: DeskTable): TemplateResult {
  const { session, onRenew, itemsOf } = table
  const { renew, renewId } = session.desk.table
  return html`<span class="acts">
    ${
      offersRenewal(license)
        ? html`<button
            type="button"
            class="button"
            aria-label=${renewId(license.id)}
            @click=${() => onRenew(license)}
          >
            ${renew}
          </button>`
        : nothing
    }
    <license-menu
      .label=${session.manager.actions.menu(license.id)}
      .items=${itemsOf(license)}
    ></license-menu>
  </span>`
}

function price({ renewal, cycle }: License, { desk, locale }: DeskSession): TemplateResult {
  if (renewal === null || !renewal.possible || renewal.amount === 0) {
    return html`${desk.table.unpriced}`
  }
  const { amount, currency } = renewal
  return html`<span class="money">${formatMoney(amount, currency, locale)}</span>
    ${cycle === null ? nothing : html`<span class="under">${desk.table.per[cycle]}</span>`}`
}

/** Why it cannot be renewed now. */
function obstacle({ renewal }: License): TemplateResult | typeof nothing {
  if (renewal === null || renewal.possible || renewal.sentence === null) return nothing
  return html`<span class="under">${renewal.sentence}</span>`
}

function lost({ lost_days }: License, { desk, locale }: DeskSession) {
  if (lost_days === 0) return nothing
  return html`<span class="under late">${desk.table.lost(formatNumber(lost_days, locale))}</span>`
}

function cell(name: string, label: string, content: TemplateResult): TemplateResult {
  return html`<td role="cell" class=${name}>
    <span class="column">${label}</span>
    <div class="value">${content}</div>
  </td>`
}

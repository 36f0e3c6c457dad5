import { html, nothing, svg, type TemplateResult } from 'lit'
import type { Sort, SortColumn } from '../state/license-query.ts'

/** A column that the server sorts by. */
export function sortHeader(
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

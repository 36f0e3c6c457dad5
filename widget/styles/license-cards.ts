import { css } from 'lit'

/** The rows of the table as cards: the same cells in the same order, with their column names. */
export const licenseCardStyles = css`
  @container (inline-size < 640px) {
    table {
      font-size: 1em;
    }
    .start {
      max-inline-size: none;
    }
    table,
    tbody {
      display: block;
    }
    thead {
      display: none;
    }
    tbody tr {
      position: relative;
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: calc(var(--_step) * 3) calc(var(--_step) * 4);
      padding: calc(var(--_step) * 4);
    }
    tbody tr:first-child {
      border-block-start: 0;
    }
    tbody th,
    tbody td,
    tr > :first-child,
    tr > :last-child {
      min-inline-size: 0;
      padding: 0;
    }
    th.id {
      grid-column: 1 / -1;
      padding-inline-end: 40px;
    }
    .column {
      display: block;
      font-size: 0.8em;
      line-height: 1.4;
      color: var(--_muted);
    }
    td.operation {
      position: absolute;
      inset-block-start: calc(var(--_step) * 2);
      inset-inline-end: calc(var(--_step) * 2);
    }
    .bar {
      margin-block: 4px;
    }
  }
`

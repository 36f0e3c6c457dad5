import { css } from 'lit'

/** A table, and cards where there is no room for one. */
export const renewLinesStyles = css`
  .lines {
    overflow-x: auto;
  }
  [aria-busy='true'] table,
  [aria-busy='true'] dl {
    color: var(--_muted);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  .caption {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    padding: calc(var(--_step) * 3) calc(var(--_step) * 4);
    font-weight: 650;
    text-align: start;
  }
  .caption .button {
    margin-inline-start: calc(var(--_step) * 3);
    font-size: 0.867em;
  }
  th,
  td {
    padding: calc(var(--_step) * 3) calc(var(--_step) * 2);
    border-block-start: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  thead th {
    padding-block: calc(var(--_step) * 2);
    background: var(--_raised);
    font-size: 0.867em;
    font-weight: 600;
    color: var(--_muted);
  }
  tr > :first-child {
    padding-inline-start: calc(var(--_step) * 4);
  }
  tr > :last-child {
    padding-inline-end: calc(var(--_step) * 4);
  }
  .plan {
    font-weight: 550;
    white-space: nowrap;
  }
  .mono {
    white-space: nowrap;
  }
  .under {
    display: block;
    font-size: 0.867em;
    line-height: 1.4;
    color: var(--_muted);
  }
  .late {
    color: var(--_warning);
  }
  time,
  .column + .value {
    font-variant-numeric: tabular-nums;
  }
  time {
    white-space: nowrap;
  }
  .amount {
    text-align: end;
  }
  td.amount {
    inline-size: 30%;
  }
  td.amount .money {
    font-weight: 600;
  }
  .column {
    display: none;
  }
  .count {
    inline-size: 84px;
    min-block-size: 34px;
    padding-block: 2px;
  }
  .bar {
    display: block;
    inline-size: 70%;
    block-size: 14px;
    margin-block: 6px;
  }

  @container (inline-size < 640px) {
    table,
    tbody {
      display: block;
    }
    thead {
      display: none;
    }
    tbody tr {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: calc(var(--_step) * 3) calc(var(--_step) * 4);
      padding: calc(var(--_step) * 4);
      border-block-start: 1px solid var(--_line);
    }
    tbody th,
    tbody td,
    tr > :first-child,
    tr > :last-child {
      padding: 0;
      border: 0;
    }
    td.amount {
      grid-column: 1 / -1;
      inline-size: auto;
      text-align: start;
    }
    .column {
      display: block;
      font-size: 0.8em;
      color: var(--_muted);
    }
  }
`

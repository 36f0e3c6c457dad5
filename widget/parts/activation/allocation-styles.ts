import { css } from 'lit'

/** The toolbar and the table of the log; its rows become blocks where the container is narrow. */
export const allocationStyles = css`
  :host {
    container-type: inline-size;
  }
  .toolbar {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: calc(var(--_step) * 2) calc(var(--_step) * 3);
  }
  .choice {
    display: grid;
    gap: calc(var(--_step) * 1);
    flex: 0 1 170px;
    min-inline-size: 0;
  }
  .choice .input {
    min-inline-size: 0;
  }
  .toolbar .actions {
    margin-inline-start: auto;
  }
  .square {
    inline-size: 40px;
    padding: 0;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    transition: opacity 120ms;
  }
  table[aria-busy='true'] {
    opacity: 0.6;
  }
  th,
  td {
    padding: calc(var(--_step) * 3);
    text-align: start;
    vertical-align: top;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  thead th {
    background: var(--_raised);
    font-size: 0.867em;
    font-weight: 600;
    color: var(--_muted);
    white-space: nowrap;
  }
  tbody tr {
    border-block-start: 1px solid var(--_line);
  }
  tbody th {
    font-weight: 550;
  }
  .time,
  .in-use {
    font-variant-numeric: tabular-nums;
  }
  thead .time,
  tbody .time,
  tbody .event,
  tbody .by {
    white-space: nowrap;
  }
  .id {
    white-space: nowrap;
  }
  .reason {
    display: block;
    max-inline-size: 32ch;
    white-space: normal;
    font-size: 0.867em;
    font-weight: 400;
  }
  .card {
    overflow: clip;
  }
  .column {
    display: none;
  }
  @container (inline-size < 760px) {
    thead {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    table,
    tbody {
      display: block;
    }
    tbody tr {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 calc(var(--_step) * 4);
      padding: calc(var(--_step) * 3) calc(var(--_step) * 4);
    }
    tbody tr:first-child {
      border: 0;
    }
    tbody th,
    tbody td {
      padding: 0;
      white-space: normal;
    }
    tbody td:empty,
    tbody .in-use:not(:has(.column)) {
      display: none;
    }
    tbody .event {
      flex: 1 1 auto;
    }
    tbody .time,
    tbody .in-use,
    tbody .by,
    tbody .license {
      font-size: 0.867em;
      color: var(--_muted);
    }
    tbody .who,
    tbody .license {
      flex: 1 1 100%;
    }
    .column {
      display: inline;
    }
    .toolbar .choice {
      flex: 1 1 150px;
    }
    .toolbar .actions {
      flex: 1 1 100%;
    }
    .toolbar .actions .button:not(.square) {
      flex: 1 1 auto;
    }
  }
`

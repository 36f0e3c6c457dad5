import { css } from 'lit'

export const modeSheetStyles = css`
  :host {
    display: contents;
  }
  .terms {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_step) * 5);
    justify-items: start;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: calc(var(--_step) * 2) calc(var(--_step) * 2);
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
    vertical-align: top;
  }
  thead th {
    font-size: 0.867em;
    font-weight: 600;
    color: var(--_muted);
  }
  .amount {
    text-align: end;
  }
  .under {
    display: block;
    font-size: 0.867em;
    color: var(--_muted);
  }
  .alert {
    inline-size: 100%;
  }
  .alert .all {
    grid-column: 1 / -1;
  }
  .check {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: calc(var(--_step) * 3);
    cursor: pointer;
  }
  .check input {
    inline-size: 20px;
    block-size: 20px;
    margin: 2px 0 0;
    accent-color: var(--_accent);
  }
  .line {
    inline-size: 220px;
    block-size: 48px;
  }
`

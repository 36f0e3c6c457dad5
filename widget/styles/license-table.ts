import { css } from 'lit'

/** The table. Its rows become cards where the container is narrow: `license-cards.ts`. */
export const licenseTableStyles = css`
  table {
    inline-size: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    transition: opacity 120ms;
  }
  table[aria-busy='true'] tbody tr:not(.waiting) {
    opacity: 0.5;
  }
  th,
  td {
    padding: calc(var(--_step) * 3) calc(var(--_step) * 2);
    text-align: start;
    vertical-align: top;
    font-weight: 400;
    overflow-wrap: break-word;
  }
  tr > :first-child {
    padding-inline-start: calc(var(--_step) * 4);
  }
  tr > :last-child {
    padding-inline-end: calc(var(--_step) * 3);
  }
  thead th {
    padding-block: 0;
    vertical-align: middle;
    background: var(--_raised);
  }
  thead button {
    display: flex;
    align-items: center;
    gap: calc(var(--_step) * 1.5);
    inline-size: 100%;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    font-size: 0.867em;
    font-weight: 600;
    line-height: 1.25;
    color: var(--_muted);
    text-align: start;
    cursor: pointer;
  }
  thead button:hover,
  th[aria-sort] button {
    color: var(--_text);
  }
  .arrows {
    flex: none;
    inline-size: 8px;
    block-size: 14px;
    fill: currentColor;
  }
  .arrows path {
    opacity: 0.35;
  }
  th[aria-sort='ascending'] .up,
  th[aria-sort='descending'] .down {
    opacity: 1;
  }
  th[aria-sort='ascending'] .down,
  th[aria-sort='descending'] .up {
    opacity: 0;
  }
  tbody tr {
    border-block-start: 1px solid var(--_line);
    transition: background-color 600ms;
  }
  tbody tr:hover {
    background: color-mix(in srgb, var(--_raised) 55%, var(--_surface));
  }
  tbody tr.new {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  tr:dir(rtl).new {
    box-shadow: inset -3px 0 0 var(--_accent);
  }
  thead .total,
  thead .in_use {
    inline-size: 9%;
  }
  thead .service_life_days {
    inline-size: 11%;
  }
  thead .activated_at {
    inline-size: 14%;
  }
  thead .expires_at {
    inline-size: 15%;
  }
  thead .status {
    inline-size: 19%;
  }
  thead .operation {
    inline-size: 56px;
  }
  .operation {
    text-align: end;
  }
  td.operation {
    padding-block: calc(var(--_step) * 2);
  }
  td.total,
  td.in_use,
  td.service_life_days {
    font-variant-numeric: tabular-nums;
  }
  .column {
    display: none;
  }
  .first {
    display: flex;
    align-items: center;
    gap: calc(var(--_step) * 2);
  }
  .open {
    display: flex;
    align-items: center;
    min-inline-size: 0;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font-weight: 500;
    direction: ltr;
    white-space: nowrap;
    cursor: pointer;
  }
  .open:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .start {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .badge {
    flex: none;
    padding: 0 0.5em;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 0.733em;
    font-weight: 650;
    line-height: 1.7;
  }
  .under {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(var(--_step) * 3);
    margin-block-start: 2px;
    font-size: 0.867em;
    line-height: 1.4;
    color: var(--_muted);
  }
  .gift {
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
    color: var(--_success);
  }
  .gift svg.icon {
    inline-size: 1em;
    block-size: 1em;
  }
  .meter {
    max-inline-size: 56px;
    margin-block-start: 5px;
  }
  .bar {
    display: block;
    inline-size: 70%;
    block-size: 14px;
    margin-block: 13px;
  }

  @container (inline-size < 900px) {
    table {
      font-size: 0.933em;
    }
    th,
    td {
      padding-inline: calc(var(--_step) * 1.5);
    }
    .start {
      max-inline-size: 6ch;
    }
    .chip {
      white-space: normal;
    }
    thead .total,
    thead .in_use {
      inline-size: 8.5%;
    }
    thead .service_life_days {
      inline-size: 10.5%;
    }
    thead .activated_at,
    thead .expires_at {
      inline-size: 14%;
    }
    thead .status {
      inline-size: 18%;
    }
    thead .operation {
      inline-size: 48px;
    }
  }
`

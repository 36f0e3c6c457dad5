import { css, unsafeCSS } from 'lit'

/** A month is a grid of 31 days; classes place the marks, because a page may forbid inline styles. */
const days = Array.from({ length: 31 }, (_, n) => `.d${n + 1}{grid-column:${n + 1}}`).join('')
const lanes = [4, 3, 2, 1].map((row, lane) => `.lane${lane}{grid-row:${row}}`).join('')

export const timelineStyles = css`
  ${unsafeCSS(days + lanes)}
  :host {
    container-type: inline-size;
  }
  .card {
    display: grid;
    gap: calc(var(--_step) * 2);
    padding: calc(var(--_step) * 4);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 5);
    min-block-size: 28px;
  }
  .gap {
    flex: 1;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 4);
  }
  .key {
    --_mark: var(--_accent);
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_step) * 1.5);
  }
  .key .shape {
    inline-size: 12px;
    block-size: 12px;
  }
  .skeleton {
    block-size: 88px;
  }
  .months {
    display: grid;
    grid-template-columns: repeat(13, minmax(0, 1fr));
  }
  .month {
    display: grid;
    grid-template-rows: 1fr auto;
    min-inline-size: 0;
  }
  .lanes {
    position: relative;
    display: grid;
    grid-template-columns: repeat(31, minmax(0, 1fr));
    grid-template-rows: repeat(4, auto);
    align-content: end;
    min-block-size: 56px;
    padding: 18px 12px 2px;
    border-block-end: 2px solid var(--_field-line);
    border-inline-start: 1px solid var(--_line);
  }
  .month:last-child .lanes {
    border-inline-end: 1px solid var(--_line);
  }
  .name {
    padding: calc(var(--_step) * 1) 2px;
    min-block-size: 24px;
    border: 0;
    background: none;
    color: var(--_muted);
    font-size: 0.8em;
    line-height: 1.3;
    text-align: center;
    cursor: pointer;
  }
  .name:enabled:hover {
    color: var(--_text);
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .name:disabled {
    cursor: default;
  }
  .mark {
    --_mark: var(--_accent);
    position: relative;
    justify-self: center;
    display: grid;
    place-items: center;
    inline-size: 26px;
    block-size: 26px;
    margin-inline: -13px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_on-accent);
    cursor: pointer;
  }
  .soon {
    --_mark: var(--_warning);
  }
  .shape {
    display: grid;
    place-items: center;
    border-radius: 50%;
    background: var(--_mark);
  }
  .soon .shape {
    border-radius: 2px;
    rotate: 45deg;
    scale: 0.82;
  }
  .soon .count {
    rotate: -45deg;
    scale: 1.2;
  }
  .s1 .shape {
    inline-size: 16px;
    block-size: 16px;
  }
  .s2 .shape {
    inline-size: 18px;
    block-size: 18px;
  }
  .s3 .shape {
    inline-size: 21px;
    block-size: 21px;
  }
  .s4 .shape {
    inline-size: 24px;
    block-size: 24px;
  }
  .s5 .shape {
    inline-size: 26px;
    block-size: 26px;
  }
  .count {
    font-size: 11px;
    font-weight: 700;
    line-height: 1;
    color: var(--_surface);
  }
  .mark:hover .shape {
    background: color-mix(in srgb, var(--_mark) 80%, var(--_text));
  }
  .mark[aria-pressed='true'] .shape {
    outline: 2px solid var(--_text);
    outline-offset: 2px;
  }
  .mark:focus-visible {
    z-index: 1;
    border-radius: 50%;
  }
  .today {
    position: absolute;
    z-index: 1;
    inset-block: 0 -2px;
    inset-inline-start: 0;
    inline-size: 0;
    border-inline-start: 2px dashed var(--_danger);
  }
  .today .small {
    position: absolute;
    inset-block-start: -2px;
    padding-inline: 4px;
    padding-inline: 2px;
    background: var(--_surface);
    font-size: 0.733em;
    font-weight: 600;
    line-height: 1.2;
    color: var(--_danger);
    white-space: nowrap;
  }
  summary {
    inline-size: fit-content;
    min-block-size: 24px;
    font-size: 0.867em;
    color: var(--_accent);
    cursor: pointer;
  }
  .scroll {
    max-block-size: 280px;
    overflow: auto;
  }
  table {
    inline-size: min(100%, 480px);
    border-collapse: collapse;
    font-size: 0.933em;
  }
  th,
  td {
    padding: calc(var(--_step) * 1) calc(var(--_step) * 2);
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: start;
  }
  thead th {
    font-weight: 600;
    color: var(--_muted);
  }
  .amount {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  @container (inline-size < 900px) {
    .months {
      grid-template-columns: repeat(7, minmax(0, 1fr));
      row-gap: calc(var(--_step) * 2);
    }
  }
  @container (inline-size < 520px) {
    .months {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
  }
  @media (forced-colors: active) {
    .shape {
      forced-color-adjust: none;
      background: ButtonText;
    }
    .soon .shape {
      background: Highlight;
    }
    .count {
      color: ButtonFace;
    }
    .soon .count {
      color: HighlightText;
    }
    .mark[aria-pressed='true'] .shape {
      outline-color: Highlight;
    }
    .today {
      border-color: LinkText;
    }
  }
`

import { css } from 'lit'

export const priceSummaryStyles = css`
  :host {
    padding: calc(var(--_step) * 5);
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_raised);
  }

  h3 {
    margin-block-end: calc(var(--_step) * 4);
  }

  /* Dimmed by a colour that can still be read, not by opacity. */
  .body[aria-busy='true'],
  .body[aria-busy='true'] * {
    color: var(--_muted);
  }

  .waiting {
    padding-block: calc(var(--_step) * 3);
  }

  .row {
    display: flex;
    justify-content: space-between;
    align-items: baseline;
    gap: calc(var(--_step) * 4);
  }

  strong {
    font-weight: 600;
  }

  .lines > li + li {
    margin-block-start: calc(var(--_step) * 4);
  }

  .lines p {
    margin-block-start: calc(var(--_step) * 0.5);
  }

  .free {
    font-weight: 550;
    color: var(--_success);
  }

  dl {
    margin-block-start: calc(var(--_step) * 4);
    padding-block-start: calc(var(--_step) * 4);
    border-block-start: 1px solid var(--_line);
  }

  dl .row + .row {
    margin-block-start: calc(var(--_step) * 2);
  }

  .total {
    font-weight: 650;
  }

  .total dd {
    font-size: 1.467em;
    line-height: 1.2;
    letter-spacing: -0.015em;
  }

  .afterwards dd {
    display: grid;
    text-align: end;
  }

  time {
    white-space: nowrap;
  }

  ::slotted(*) {
    margin-block-start: calc(var(--_step) * 4);
    padding-block-start: calc(var(--_step) * 3);
    border-block-start: 1px solid var(--_line);
  }

  .loading {
    display: grid;
    gap: calc(var(--_step) * 3);
  }

  .loading .skeleton {
    block-size: 20px;
    background: var(--_line);
  }

  .loading .skeleton:nth-child(2) {
    inline-size: 60%;
  }

  .loading .skeleton:nth-child(3) {
    block-size: 32px;
    margin-block-start: calc(var(--_step) * 4);
  }
`

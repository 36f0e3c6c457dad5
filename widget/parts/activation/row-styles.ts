import { css } from 'lit'

/** A list in a card, under how many units are left. */
export const rowStyles = css`
  :host {
    gap: calc(var(--_step) * 6);
  }
  .rows > li {
    padding: calc(var(--_step) * 4);
  }
  .rows > li + li {
    border-block-start: 1px solid var(--_line);
  }
`

import { css } from 'lit'
import { base } from '../../styles/base.ts'
import { controls } from '../../styles/controls.ts'
import { surfaces } from '../../styles/surfaces.ts'

/** What all activation panels look like: sections, forms in them, facts in pairs, codes. */
const panelLooks = css`
  :host,
  section,
  form,
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_step) * 3);
  }
  .stack.wide {
    gap: calc(var(--_step) * 6);
  }
  .block {
    display: grid;
    gap: calc(var(--_step) * 3);
    padding: calc(var(--_step) * 4);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_step) * 2) calc(var(--_step) * 4);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_step) * 2) calc(var(--_step) * 3);
  }
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  textarea.input {
    display: block;
    line-height: 1.6;
    resize: vertical;
  }
  textarea.mono,
  .code {
    font-family: var(--_font-mono);
    font-size: 0.92em;
  }
  .code {
    margin: 0;
    padding: calc(var(--_step) * 3);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_raised);
    line-height: 1.6;
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    user-select: all;
  }
  .facts > div {
    display: grid;
    grid-template-columns: minmax(7em, 2fr) 5fr;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 4);
    padding-block: calc(var(--_step) * 2.5);
    border-block-start: 1px solid var(--_line);
  }
  .facts dt {
    color: var(--_muted);
  }
  .facts dd {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .under {
    display: block;
    font-size: 0.867em;
    color: var(--_muted);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: calc(var(--_step) * 2);
    padding: calc(var(--_step) * 10) calc(var(--_step) * 5);
    text-align: center;
  }
  .empty svg {
    font-size: 1.6em;
    color: var(--_muted);
  }
  .empty .button {
    margin-block-start: calc(var(--_step) * 2);
  }
  .skeleton {
    block-size: 96px;
  }
  .waiting {
    display: grid;
    gap: calc(var(--_step) * 3);
  }
  @container (inline-size < 400px) {
    .facts > div {
      grid-template-columns: 1fr;
    }
    /* A line of a code stays one line: mistakes are told by it. */
    textarea.mono,
    pre.code {
      padding-inline: calc(var(--_step) * 2);
      font-size: 0.78em;
    }
    .actions > .button:not(.plain) {
      flex: 1 1 auto;
    }
  }
`

export const panelStyles = [base, controls, surfaces, panelLooks]

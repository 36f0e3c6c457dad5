import { css } from 'lit'

/** What every part starts from: box model, focus, headings without margins, text for ears only. */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
  }

  [hidden],
  :host([hidden]) {
    display: none !important;
  }

  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }

  ul,
  ol {
    list-style: none;
  }

  h2 {
    font-size: 1.333em;
    line-height: 1.25;
    font-weight: 650;
    letter-spacing: -0.012em;
  }

  h2,
  p {
    text-wrap: pretty;
  }

  h3 {
    font-size: 1em;
    line-height: 1.4;
    font-weight: 650;
  }

  a {
    color: var(--_accent);
    text-underline-offset: 0.2em;
    text-decoration-thickness: 1px;
  }

  a:hover {
    text-decoration-thickness: 2px;
  }

  :focus-visible {
    outline: 2px solid var(--_focus);
    outline-offset: 2px;
    border-radius: 3px;
  }

  /* Headings take the focus by script only, so that a screen reader starts there. */
  [tabindex='-1']:focus-visible {
    outline: none;
  }

  .muted {
    color: var(--_muted);
  }

  .small {
    font-size: 0.867em;
  }

  .money,
  .number {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .mono {
    font-family: var(--_font-mono);
    font-size: 0.92em;
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg.icon {
    inline-size: 1.2em;
    block-size: 1.2em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.22em;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
`

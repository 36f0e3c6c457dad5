import { css } from 'lit'

/** Buttons, fields and choices. */
export const controls = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_step) * 2);
    min-block-size: 40px;
    padding: calc(var(--_step) * 1.5) calc(var(--_step) * 4);
    border: 1px solid var(--_field-line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 550;
    line-height: 1.3;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition:
      background-color 120ms,
      border-color 120ms;
  }

  .button:hover {
    background: var(--_raised);
  }

  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
  }

  .button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  .button.large {
    min-block-size: 48px;
    padding-inline: calc(var(--_step) * 6);
  }

  /* A quiet action in text, still 24 px high. */
  .button.plain {
    min-block-size: 28px;
    padding: calc(var(--_step) * 0.5) calc(var(--_step) * 1);
    margin-inline: calc(var(--_step) * -1);
    border-color: transparent;
    background: none;
    color: var(--_accent);
    font-weight: 500;
  }

  .button.plain:hover {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }

  .button[aria-disabled='true'],
  .button:disabled {
    cursor: default;
    opacity: 0.6;
  }

  .button:focus-visible,
  .input:focus-visible {
    border-radius: var(--_radius);
  }

  .field {
    display: grid;
    gap: calc(var(--_step) * 1.5);
  }

  .label,
  legend {
    padding: 0;
    font-size: 0.933em;
    font-weight: 600;
  }

  .hint {
    font-size: 0.867em;
    color: var(--_muted);
  }

  .field-error {
    font-size: 0.867em;
    color: var(--_danger);
  }

  .input {
    inline-size: 100%;
    min-block-size: 40px;
    padding: calc(var(--_step) * 1.5) calc(var(--_step) * 3);
    border: 1px solid var(--_field-line);
    border-radius: var(--_radius);
    background: var(--_surface);
  }

  .input[aria-invalid='true'] {
    border-color: var(--_danger);
    box-shadow: inset 0 0 0 1px var(--_danger);
  }

  .chip {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_step) * 1.5);
    padding: 0.1em 0.6em;
    border: 1px solid color-mix(in srgb, currentColor 35%, transparent);
    border-radius: 999px;
    font-size: 0.8em;
    font-weight: 600;
    line-height: 1.6;
    white-space: nowrap;
    color: var(--_muted);
  }

  .chip.good {
    color: var(--_success);
  }
  .chip.careful {
    color: var(--_warning);
  }
  .chip.bad {
    color: var(--_danger);
  }

  @media (forced-colors: active) {
    .button.primary {
      forced-color-adjust: none;
      background: ButtonText;
      border-color: ButtonText;
      color: ButtonFace;
    }
  }
`

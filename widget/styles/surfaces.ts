import { css } from 'lit'

/** Cards, alerts and the skeleton that stands in for what loads. */
export const surfaces = css`
  .card {
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.5);
    background: var(--_surface);
  }

  .alert {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: calc(var(--_step) * 1) calc(var(--_step) * 3);
    padding: calc(var(--_step) * 3) calc(var(--_step) * 4);
    border: 1px solid color-mix(in srgb, var(--_tone) 40%, transparent);
    border-radius: var(--_radius);
    background: color-mix(in srgb, var(--_tone) 7%, var(--_surface));
    overflow-wrap: anywhere;
    --_tone: var(--_muted);
  }

  .alert > .icon {
    margin-block-start: 0.15em;
    color: var(--_tone);
  }

  .alert.info {
    --_tone: var(--_accent);
  }
  .alert.good {
    --_tone: var(--_success);
  }
  .alert.careful {
    --_tone: var(--_warning);
  }
  .alert.bad {
    --_tone: var(--_danger);
  }

  .skeleton {
    border-radius: var(--_radius);
    background: var(--_raised);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  @keyframes breathe {
    to {
      background: var(--_line);
    }
  }

  .spinner {
    display: inline-block;
    flex: none;
    inline-size: 1.1em;
    block-size: 1.1em;
    border: 2px solid color-mix(in srgb, currentColor 25%, transparent);
    border-block-start-color: currentColor;
    border-radius: 50%;
    animation: turn 0.8s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
`

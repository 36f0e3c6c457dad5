import { css } from 'lit'

/**
 * Theme of both elements. A host page sets `--license-*` on the element or above it; parts use only
 * the resolved `--_*`, which they inherit. Lengths are px and em: `rem` belongs to the page (W15).
 */
export const tokens = css`
  :host {
    display: block;
    --_accent: var(--license-color-accent, light-dark(#3a53d0, #9db0ff));
    --_on-accent: var(--license-color-on-accent, light-dark(#ffffff, #0d1435));
    --_accent-soft: color-mix(in srgb, var(--_accent) 9%, var(--_surface));
    --_text: var(--license-color-text, light-dark(#171b26, #eceef4));
    --_muted: var(--license-color-muted, light-dark(#5a6274, #a5adbd));
    --_surface: var(--license-color-surface, light-dark(#ffffff, #14171f));
    --_raised: var(--license-color-raised, light-dark(#f6f7fa, #1c202a));
    --_line: var(--license-color-line, light-dark(#e0e3ea, #303643));
    --_field-line: var(--license-color-field-line, light-dark(#868fa1, #7a8496));
    --_danger: var(--license-color-danger, light-dark(#b3261e, #ffb0a8));
    --_warning: var(--license-color-warning, light-dark(#8a5300, #f5c16c));
    --_success: var(--license-color-success, light-dark(#17703f, #7fd8a4));
    --_focus: var(--license-color-focus, var(--_accent));
    --_radius: var(--license-radius, 8px);
    --_font: var(
      --license-font-family,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'PingFang SC',
      'Microsoft YaHei',
      sans-serif
    );
    --_font-mono: var(--license-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
    --_font-size: var(--license-font-size, 15px);
    /* One step of spacing; density 0.75 is compact, 1.25 roomy. */
    --_step: calc(var(--license-spacing, 4px) * var(--license-density, 1));
  }

  :host([hidden]) {
    display: none !important;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  /* A wrapper and not :host, because rules of the page, such as * {}, reach the host and win. */
  .root {
    container-type: inline-size;
    font: normal 400 var(--_font-size) / 1.5 var(--_font);
    font-variant: normal;
    color: var(--_text);
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    white-space: normal;
    word-break: normal;
    overflow-wrap: break-word;
    hyphens: manual;
    list-style: none;
    cursor: auto;
    -webkit-font-smoothing: antialiased;
  }
`

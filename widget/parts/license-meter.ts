import { css, html, type TemplateResult } from 'lit'

/** How many units are used, as a bar; the number stands beside it in words. */
export function meter(used: number, total: number): TemplateResult {
  const percent = total === 0 ? 0 : Math.min(100, (used / total) * 100)
  return html`<svg class="meter" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 4">
    <rect width="100" height="4" />
    <rect class="used" width=${percent} height="4" />
  </svg>`
}

export const meterStyles = css`
  .meter {
    display: block;
    inline-size: 100%;
    block-size: 4px;
    border-radius: 2px;
    fill: var(--_line);
  }
  .meter:dir(rtl) {
    scale: -1 1;
  }
  .used {
    fill: var(--_accent);
  }
`

import { html, svg, type TemplateResult } from 'lit'

/** Outlines from Lucide (ISC), each on a 24 × 24 grid; decorative, so hidden from assistive technology. */
const PATHS = {
  alert: svg`<circle cx="12" cy="12" r="10" /><path d="M12 8v4M12 16h.01" />`,
  tick: svg`<path d="M20 6 9 17l-5-5" />`,
  exclaim: svg`<path d="M12 5v9M12 19h.01" />`,
  check: svg`<circle cx="12" cy="12" r="10" /><path d="m9 12 2 2 4-4" />`,
  clock: svg`<circle cx="12" cy="12" r="10" /><path d="M12 6v6l4 2" />`,
  external: svg`<path d="M15 3h6v6M10 14 21 3M18 13v6a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h6" />`,
  minus: svg`<path d="M5 12h14" />`,
  plus: svg`<path d="M12 5v14M5 12h14" />`,
  search: svg`<circle cx="11" cy="11" r="8" /><path d="m21 21-4.3-4.3" />`,
} as const

export type IconName = keyof typeof PATHS

export function icon(name: IconName): TemplateResult {
  return outline(PATHS[name])
}

export function outline(paths: TemplateResult<2>): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`
}

import { svg, type TemplateResult } from 'lit'
import { outline } from './icons.ts'

/** Outlines that only the manager needs, from Lucide (ISC). */
const PATHS = {
  gift: svg`<path d="M20 12v8H4v-8M2 7h20v5H2zM12 7v13M12 7H8.5a2.5 2.5 0 1 1 0-5C11 2 12 7 12 7zM12 7h3.5a2.5 2.5 0 1 0 0-5C13 2 12 7 12 7z" />`,
  refresh: svg`<path d="M21 12a9 9 0 1 1-2.6-6.4L21 8M21 3v5h-5" />`,
  close: svg`<path d="M18 6 6 18M6 6l12 12" />`,
  settings: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9" /><circle cx="15" cy="7" r="2" /><circle cx="9" cy="17" r="2" />`,
  key: svg`<circle cx="8" cy="15" r="4" /><path d="m11 12 9-9M16 7l3 3" />`,
  previous: svg`<path d="m15 18-6-6 6-6" />`,
  next: svg`<path d="m9 18 6-6-6-6" />`,
  download: svg`<path d="M12 15V3M7 10l5 5 5-5M21 15v4a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-4" />`,
  more: svg`<path stroke-width="3" d="M12 12h.01M19 12h.01M5 12h.01" />`,
} as const

export type ManagerIconName = keyof typeof PATHS

export function managerIcon(name: ManagerIconName): TemplateResult {
  return outline(PATHS[name])
}

import { version } from './version.ts'

interface Stamped {
  readonly licenseWidgetVersion?: string
}

/** An element class, and the internal elements that its templates use. */
export interface ElementClass extends CustomElementConstructor, Stamped {
  readonly parts?: Readonly<Record<string, ElementClass>>
}

/**
 * Registers an element and its parts, once. A second copy of the script, of whatever version,
 * leaves the first in place and says so: two definitions of one tag would throw and take the
 * host's page down (W07).
 */
export function define(tag: string, element: ElementClass): void {
  const existing = customElements.get(tag)
  if (existing === element) return
  if (existing !== undefined) return warnOnce(stampOf(existing))
  for (const [partTag, part] of Object.entries(element.parts ?? {})) define(partTag, part)
  Object.defineProperty(element, 'licenseWidgetVersion', { value: version })
  customElements.define(tag, element)
}

let hasWarned = false

function warnOnce(first: string): void {
  if (hasWarned) return
  hasWarned = true
  console.warn(
    `[license] loaded twice: version ${first} is in use, version ${version} is ignored. Keep one script tag.`,
  )
}

/** Elements defined by us carry a stamp; a foreign element under our tag does not. */
function stampOf(element: CustomElementConstructor): string {
  const { licenseWidgetVersion } = element as ElementClass
  return licenseWidgetVersion ?? 'unknown'
}

/** Opens `<license-manager>` over a center that lists licenses, and reads what a customer sees. */
import type { License } from '../../../server/contract/licenses.ts'
import type { LicenseManager } from '../../../widget/license-manager.ts'
import { answer, type Call, calls, callsTo } from './fake-center.ts'
// Loaded beforehand, so that the first test does not wait for it.
import '../../../widget/parts/manager-panel.ts'
import '../../../widget/parts/desk/renewal-desk.ts'
import '../../../widget/parts/activation/license-panel.ts'
import { aCatalogue, listOf } from './licenses.ts'
import { eventually, find, mount, textOf } from './mount.ts'
import { TWELVE } from './twelve-licenses.ts'

// Of the pages that run side by side, the browser shows only one.
Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })

/** What the customer has; tests change it while the element is open. */
export const stock: { licenses: readonly License[] } = { licenses: TWELVE }

/** The whole table of answers, of which a test replaces rows. */
export function openCenter(
  licenses: readonly License[] = TWELVE,
  more: Parameters<typeof answer>[0] = {},
): void {
  stock.licenses = licenses
  answer({
    'GET catalogue': aCatalogue(),
    'GET licenses': ({ path }: Call) => listOf(stock.licenses, `/${path}`),
    ...Object.fromEntries(TWELVE.map((license) => [`GET licenses/${license.id}`, license])),
    ...more,
  })
}

export function addManager(attributes = 'type="dr"'): LicenseManager {
  return mount<LicenseManager>(
    `<license-manager publishable-key="pk_test" center="https://center.test" token="t" ${attributes}></license-manager>`,
  )
}

/** With its first page on the screen. */
export async function openManager(attributes?: string): Promise<LicenseManager> {
  const manager = addManager(attributes)
  await eventually(() => rowsOf(manager).length > 0, 'rows appear')
  return manager
}

export function findAll<T extends HTMLElement = HTMLElement>(root: Element, selector: string): T[] {
  const scope = root.shadowRoot ?? root
  return [
    ...scope.querySelectorAll<T>(selector),
    ...[...scope.querySelectorAll('*')].flatMap((inner) =>
      inner.shadowRoot === null ? [] : findAll<T>(inner, selector),
    ),
  ]
}

export function required<T extends HTMLElement = HTMLElement>(root: Element, selector: string): T {
  const found = find<T>(root, selector)
  if (found === null) throw new Error(`nothing matches ${selector}`)
  return found
}

export function rowsOf(manager: Element): HTMLElement[] {
  return findAll(manager, 'tbody tr:not(.waiting)')
}

/** The visible text of one column, from top to bottom. */
export function columnOf(manager: Element, column: string): string[] {
  return findAll(manager, `tbody tr:not(.waiting) .${column} .value`).map(textOf)
}

export function buttonSaying(root: Element, text: string): HTMLElement {
  const button = findAll(root, 'button, a, [role=menuitem]').find(
    (one) => textOf(one) === text || one.getAttribute('aria-label') === text,
  )
  if (button === undefined) throw new Error(`no button says ${text}`)
  return button
}

export function openSheet(manager: Element): HTMLDialogElement | null {
  return findAll<HTMLDialogElement>(manager, 'dialog').find(({ open }) => open) ?? null
}

export function choose(root: Element, label: string, value: string): void {
  const field = required<HTMLSelectElement>(root, `select[aria-label="${label}"]`)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

/** The query of the latest request for the list. */
export function lastQuery(): Record<string, string> {
  const { path = '' } = callsTo('GET licenses').at(-1) ?? {}
  return Object.fromEntries(new URL(path, 'https://center.test').searchParams)
}

export function says(manager: Element, text: string): Promise<true> {
  return eventually(() => textOf(manager).includes(text) || null, `it says “${text}”`)
}

export function countOf(key: string): number {
  return calls.filter(({ method, path }) => `${method} ${path.split('?')[0]}` === key).length
}

/** As when the customer comes back; the element rests a second between two looks. */
export async function comeBackUntil(isDone: () => boolean): Promise<void> {
  await eventually(() => {
    window.dispatchEvent(new Event('focus'))
    return isDone()
  }, 'coming back helps')
}

/** The element that has the focus, inside all shadow roots. */
export function focused(root: Document | ShadowRoot = document): Element | null {
  const { activeElement } = root
  return activeElement?.shadowRoot?.activeElement
    ? focused(activeElement.shadowRoot)
    : activeElement
}

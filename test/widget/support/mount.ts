import './fake-center.ts'
import '../../../widget/index.ts'

const mounted: Element[] = []

/** Puts HTML into the page. @returns its first element */
export function mount<T extends HTMLElement>(html: string): T {
  const holder = document.createElement('div')
  holder.innerHTML = html
  document.body.append(holder)
  mounted.push(holder)
  return firstElement<T>(holder)
}

export function unmountAll(): void {
  for (const element of mounted.splice(0)) element.remove()
}

/** Ends what never happens; how long things take is for the benches to say. */
const PATIENCE_MS = 15_000

/** Waits until `read` gives something other than null, undefined or false. */
export async function eventually<T>(
  read: () => T | null | undefined | false,
  what = read.toString(),
): Promise<T> {
  for (const startedAt = performance.now(); performance.now() - startedAt < PATIENCE_MS;) {
    const value = read()
    if (value !== null && value !== undefined && value !== false) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`never happened: ${what}`)
}

/** The first match in an element, its shadow roots included. */
export function find<T extends Element = HTMLElement>(
  root: Element | ShadowRoot,
  selector: string,
): T | null {
  // Not `instanceof`: the element may live in a frame.
  const scope = ('shadowRoot' in root ? root.shadowRoot : null) ?? root
  const direct = scope.querySelector<T>(selector)
  if (direct !== null) return direct
  for (const element of scope.querySelectorAll('*')) {
    const inner = element.shadowRoot ? find<T>(element.shadowRoot, selector) : null
    if (inner !== null) return inner
  }
  return null
}

/** Everything a reader sees, shadow roots included, blanks collapsed. */
export function textOf(root: Node): string {
  return collect(root).replace(/\s+/g, ' ').trim()
}

function collect(node: Node): string {
  if (node instanceof Text) return node.data
  if (node instanceof HTMLStyleElement) return ''
  if (node instanceof HTMLSlotElement && node.assignedNodes().length > 0) {
    return node.assignedNodes().map(collect).join(' ')
  }
  const scope = node instanceof Element && node.shadowRoot ? node.shadowRoot : node
  return [...scope.childNodes].map(collect).join(' ')
}

/** The caller's HTML begins with the element it asks for. */
function firstElement<T extends HTMLElement>(holder: HTMLElement): T {
  return holder.firstElementChild as T
}

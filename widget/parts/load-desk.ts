/**
 * The renewal desk is a file of its own. Beside the pinned script its bytes are pinned as well: the
 * script carries their hash, and they are evaluated only after the browser has compared them.
 */
import { ApiProblem } from '../api/problem.ts'
import type { ElementClass } from '../define.ts'

declare const __DESK_INTEGRITY__: string | undefined

/** `sha384-…` in the pinned script, which alone can promise it; elsewhere empty. */
const INTEGRITY = typeof __DESK_INTEGRITY__ === 'undefined' ? '' : __DESK_INTEGRITY__

/** @throws ApiProblem where the file cannot be had, or is not the one that was published (W14) */
export async function loadDesk(): Promise<{ readonly RenewalDesk: ElementClass }> {
  try {
    if (INTEGRITY !== '') await verified(pinned('desk.js'))
    return await import('./desk/renewal-desk.ts')
  } catch (cause) {
    // Offline, a failed integrity check and a page's policy all look alike here.
    const code = INTEGRITY === '' ? 'network.unreachable' : 'answer.unreadable'
    throw new ApiProblem({ code }, { cause })
  }
}

/**
 * What the desk shares it imports from `license.js`: under another name, or with a query, that would
 * be a second copy, which nothing has verified.
 */
function pinned(name: string): string {
  const url = (file: string) => new URL(/* @vite-ignore */ file, import.meta.url).href
  if (url('license.js') !== import.meta.url) throw new Error(`loaded as ${import.meta.url}`)
  return url(name)
}

/** Puts the module into the page's module map, where `import()` finds what was compared. */
function verified(href: string): Promise<unknown> {
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.integrity = INTEGRITY
  link.crossOrigin = 'anonymous'
  link.nonce = ownScript()?.nonce ?? ''
  link.href = href
  return new Promise((resolve, reject) => {
    link.onload = resolve
    link.onerror = reject
    if (!link.relList.supports('modulepreload')) throw new Error('no modulepreload')
    document.head.append(link)
  })
}

function ownScript(): HTMLScriptElement | undefined {
  return [...document.scripts].find(({ src }) => src === import.meta.url)
}

/**
 * The renewal desk and the activation panels are files of their own. Beside the pinned script their
 * bytes are pinned as well: the script carries their hashes, and they are evaluated only after the
 * browser has compared them.
 */
import { ApiProblem } from '../api/problem.ts'
import { define } from '../define.ts'

export type LateFile = 'desk' | 'activation'

/** `sha384-…` by file in the pinned script, which alone can promise them; elsewhere null. */
declare const __INTEGRITY__: Readonly<Record<LateFile, string>> | null | undefined
const INTEGRITY = typeof __INTEGRITY__ === 'undefined' ? null : __INTEGRITY__

const LOADERS = {
  desk: async () =>
    define('license-renewal-desk', (await import('./desk/renewal-desk.ts')).RenewalDesk),
  activation: async () =>
    define('license-panel', (await import('./activation/license-panel.ts')).LicensePanel),
}

/**
 * Defines the elements of that file.
 *
 * @throws ApiProblem where the file cannot be had, or is not the one that was published (W14)
 */
export async function loadFile(file: LateFile): Promise<void> {
  try {
    if (INTEGRITY !== null) await verified(pinned(`${file}.js`), INTEGRITY[file])
    await LOADERS[file]()
  } catch (cause) {
    // Offline, a failed integrity check and a page's policy all look alike here.
    const code = INTEGRITY === null ? 'network.unreachable' : 'answer.unreadable'
    throw new ApiProblem({ code }, { cause })
  }
}

/**
 * What these files share they import from `license.js`: under another name, or with a query, that
 * would be a second copy, which nothing has verified.
 */
function pinned(name: string): string {
  const url = (file: string) => new URL(/* @vite-ignore */ file, import.meta.url).href
  if (url('license.js') !== import.meta.url) throw new Error(`loaded as ${import.meta.url}`)
  return url(name)
}

/** Puts the module into the page's module map, where `import()` finds what was compared. */
function verified(href: string, integrity: string): Promise<unknown> {
  const link = document.createElement('link')
  link.rel = 'modulepreload'
  link.integrity = integrity
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

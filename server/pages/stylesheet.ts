/** The one stylesheet of all pages, at an address that names its content, so that it may be cached for ever. */
import base from './styles/base.css?raw'
import content from './styles/content.css?raw'
import media from './styles/media.css?raw'

export const STYLESHEET = [base, content, media].join('\n')
export const STYLESHEET_PATH = `/assets/site-${fingerprintOf(STYLESHEET)}.css`

/** FNV-1a, 64 bits: it names a version of a file and protects nothing, so it need not be cryptographic. */
function fingerprintOf(text: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash.toString(16).padStart(16, '0')
}

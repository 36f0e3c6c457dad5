/** What an installation keeps of the center's answers, as one text in the product's own storage. */
import type { CenterCode } from './codes.ts'
import { isRecord, type LicenseKey } from './token.ts'

export interface Kept {
  /** Which license key it is about, as a hash: the key itself is the product's to keep. */
  readonly of: string
  readonly token: string | null
  /** The highest sequence of any token so far: an older one is no good any more (C14). */
  readonly seq: number
  /** When the token with it was signed, in seconds since 1970. */
  readonly iat: number
  /** The latest time seen, in milliseconds since 1970: the clock does not run backwards (C14). */
  readonly seenAtMs: number
  /** What the center said last, while it said no; it stays said without a network (R19). */
  readonly refusal: { readonly code: CenterCode; readonly notice: string | null } | null
  /** Words of the last good answer; they grant nothing. */
  readonly said: { readonly code: CenterCode; readonly notice: string | null } | null
  readonly keys: readonly LicenseKey[]
  readonly withdrawn: readonly string[]
}

export function nothingKept(of: string): Kept {
  return {
    of,
    token: null,
    seq: 0,
    iat: 0,
    seenAtMs: 0,
    refusal: null,
    said: null,
    keys: [],
    withdrawn: [],
  }
}

export function writeKept(kept: Kept): string {
  return JSON.stringify(kept)
}

/** @returns null when the text is not what `writeKept` writes */
export function readKept(text: string): Kept | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return isKept(value) ? value : null
}

function isKept(value: unknown): value is Kept {
  return (
    isRecord(value) &&
    typeof value.of === 'string' &&
    (value.token === null || typeof value.token === 'string') &&
    typeof value.seq === 'number' &&
    typeof value.iat === 'number' &&
    typeof value.seenAtMs === 'number' &&
    isSaid(value.refusal) &&
    isSaid(value.said) &&
    Array.isArray(value.keys) &&
    value.keys.every(
      (key) => isRecord(key) && typeof key.kid === 'string' && typeof key.x === 'string',
    ) &&
    Array.isArray(value.withdrawn) &&
    value.withdrawn.every((kid) => typeof kid === 'string')
  )
}

function isSaid(value: unknown): boolean {
  return value === null || (isRecord(value) && typeof value.code === 'string')
}

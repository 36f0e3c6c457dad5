/**
 * Hashes without a detour: WebCrypto hands even forty bytes to another thread, which on Node takes
 * longer than the rest of a check (design section 8).
 */
import { createHash, createHmac, createSecretKey } from 'node:crypto'
import type { KeyedHash } from '../deps.ts'
import type { Sha256 } from '../domain/offline-codes.ts'

export const nodeSha256: Sha256 = (text) => createHash('sha256').update(text).digest()

export function nodeKeyedHash(secret: Uint8Array): KeyedHash {
  const key = createSecretKey(secret)
  return (text) => createHmac('sha256', key).update(text).digest('hex')
}

/**
 * A license key at rest: found by its HMAC, shown again from a sealed copy. The key itself is in no
 * row, log or journal (design section 6).
 */
import type { Deps, Secrets } from '../deps.ts'
import type { Id } from '../domain/ids.ts'

const NONCE_BYTES = 12
const FORMAT = 'v1'

/** HMAC-SHA-256 of a canonical key, 64 hexadecimal digits: equal keys have equal hashes. */
export async function hashKey(
  secrets: Pick<Secrets, 'licenseKeyHash'>,
  canonicalKey: string,
): Promise<string> {
  return secrets.licenseKeyHash(canonicalKey)
}

/**
 * Seals a key with AES-256-GCM under a fresh nonce: `v1.` nonce `.` ciphertext and tag, base64.
 * The license id is authenticated along, so that a sealed key moved to another row does not open.
 */
export async function sealKey(
  deps: Pick<Deps, 'randomBytes'> & { readonly secrets: Pick<Secrets, 'licenseKeyCipher'> },
  licenseId: Id<'lic' | 'whe'>,
  key: string,
): Promise<string> {
  const nonce = new Uint8Array(deps.randomBytes(NONCE_BYTES))
  const sealed = await crypto.subtle.encrypt(
    gcm(nonce, licenseId),
    deps.secrets.licenseKeyCipher,
    encode(key),
  )
  return [FORMAT, toBase64(nonce), toBase64(new Uint8Array(sealed))].join('.')
}

/** @throws Error when the text was not sealed for this license with this secret: a bug or tampering */
export async function openKey(
  secrets: Pick<Secrets, 'licenseKeyCipher'>,
  licenseId: Id<'lic' | 'whe'>,
  sealedKey: string,
): Promise<string> {
  const [format, nonce, sealed] = sealedKey.split('.')
  if (format !== FORMAT || nonce === undefined || sealed === undefined) {
    throw new Error(`the sealed key of ${licenseId} has an unknown format`)
  }
  try {
    const algorithm = gcm(fromBase64(nonce), licenseId)
    const key = await crypto.subtle.decrypt(algorithm, secrets.licenseKeyCipher, fromBase64(sealed))
    return new TextDecoder().decode(key)
  } catch (cause) {
    throw new Error(`the sealed key of ${licenseId} does not open`, { cause })
  }
}

function gcm(nonce: Uint8Array<ArrayBuffer>, licenseId: Id<'lic' | 'whe'>): AesGcmParams {
  return { name: 'AES-GCM', iv: nonce, additionalData: encode(licenseId) }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}

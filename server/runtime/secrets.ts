/** The keys of `deps.secrets`, from the texts that an operator puts into the environment. */
import type { KeyedHash, Secrets } from '../deps.ts'

/** Each 32 bytes in base64url: 43 characters, as `openssl rand -base64 32 | tr '+/' '-_' | tr -d =` prints. */
export interface SecretTexts {
  readonly licenseKeyHash: string | undefined
  readonly licenseKeyCipher: string | undefined
  readonly linkToken: string | undefined
}

export const SECRET_BYTES = 32

/**
 * @param keyedHash  where the runtime has a faster one
 * @throws Error that names every secret at fault, and never shows one
 */
export async function importSecrets(
  texts: SecretTexts,
  hostSecret: Secrets['hostSecret'],
  keyedHash: (secret: Uint8Array<ArrayBuffer>) => KeyedHash | Promise<KeyedHash> = webKeyedHash,
): Promise<Omit<Secrets, 'licenseSigner'>> {
  const mistakes: string[] = []
  const bytesOf = (name: keyof SecretTexts): Uint8Array<ArrayBuffer> => {
    const bytes = decoded(texts[name] ?? '')
    if (bytes?.length === SECRET_BYTES) return bytes
    mistakes.push(`${name} ${mistakeOf(texts[name], bytes)}`)
    return new Uint8Array(SECRET_BYTES)
  }
  const hash = bytesOf('licenseKeyHash')
  const cipher = bytesOf('licenseKeyCipher')
  const link = bytesOf('linkToken')
  if (mistakes.length > 0) {
    throw new Error(
      `Secrets are ${SECRET_BYTES} bytes in base64url, 43 characters: ${mistakes.join('; ')}.`,
    )
  }
  return {
    licenseKeyHash: await keyedHash(hash),
    licenseKeyCipher: await crypto.subtle.importKey('raw', cipher, 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]),
    linkToken: await hmacKey(link),
    hostSecret,
  }
}

/** True for 32 bytes in base64url. */
export function isSecret(text: string | undefined): boolean {
  return decoded(text ?? '')?.length === SECRET_BYTES
}

function mistakeOf(text: string | undefined, bytes: Uint8Array | null): string {
  if (text === undefined || text.trim() === '') return 'is blank'
  if (bytes === null) return 'is not base64url'
  return `has ${bytes.length} bytes`
}

function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*={0,2}$/.test(text)) return null
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, ''))
    return Uint8Array.from(binary, (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}

function hmacKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify'])
}

async function webKeyedHash(secret: Uint8Array<ArrayBuffer>): Promise<KeyedHash> {
  const key = await hmacKey(secret)
  return async (text) => {
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text))
    return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
}

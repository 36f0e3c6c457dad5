import type { Secrets } from '../../server/deps.ts'
import { importSecrets } from '../../server/runtime/secrets.ts'

/** Real keys of known bytes. */
export function createTestSecrets(
  hostSecret: Secrets['hostSecret'] = () => null,
): Promise<Secrets> {
  return importSecrets(
    { licenseKeyHash: secretOf(1), licenseKeyCipher: secretOf(2), linkToken: secretOf(3) },
    hostSecret,
  )
}

/** 32 equal bytes in base64url. */
export function secretOf(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64url')
}

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

import type { Secrets } from '../../server/deps.ts'
import { importSigner } from '../../server/runtime/license-signer.ts'
import { importSecrets } from '../../server/runtime/secrets.ts'

/** The key pair of RFC 8037, appendix A.1. */
export const TEST_SIGNING_KEY = {
  kty: 'OKP',
  crv: 'Ed25519',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  kid: 'test-1',
}

/** Real keys of known bytes. */
export async function createTestSecrets(
  hostSecret: Secrets['hostSecret'] = () => null,
): Promise<Secrets> {
  const texts = {
    licenseKeyHash: secretOf(1),
    licenseKeyCipher: secretOf(2),
    linkToken: secretOf(3),
  }
  return {
    ...(await importSecrets(texts, hostSecret)),
    licenseSigner: await importSigner({
      current: JSON.stringify(TEST_SIGNING_KEY),
      published: undefined,
    }),
  }
}

/** 32 equal bytes in base64url. */
export function secretOf(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64url')
}

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length))
}

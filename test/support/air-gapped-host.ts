/** An installed product on a host without a network: what goes in and out is text that a person carries. */
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import {
  activationMessage,
  commitmentTo,
  deactivationCode,
  installationDigest,
  readOfflineCode,
  registrationCode,
  toHex,
  type ActivationTerms,
  type Registration,
} from '../../server/domain/offline-codes.ts'

export interface AirGappedHost {
  /** Shown to a person; each one is another. */
  register(): Promise<string>
  /** What a person typed. @throws Error where it does not fit */
  activate(code: string): ActivationTerms
  /** Forgets the activation, and proves it. */
  deactivate(): Promise<string>
}

/** @param keys  that its vendor built into it */
export function airGappedHost(
  product: string,
  fingerprint: string,
  keys: readonly JsonWebKey[],
): AirGappedHost {
  let secret = ''
  let pending: Registration | null = null
  return {
    register: async () => {
      secret = toHex(randomBytes(10))
      pending = {
        digest: await installationDigest(product, fingerprint),
        commitment: await commitmentTo(secret),
      }
      return registrationCode(pending)
    },
    activate: (code) => {
      const read = readOfflineCode(code)
      if ('mistakenLine' in read) throw new Error(`line ${read.mistakenLine}`)
      if (read.kind !== 'activation' || pending === null) throw new Error('not for a host')
      const message = activationMessage(product, pending, read.terms)
      const isOurs = keys.some((key) =>
        verify(null, message, createPublicKey({ key, format: 'jwk' }), read.signature),
      )
      if (!isOurs) throw new Error('not for this host')
      return read.terms
    },
    deactivate: async () => {
      pending = null
      return deactivationCode(await installationDigest(product, fingerprint), secret)
    },
  }
}

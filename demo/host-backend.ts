/** What a host's backend does: it signs who its customer is, for ten minutes at most. */
import { importJWK, SignJWT } from 'jose'
import type { JWK } from 'jose'
import type { Temporal } from 'temporal-polyfill'

export interface HostBackend {
  readonly product: string
  readonly privateKey: JWK
  /** Origin of the License Center, the audience of the token. */
  readonly centerOrigin: string
  readonly now: () => Temporal.Instant
}

export interface HostCustomer {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly zone?: string
  /** `read buy manage` unless less is wanted. */
  readonly scope?: string
}

const LIFETIME_SECONDS = 600

export function hostKeyId(product: string): string {
  return `demo-${product}`
}

export async function signCustomer(host: HostBackend, customer: HostCustomer): Promise<string> {
  const issuedAt = Math.floor(host.now().epochMilliseconds / 1000)
  return new SignJWT({
    email: customer.email,
    name: customer.name,
    scope: customer.scope ?? 'read buy manage',
    ...(customer.zone === undefined ? {} : { zoneinfo: customer.zone }),
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'license-host+jwt', kid: hostKeyId(host.product) })
    .setIssuer(host.product)
    .setAudience(host.centerOrigin)
    .setSubject(customer.id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .setJti(crypto.randomUUID())
    .sign(await importJWK(host.privateKey, 'EdDSA'))
}

/**
 * What an installed product keeps for the time without a network (S69, R19): a JWS signed with
 * Ed25519, `typ: license+jwt`. Its sequence rises with every change of the license, so that an
 * older one put back in its place is recognised (C14).
 */
import { SignJWT } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import type { ActivationRow } from '../db/queries/activations.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { AppConfig, Deps, Secrets } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Plan } from '../domain/catalogue.ts'
import { unitsAt } from '../domain/units-in-force.ts'
import type { CheckTimes } from '../domain/validation.ts'

export const LICENSE_TOKEN_TYPE = 'license+jwt'

/** `token` comes with a check and is soon made anew; `file` is carried to a host that never calls. */
export type TokenUse = 'token' | 'file'

/** Who signs, and in whose name. */
export interface Signing {
  readonly secrets: Pick<Secrets, 'licenseSigner'>
  readonly config: Pick<AppConfig, 'centerOrigin'>
}

type TokenedLicense = Pick<
  LicenseRow,
  | 'id'
  | 'productId'
  | 'planId'
  | 'type'
  | 'total'
  | 'nextTotal'
  | 'nextTotalAt'
  | 'reserved'
  | 'consumed'
  | 'endsAt'
  | 'version'
>

export interface Tokened {
  readonly license: TokenedLicense
  readonly plan: Pick<Plan, 'entitlements'> | null
  readonly activation: Pick<ActivationRow, 'id'> | null
  readonly times: CheckTimes
  readonly at: Temporal.Instant
}

export interface TokenHolder {
  readonly fingerprint: string | null
  /** What the caller holds already; null for none. */
  readonly currentToken: { readonly seq: number; readonly expiresAt: Temporal.Instant } | null
}

/** @returns null when the caller's own is good until the next check, or without a signing key */
export function licenseToken(
  deps: Deps,
  facts: Tokened,
  { fingerprint, currentToken }: TokenHolder,
): Promise<string | null> | null {
  return isDue(facts, currentToken) ? signedToken(deps, facts, fingerprint, 'token') : null
}

/** @returns null without a signing key */
export async function signedToken(
  { secrets, config }: Signing,
  { license, plan, activation, times, at }: Tokened,
  fingerprint: string | null,
  use: TokenUse,
): Promise<string | null> {
  const signer = secrets.licenseSigner
  if (signer === null) return null
  return new SignJWT({
    use,
    fingerprint,
    activation: activation?.id ?? null,
    plan: license.planId,
    type: license.type,
    total: unitsAt(license, at).total,
    entitlements: plan?.entitlements ?? [],
    expires_at: formatInstant(license.endsAt),
    check_after: formatInstant(times.checkAfter),
    grace_until: formatInstant(times.graceUntil),
    seq: license.version,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: LICENSE_TOKEN_TYPE, kid: signer.kid })
    .setIssuer(config.centerOrigin)
    .setSubject(license.id)
    .setAudience(license.productId)
    .setIssuedAt(seconds(at))
    .setExpirationTime(seconds(times.graceUntil))
    .sign(signer.privateKey)
}

function isDue({ license, times, at }: Tokened, current: TokenHolder['currentToken']): boolean {
  if (current === null || current.seq !== license.version) return true
  // Its units went, and the job that stores it, with a new version, has not been there yet (R14).
  if (unitsAt(license, at).total !== license.total) return true
  return current.expiresAt.epochMilliseconds < times.checkAfter.epochMilliseconds
}

function seconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

/** What follows from what is kept, without a network. Pure but for the verification of the signature. */
import { isValid, type LicenseCode } from './codes.ts'
import type { Kept } from './kept.ts'
import type { LicenseFacts } from './license-state.ts'
import { verifyToken, type KeyRing, type TokenClaims } from './token.ts'

export interface Expected {
  readonly issuer: string
  readonly product: string
  readonly fingerprint: string | null
  readonly nowMs: number
  readonly ring: KeyRing
}

export interface Judgement {
  readonly code: LicenseCode
  /** What the token says once it is proven to be the center's and ours; null when it is not. */
  readonly claims: TokenClaims | null
  /** The sentence of the center that goes with its code; null: there is none, or the code is our own. */
  readonly notice: string | null
}

/** Clocks differ a little; more than this is a clock that was turned. */
export const CLOCK_TOLERANCE_MS = 300_000

export async function judge(kept: Kept, expected: Expected): Promise<Judgement> {
  if (kept.refusal !== null) {
    // The center never refuses with a good code: somebody wrote it here.
    return isValid(kept.refusal.code) ? refused('STORE_DAMAGED') : { ...kept.refusal, claims: null }
  }
  if (kept.token === null) return refused('UNREACHABLE')
  const claims = await verifyToken(kept.token, expected.ring)
  if (typeof claims === 'string') return refused(claims)
  const obstacle = obstacleOf(claims, kept, expected)
  if (obstacle !== null) return refused(obstacle)
  return { claims, ...standing(claims, kept, expected.nowMs) }
}

/** Whose it is comes first, then whether it is the latest, then whether the clock can be believed. */
function obstacleOf(claims: TokenClaims, kept: Kept, expected: Expected): LicenseCode | null {
  if (claims.iss !== expected.issuer) return 'TOKEN_INVALID'
  if (claims.aud !== expected.product) return 'WRONG_PRODUCT'
  if (claims.fingerprint !== expected.fingerprint) return 'FINGERPRINT_MISMATCH'
  if (claims.seq < kept.seq) return 'TOKEN_OUTDATED'
  const latestMs = Math.max(kept.seenAtMs, claims.iat * 1000)
  return expected.nowMs < latestMs - CLOCK_TOLERANCE_MS ? 'CLOCK_ROLLED_BACK' : null
}

function standing(
  claims: TokenClaims,
  { said }: Kept,
  nowMs: number,
): Pick<Judgement, 'code' | 'notice'> {
  const hasExpired = nowMs >= Date.parse(claims.expires_at)
  if (nowMs >= claims.exp * 1000) {
    return { code: hasExpired ? 'EXPIRED' : 'OFFLINE_TOO_LONG', notice: null }
  }
  if (hasExpired) return { code: 'GRACE', notice: said?.code === 'GRACE' ? said.notice : null }
  if (nowMs >= Date.parse(claims.check_after)) return { code: 'OFFLINE', notice: null }
  // What was said is not signed, so it may name a good code and never grant one.
  return said !== null && isValid(said.code) ? said : { code: 'VALID', notice: null }
}

function refused(code: LicenseCode): Judgement {
  return { code, claims: null, notice: null }
}

export function factsOf(claims: TokenClaims): LicenseFacts {
  return {
    id: claims.sub,
    plan: claims.plan,
    type: claims.type,
    total: claims.total,
    expiresAt: new Date(claims.expires_at),
    entitlements: claims.entitlements,
  }
}

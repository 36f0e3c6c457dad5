/** What a check can say: the answers of the center (R21), and what only the installation itself can know. */

/** In their order of precedence; the last three are valid. */
export type CenterCode =
  | 'NOT_FOUND'
  | 'WRONG_PRODUCT'
  | 'REVOKED'
  | 'UNDER_REVIEW'
  | 'SUSPENDED'
  | 'CONSUMED'
  | 'EXPIRED'
  | 'NOT_ACTIVATED'
  | 'FINGERPRINT_MISMATCH'
  | 'LIMIT_REACHED'
  | 'HEARTBEAT_DEAD'
  | 'ENTITLEMENT_MISSING'
  | 'GRACE'
  | 'EXPIRING'
  | 'VALID'

export type LocalCode =
  /** Valid: the center is away, and the time to run without it is not over. */
  | 'OFFLINE'
  /** The center has been away for longer than the license lets an installation run without it. */
  | 'OFFLINE_TOO_LONG'
  /** Nothing is kept yet and the center could not be reached. */
  | 'UNREACHABLE'
  /** The clock shows a time before one that was seen already. */
  | 'CLOCK_ROLLED_BACK'
  /** What is kept is older than something that was kept before. */
  | 'TOKEN_OUTDATED'
  /** What is kept was changed: not one bit may differ from what was signed. */
  | 'SIGNATURE_INVALID'
  /** Signed by a key that the center no longer publishes. */
  | 'RETIRED_KEY'
  /** Signed by a key that is not one of the center's. */
  | 'UNKNOWN_KEY'
  /** No license token, or one for another purpose or of another center. */
  | 'TOKEN_INVALID'
  /** The file with what is kept cannot be read as such. */
  | 'STORE_DAMAGED'

export type LicenseCode = CenterCode | LocalCode

const VALID: ReadonlySet<LicenseCode> = new Set<LicenseCode>([
  'VALID',
  'EXPIRING',
  'GRACE',
  'OFFLINE',
])

/** May the product run? */
export function isValid(code: LicenseCode): boolean {
  return VALID.has(code)
}

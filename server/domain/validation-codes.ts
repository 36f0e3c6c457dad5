/** The answers of a check (R21). */

/** In their order of precedence; only the last three are valid. */
export const VALIDATION_CODES = [
  'NOT_FOUND',
  'WRONG_PRODUCT',
  'REVOKED',
  'UNDER_REVIEW',
  'SUSPENDED',
  'CONSUMED',
  'EXPIRED',
  'NOT_ACTIVATED',
  'FINGERPRINT_MISMATCH',
  'LIMIT_REACHED',
  'HEARTBEAT_DEAD',
  'ENTITLEMENT_MISSING',
  'GRACE',
  'EXPIRING',
  'VALID',
] as const
export type ValidationCode = (typeof VALIDATION_CODES)[number]

const VALID_CODES: ReadonlySet<ValidationCode> = new Set(['GRACE', 'EXPIRING', 'VALID'])

export function isValid(code: ValidationCode): boolean {
  return VALID_CODES.has(code)
}

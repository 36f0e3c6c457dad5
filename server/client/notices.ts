/** Sentences for what only the installation itself can know; the center brings its own. */
import { isValid, type LicenseCode } from './codes.ts'

export interface NoticeFacts {
  readonly code: LicenseCode
  /** Until when the product may run without reaching the center; null: not at all. */
  readonly graceUntil: Date | null
  readonly expiresAt: Date | null
}

const SENTENCES: Readonly<Partial<Record<LicenseCode, (facts: NoticeFacts) => string>>> = {
  OFFLINE: ({ graceUntil }) =>
    `The License Center cannot be reached. This installation runs until ${day(graceUntil)} without it.`,
  OFFLINE_TOO_LONG: ({ graceUntil }) =>
    `The License Center could not be reached, and the time to run without it ended on ${day(graceUntil)}.`,
  UNREACHABLE: () => 'The License Center cannot be reached, and must be once.',
  EXPIRED: ({ expiresAt }) => `The license expired on ${day(expiresAt)}. Renew it; the key stays.`,
  GRACE: ({ expiresAt, graceUntil }) =>
    `The license expired on ${day(expiresAt)} and stops on ${day(graceUntil)}. Renew it now.`,
  CLOCK_ROLLED_BACK: () =>
    'The clock of this machine was turned back. Set it right, or connect to the License Center.',
  TOKEN_OUTDATED: () => 'An older license file was put back. Connect to the License Center.',
  SIGNATURE_INVALID: () => 'The license file was changed. Connect to the License Center.',
  RETIRED_KEY: () => 'The license file was signed with a retired key. Get a new one.',
  UNKNOWN_KEY: () => 'The license file was not signed by the License Center.',
  TOKEN_INVALID: () => 'This is no license file of this License Center.',
  STORE_DAMAGED: () => 'The license file is damaged. Connect to the License Center.',
  WRONG_PRODUCT: () => 'This license belongs to another product.',
  FINGERPRINT_MISMATCH: () => 'This license file belongs to another installation.',
  ENTITLEMENT_MISSING: () => 'The license does not include this feature.',
}

/** @returns null when there is nothing to say */
export function noticeOf(facts: NoticeFacts): string | null {
  const sentence = SENTENCES[facts.code]
  if (sentence !== undefined) return sentence(facts)
  return isValid(facts.code) ? null : `The license cannot be used (${facts.code}).`
}

function day(at: Date | null): string {
  return at === null ? 'an unknown day' : at.toISOString().slice(0, 10)
}

/** T17: what must not be in anything that a process writes. Told apart from `domain/redaction.ts` on purpose. */
import type { DemoState } from '../../demo/state.ts'

const KINDS: Readonly<Record<string, RegExp>> = {
  'an e-mail address': /[\w.+-]+@[\w-]+\.\w+/,
  'a token': /\beyJ\w{8,}/,
  'a license key': /\b(RCVR|SHFT|STUDIO)-[0-9A-Z]{4}/,
  'a key of Stripe': /\b([sr]k_(test|live)|whsec)_\w/,
  'a key of a host': /\bsk_[\w-]{16,}/,
  'a payment page': /\/c\/pay\/\w/,
  'a private link': /\/(orders|renew|tickets)\/[\w-]{43}/,
}

/** @returns the kinds of secrets that were found; the secrets themselves are not told again */
export function leaksIn(output: string, secrets: readonly string[]): string[] {
  const known = secrets.filter((secret) => output.includes(secret))
  const kinds = Object.entries(KINDS).filter(([, pattern]) => pattern.test(output))
  return [...known.map(() => 'a secret of its configuration'), ...kinds.map(([kind]) => kind)]
}

export function secretsOf(state: DemoState): string[] {
  const { licenseKeyHash, licenseKeyCipher, linkToken, webhookSecret, licenseSigningKey } = state
  const keys = [licenseSigningKey, ...Object.values(state.hostKeys).map((pair) => pair.private)]
  const privateParts = keys.map((key) => key?.['d']).filter((part) => typeof part === 'string')
  return [licenseKeyHash, licenseKeyCipher, linkToken, webhookSecret, ...privateParts]
}

/**
 * Tokens of private links: made from the id of a row under our secret, so that a mail which is sent
 * again carries the same link (C17) and a copy of the database gives none away.
 */
import type { Deps } from '../deps.ts'

/** HMAC-SHA-256 of the text: 43 characters of base64url, 256 bits that nobody can guess. */
export async function privateToken(
  { secrets }: Pick<Deps, 'secrets'>,
  text: string,
): Promise<string> {
  const bytes = await crypto.subtle.sign('HMAC', secrets.linkToken, new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

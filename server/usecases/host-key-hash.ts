/** API keys of host backends at rest: an HMAC, and their last four letters. */
import type { Deps } from '../deps.ts'

export const HOST_KEY_PREFIX = 'sk_'

/** By which a key that somebody brings is looked up; the same work for every text. */
export async function hostKeyHash(
  { secrets }: Pick<Deps, 'secrets'>,
  key: string,
): Promise<string> {
  const text = new TextEncoder().encode(`host-api-key:${key}`)
  const mac = await crypto.subtle.sign('HMAC', secrets.linkToken, text)
  return Array.from(new Uint8Array(mac), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

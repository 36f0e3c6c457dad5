/** Who asks by an API key: the backend of which product. */
import { readHostKey } from '../db/queries/host-keys.ts'
import type { Deps } from '../deps.ts'
import { provenHost, type HostScope } from '../domain/host-scope.ts'
import { Refused } from '../domain/refusals.ts'
import { HOST_KEY_PREFIX, hostKeyHash } from './host-key-hash.ts'

const SHAPE = new RegExp(`^${HOST_KEY_PREFIX}[\\w-]{43}$`)

/**
 * @param authorization  the header as it came
 * @returns null when nobody has this key, or no longer
 * @throws Refused `token.missing`, `token.invalid` for what has not the form of a key
 */
export async function identifyHost(deps: Deps, authorization: string): Promise<HostScope | null> {
  if (authorization === '') throw new Refused('token.missing')
  const [scheme = '', key = '', ...more] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'bearer' || more.length > 0 || !SHAPE.test(key)) {
    throw new Refused('token.invalid')
  }
  const row = await readHostKey(deps.db, await hostKeyHash(deps, key))
  return row && provenHost(row.productId, row.name)
}

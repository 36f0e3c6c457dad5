/** Who asks by an API key: the backend of which product. */
import { readHostKey } from '../db/queries/host-keys.ts'
import type { Deps } from '../deps.ts'
import { provenHost, type HostScope } from '../domain/host-scope.ts'
import { Refused } from '../domain/refusals.ts'
import { HOST_KEY_PREFIX, hostKeyHash } from './host-key-hash.ts'

const SHAPE = new RegExp(`^${HOST_KEY_PREFIX}[\\w-]{43}$`)

/**
 * @param authorization  the header as it came
 * @throws Refused `token.missing`, `token.invalid`
 */
export async function identifyHost(deps: Deps, authorization: string): Promise<HostScope> {
  if (authorization === '') throw new Refused('token.missing')
  const [scheme = '', key = '', ...more] = authorization.split(' ')
  if (scheme.toLowerCase() !== 'bearer' || more.length > 0 || !SHAPE.test(key)) {
    throw new Refused('token.invalid')
  }
  const row = await readHostKey(deps.db, await hostKeyHash(deps, key))
  if (row === null) throw new Refused('token.invalid')
  return provenHost(row.productId, row.name)
}

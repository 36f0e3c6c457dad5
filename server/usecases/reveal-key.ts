/** Shows a license key again (design section 6): each time journaled, so that it can be told who saw it. */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { readLicense } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { openKey } from './license-secrets.ts'
import { eq } from 'drizzle-orm'

/** @throws Refused `license.not_found` */
export function revealKey(deps: Deps, scope: CustomerScope, licenseId: string): Promise<string> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<string>> => {
    const license = await readLicense(deps.db, scope, licenseId)
    if (license === null) throw new Refused('license.not_found')
    const version = license.version + 1
    return {
      change: {
        journal: [
          {
            stream: `license:${license.id}`,
            version,
            type: 'license.key_revealed',
            actor: `customer:${license.customerId}`,
            productId: license.productId,
            data: { key_last4: license.keyLast4 },
          },
        ],
        statements: [
          deps.db.orm.update(licenses).set({ version }).where(eq(licenses.id, license.id)),
        ],
      },
      result: await openKey(deps.secrets, license.id, license.keyCipher),
    }
  })
}

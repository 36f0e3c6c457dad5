/** The key behind a request of a host's backend. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { hostApiKeys } from '../schema.ts'

/** @returns null when no key that is in use has this hash */
export async function readHostKey(
  db: Database,
  hash: string,
): Promise<{ readonly productId: string; readonly name: string } | null> {
  const [row] = await db.orm
    .select({ productId: hostApiKeys.productId, name: hostApiKeys.name })
    .from(hostApiKeys)
    .where(and(eq(hostApiKeys.hash, hash), isNull(hostApiKeys.revokedAt)))
  return row ?? null
}

/** Versions of one product. */
import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '../open.ts'
import { releases } from '../schema.ts'

export type ReleaseRow = typeof releases.$inferSelect

/** More than a product has that anybody still updates from. */
const LIMIT = 500

/** Latest first. */
export function releasesOf(db: Database, productId: string): Promise<readonly ReleaseRow[]> {
  return db.orm
    .select()
    .from(releases)
    .where(eq(releases.productId, productId))
    .orderBy(desc(releases.releasedAt), desc(releases.id))
    .limit(LIMIT)
}

export async function readRelease(
  db: Database,
  productId: string,
  version: string,
): Promise<ReleaseRow | null> {
  const [row] = await db.orm
    .select()
    .from(releases)
    .where(and(eq(releases.productId, productId), eq(releases.version, version)))
  return row ?? null
}

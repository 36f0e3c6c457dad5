/** How jobs change licenses on which nobody waits: all or none, and not at all if somebody was faster. */
import { eq } from 'drizzle-orm'
import { commit, LostRace } from '../db/commit.ts'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'

export interface LicenseChange {
  /** As it was read: whoever changed it since wins. */
  readonly license: LicenseRow
  /** Of the journal entry. */
  readonly type: string
  readonly data: Record<string, unknown>
  readonly set: Partial<LicenseRow>
}

/**
 * @param also  what has to be written in the same batch
 * @returns     false when a license changed meanwhile, and nothing was stored: the next run looks again
 */
export async function changeLicenses(
  deps: Deps,
  actor: string,
  changes: readonly LicenseChange[],
  also: readonly Query[] = [],
): Promise<boolean> {
  const [first, ...others] = changes.map((change) => entryOf(change, actor))
  if (first === undefined) return true
  const { orm } = deps.db
  try {
    await commit(deps.db, deps.now(), {
      journal: [first, ...others],
      statements: [
        ...changes.map(({ license: { id, version }, set }) =>
          orm
            .update(licenses)
            .set({ ...set, version: version + 1 })
            .where(eq(licenses.id, id)),
        ),
        ...also,
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

function entryOf({ license, type, data }: LicenseChange, actor: string): JournalEntry {
  return {
    stream: `license:${license.id}`,
    version: license.version + 1,
    type,
    actor,
    productId: license.productId,
    data,
  }
}

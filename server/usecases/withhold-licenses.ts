/** Licenses that a dispute withholds, and those that it gives back (R16). */
import { eq } from 'drizzle-orm'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { TouchedLicense } from '../db/queries/aftermath.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import { heldFrom } from '../domain/held-time.ts'
import type { DisputeNews } from './aftermath-disputes.ts'
import type { LicenseChange } from './take-back-licenses.ts'

/** A license that is taken back in the same batch is left to that: its row changes once. */
export function withholdingChanges(
  deps: Deps,
  touched: readonly TouchedLicense[],
  taken: LicenseChange,
  { suspend, reinstate }: Pick<DisputeNews, 'suspend' | 'reinstate'>,
  orderId: string,
): { journal: readonly JournalEntry[]; statements: readonly Query[] } {
  const others = touched
    .map(({ license }) => license)
    .filter(({ id }) => !taken.licenses.some(({ row }) => row.id === id))
  const changes = [
    ...others
      .filter(({ id }) => suspend.has(id))
      .map((license) => ({ license, suspendedAt: wholeSecond(deps.now()) })),
    ...others
      .filter(({ id, suspendedAt }) => reinstate.has(id) && suspendedAt !== null)
      .map((license) => ({ license, suspendedAt: null })),
  ]
  return {
    journal: changes.map(({ license, suspendedAt }) => entry(license, suspendedAt, orderId)),
    statements: changes.map(({ license, suspendedAt }) =>
      deps.db.orm
        .update(licenses)
        .set({
          suspendedAt,
          ...(suspendedAt === null
            ? heldFrom(license, license.suspendedAt, wholeSecond(deps.now()))
            : {}),
          version: license.version + 1,
        })
        .where(eq(licenses.id, license.id)),
    ),
  }
}

function entry(
  license: LicenseRow,
  suspendedAt: LicenseRow['suspendedAt'],
  order: string,
): JournalEntry {
  return {
    stream: `license:${license.id}`,
    version: license.version + 1,
    type: suspendedAt === null ? 'license.reinstated' : 'license.suspended',
    actor: 'provider',
    productId: license.productId,
    data: { order, reason: 'dispute' },
  }
}

/** What the backend of a host reads about its product: licenses of one customer, and what happened. */
import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import type { HostScope } from '../../domain/host-scope.ts'
import type { Database } from '../open.ts'
import type { StoredEntry } from '../journal.ts'
import { customers, journal, licenses } from '../schema.ts'
import type { LicenseRow } from './licenses.ts'

/** More than one customer has of one product; a host that needs more reads the list of the element. */
const LIMIT = 1000

export async function licensesOfHost(
  db: Database,
  scope: HostScope,
  subject: string,
): Promise<readonly LicenseRow[]> {
  const rows = await db.orm
    .select({ license: licenses })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(and(eq(customers.productId, scope.productId), eq(customers.subject, subject)))
    .orderBy(asc(licenses.endsAt), asc(licenses.id))
    .limit(LIMIT)
  return rows.map(({ license }) => license)
}

export interface EntryPage {
  /** Exclusive; 0 from the beginning. */
  readonly after: number
  readonly types: readonly string[]
  readonly limit: number
}

/** In the order in which they were stored. */
export function entriesOfProduct(
  db: Database,
  productId: string,
  { after, types, limit }: EntryPage,
): Promise<readonly StoredEntry[]> {
  return db.orm
    .select()
    .from(journal)
    .where(
      and(
        eq(journal.productId, productId),
        gt(journal.position, after),
        inArray(journal.type, [...types]),
      ),
    )
    .orderBy(asc(journal.position))
    .limit(limit)
}

/** What moving licenses between the four renewal modes depends on. */
import { and, eq, inArray } from 'drizzle-orm'
import { isId } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { autoCharges, customers, licenses } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import type { AutoChargeRow } from './due-charges.ts'
import type { LicenseRow } from './licenses.ts'
import { readMetered, type MeteredLicense } from './metered.ts'

export interface ModeFacts {
  readonly license: LicenseRow
  readonly customer: CustomerRow
  /** Of the current expiry; null before its first try. */
  readonly charge: AutoChargeRow | null
  /** Its meter, for a license that is paid by the day. */
  readonly metered: MeteredLicense | null
}

/** Those of the customer; others do not exist for them. */
export async function readModeFacts(
  db: Database,
  scope: CustomerScope,
  ids: readonly string[],
): Promise<readonly ModeFacts[]> {
  const wanted = ids.flatMap((id) => (isId('lic', id) ? [id] : []))
  if (wanted.length === 0) return []
  const rows = await db.orm
    .select({ license: licenses, customer: customers, charge: autoCharges })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .leftJoin(
      autoCharges,
      and(eq(autoCharges.licenseId, licenses.id), eq(autoCharges.endsAt, licenses.endsAt)),
    )
    .where(
      and(
        inArray(licenses.id, wanted),
        eq(customers.productId, scope.productId),
        eq(customers.subject, scope.subject),
      ),
    )
  const byDay = rows.filter(({ license }) => license.renewalMode === 'pay_per_use')
  const metered =
    byDay.length === 0
      ? []
      : await readMetered(
          db,
          byDay.map(({ license }) => license.id),
        )
  return rows.map((row) => ({
    ...row,
    metered: metered.find(({ license }) => license.id === row.license.id) ?? null,
  }))
}

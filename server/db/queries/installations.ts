/** The installations of a customer's license, as the customer may see and name them. */
import { and, desc, eq } from 'drizzle-orm'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activations, customers, licenses } from '../schema.ts'
import type { ActivationRow } from './activations.ts'
import { isOf } from './license-filter.ts'
import type { LicenseRow } from './licenses.ts'

export interface OwnInstallation {
  readonly license: LicenseRow
  /** The one that is named, in whatever state; without a name, two active ones at most. */
  readonly installations: readonly ActivationRow[]
}

/** @returns null for a license that is absent or not theirs */
export async function readInstallation(
  db: Database,
  scope: CustomerScope,
  { licenseId, activationId }: { licenseId: string; activationId: string | null },
): Promise<OwnInstallation | null> {
  const isMeant =
    activationId === null
      ? eq(activations.state, 'active')
      : eq(activations.id, activationId as ActivationRow['id'])
  const rows = await db.orm
    .select({ license: licenses, installation: activations })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .leftJoin(activations, and(eq(activations.licenseId, licenses.id), isMeant))
    .where(and(isOf(scope), eq(licenses.id, licenseId as LicenseRow['id'])))
    .orderBy(desc(activations.lastSeenAt))
    .limit(2)
  const [first] = rows
  if (first === undefined) return null
  return {
    license: first.license,
    installations: rows.flatMap(({ installation }) => installation ?? []),
  }
}

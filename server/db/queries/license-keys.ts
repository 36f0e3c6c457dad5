/** Licenses by themselves, for what is done with their keys. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Id } from '../../domain/ids.ts'
import type { CustomerScope } from '../../domain/scope.ts'
import type { Database } from '../open.ts'
import { activationCodes, customers, licenses, mails } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import { isOf } from './license-filter.ts'
import type { LicenseRow } from './licenses.ts'

export interface OwnedLicense {
  readonly license: LicenseRow
  readonly customer: CustomerRow
}

/** @param scope  whose it must be; null for an operator */
export async function readOwned(
  db: Database,
  scope: CustomerScope | null,
  id: string,
): Promise<OwnedLicense | null> {
  const [row] = await db.orm
    .select({ license: licenses, customer: customers })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(and(sql`${licenses.id} = ${id}`, scope === null ? undefined : isOf(scope)))
  return row ?? null
}

/** True when the mail about that occasion is written down already. */
export async function isKeyMailed(db: Database, id: Id<'lic'>, about: string): Promise<boolean> {
  const rows = await db.orm
    .select({ id: mails.id })
    .from(mails)
    .where(and(eq(mails.kind, 'license.key'), eq(mails.reference, `${id} ${about}`)))
  return rows.length > 0
}

/** Of those that somebody may still have. */
export function readKeysOf(
  db: Database,
  ids: readonly string[],
): Promise<Pick<LicenseRow, 'id' | 'keyCipher'>[]> {
  return db.orm
    .select({ id: licenses.id, keyCipher: licenses.keyCipher })
    .from(licenses)
    .where(and(inArray(sql`${licenses.id}`, [...ids]), isNull(licenses.revokedAt)))
}

/** A customer as an operator names them; null: not yet one. */
export async function findCustomer(
  db: Database,
  productId: string,
  subject: string,
): Promise<CustomerRow | null> {
  const [row] = await db.orm
    .select()
    .from(customers)
    .where(and(eq(customers.productId, productId), eq(customers.subject, subject)))
  return row ?? null
}

export type ActivationCodeRow = typeof activationCodes.$inferSelect

/** By what a customer typed, or by the name that the operator gave it. */
export async function findActivationCode(
  db: Database,
  by: { readonly tokenHash: string } | { readonly productId: string; readonly reference: string },
): Promise<ActivationCodeRow | null> {
  const isMeant =
    'tokenHash' in by
      ? eq(activationCodes.tokenHash, by.tokenHash)
      : and(
          eq(activationCodes.productId, by.productId),
          eq(activationCodes.reference, by.reference),
        )
  const [row] = await db.orm.select().from(activationCodes).where(isMeant)
  return row ?? null
}

export async function readLicenseRow(db: Database, id: Id<'lic'>): Promise<LicenseRow | null> {
  const [row] = await db.orm.select().from(licenses).where(eq(licenses.id, id))
  return row ?? null
}

/**
 * Charges automatic renewals of one customer as one order (section 5): decided on what was read,
 * placed in one commit that every license must have waited for, then charged. A crash in between
 * leaves an order that the next run goes on with; two runs at once place one.
 */
import { eq } from 'drizzle-orm'
import { commit, LostRace, UnknownOutcome } from '../db/commit.ts'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { DueLicense } from '../db/queries/due-charges.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { autoCharges, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { begun, type AutoCharge } from '../domain/auto-renewal.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import type { CheckedRenewal } from '../domain/renewal-selection.ts'
import { chargeOwnOrder } from './charge-own-order.ts'
import { chargeSoFar } from './charge-so-far.ts'
import { ownOrder } from './place-own-order.ts'
import { priceAutoRenewals } from './price-auto-renewal.ts'

export interface RenewalToCharge {
  readonly due: DueLicense
  readonly renewal: CheckedRenewal
}

export const AUTO_RENEW = 'job:auto-renew'

/** @returns false when another run was faster, or its reply was lost: then the next run knows */
export async function chargeRenewals(
  deps: Deps,
  { product, catalogueVersion }: { product: Product; catalogueVersion: string },
  group: readonly RenewalToCharge[],
): Promise<boolean> {
  const record = await place(deps, product, catalogueVersion, group)
  if (record === null) return false
  await chargeOwnOrder(deps, product, record, AUTO_RENEW)
  return true
}

async function place(
  deps: Deps,
  product: Product,
  catalogueVersion: string,
  group: readonly RenewalToCharge[],
): Promise<OrderRecord | null> {
  const [first] = group
  if (first === undefined) return null
  const { customer } = first.due
  const renewals = group.map(({ renewal }) => renewal)
  const { record, change } = await ownOrder(deps, {
    origin: 'auto_renewal',
    customer,
    product,
    catalogueVersion,
    priced: priceAutoRenewals(product, renewals, customer.zone),
    licenses: group.map(({ due }) => due.license),
    journal: group.map(({ due }) => beginEntry(due)),
    statements: (orderId) => group.flatMap(({ due }) => begin(deps, due, orderId)),
  })
  try {
    await commit(deps.db, deps.now(), change)
    return record
  } catch (error) {
    if (error instanceof LostRace || error instanceof UnknownOutcome) return null
    throw error
  }
}

/** The license's own version holds it against a renewal, a switch or another run that came first. */
function beginEntry({ license, charge }: DueLicense): JournalEntry {
  return {
    stream: `license:${license.id}`,
    version: license.version + 1,
    type: 'license.charge_begun',
    actor: AUTO_RENEW,
    productId: license.productId,
    data: { attempt: (charge?.attempts ?? 0) + 1 },
  }
}

function begin(deps: Deps, due: DueLicense, orderId: Id<'ord'>): Query[] {
  const { license, customer } = due
  const next = begun(chargeSoFar(deps, due), license.zone, deps.now())
  return [
    saveCharge(deps, due, next, { orderId, methodId: customer.savedMethod?.id ?? null }),
    deps.db.orm
      .update(licenses)
      .set({ nextChargeAt: null, version: license.version + 1 })
      .where(eq(licenses.id, license.id)),
  ]
}

function saveCharge(
  deps: Deps,
  { license }: DueLicense,
  charge: AutoCharge,
  last: { readonly orderId: Id<'ord'>; readonly methodId: string | null },
): Query {
  const row = { ...charge, ...last }
  return deps.db.orm
    .insert(autoCharges)
    .values({ licenseId: license.id, endsAt: license.endsAt, ...row })
    .onConflictDoUpdate({ target: [autoCharges.licenseId, autoCharges.endsAt], set: row })
}

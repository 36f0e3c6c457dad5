/** A new license as a row, with its key, its ledger and its journal. Whoever gives it commits it. */
import type { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { coverage, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, serviceLifeDays } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import type { Grant } from '../domain/issuance.ts'
import { LICENSE_KEY_BYTES, lastFour, makeLicenseKey } from '../domain/license-key.ts'
import { graceOf } from '../domain/plan.ts'
import { hashKey, sealKey } from './license-secrets.ts'

/** Whose it is, and what brought it. */
export interface LicenseOrigin {
  readonly customerId: Id<'cus'>
  /** Both null when nothing was ordered. */
  readonly orderId: Id<'ord'> | null
  readonly orderLineId: Id<'oln'> | null
  /** Of the order; null when nothing was paid. */
  readonly currency: string | null
  /** `order:ord_…`, `operator:…`. */
  readonly actor: string
  /** Kept with the journal entry, e.g. an operator's reason. */
  readonly data?: Readonly<Record<string, unknown>>
}

export interface NewLicense {
  readonly row: LicenseRow
  readonly entry: JournalEntry
  readonly statements: readonly Query[]
}

/** @param at  now, for the row and its ledger */
export async function newLicense(
  deps: Deps,
  product: Product,
  origin: LicenseOrigin,
  grant: Grant,
  at: Temporal.Instant,
): Promise<NewLicense> {
  const row = await licenseRow(deps, product, origin, grant, at)
  return {
    row,
    entry: issuedEntry(row, origin),
    statements: [
      deps.db.orm.insert(licenses).values(row),
      ...grant.entries.map((entry, index) =>
        deps.db.orm.insert(coverage).values({
          licenseId: row.id,
          sequence: index + 1,
          kind: entry.kind,
          orderLineId: row.orderLineId,
          entry,
          at,
        }),
      ),
    ],
  }
}

async function licenseRow(
  deps: Deps,
  product: Product,
  { customerId, orderId, orderLineId, currency }: LicenseOrigin,
  grant: Grant,
  at: Temporal.Instant,
): Promise<LicenseRow> {
  const { startsAt, endsAt, anchor, total } = grant.coverage
  return {
    ...(await newKey(deps, product)),
    productId: product.id,
    customerId,
    orderId,
    orderLineId,
    kind: grant.kind,
    planId: grant.plan.id,
    planName: grant.plan.name,
    type: grant.plan.type,
    oneTime: grant.plan.one_time,
    cycle: grant.cycle,
    total,
    nextTotal: null,
    nextTotalAt: null,
    holds: [],
    heldEndAt: null,
    heldGraceMs: 0,
    heldRetentionMs: 0,
    reserved: 0,
    consumed: 0,
    activatedAt: startsAt,
    endsAt,
    serviceDays: serviceLifeDays(startsAt, endsAt, anchor.zone),
    anchorDay: anchor.day,
    anchorTime: anchor.time,
    zone: anchor.zone,
    ...graceOf(grant.plan),
    renewalMode: grant.renewalMode,
    nextChargeAt: grant.nextChargeAt,
    currency,
    suspendedAt: null,
    underReviewAt: null,
    revokedAt: null,
    createdAt: at,
    version: 1,
  }
}

async function newKey(deps: Deps, product: Product) {
  const id = deps.newId('lic')
  return { id, ...(await keyColumns(deps, product, id)), ...NO_PREVIOUS_KEY }
}

const NO_PREVIOUS_KEY = { previousKeyHash: null, previousKeyLast4: null, previousKeyUntil: null }

/** A fresh key as it is kept. */
export async function keyColumns(
  deps: Deps,
  { key_prefix: prefix }: Pick<Product, 'key_prefix'>,
  licenseId: Id<'lic'>,
): Promise<Pick<LicenseRow, 'keyHash' | 'keyCipher' | 'keyLast4'>> {
  const key = makeLicenseKey(prefix, deps.randomBytes(LICENSE_KEY_BYTES))
  return {
    keyHash: await hashKey(deps.secrets, key),
    keyCipher: await sealKey(deps, licenseId, key),
    keyLast4: lastFour(key),
  }
}

function issuedEntry(row: LicenseRow, { actor, data }: LicenseOrigin): JournalEntry {
  return {
    stream: `license:${row.id}`,
    version: 1,
    type: 'license.issued',
    actor,
    productId: row.productId,
    data: {
      ...data,
      plan: row.planId,
      kind: row.kind,
      total: row.total,
      ends_at: formatInstant(row.endsAt),
    },
  }
}

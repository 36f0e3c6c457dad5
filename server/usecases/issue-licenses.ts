/** Licenses of a paid order as rows, with their keys, their ledger and their journal. */
import { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { OrderLineRow, OrderRecord } from '../db/queries/orders.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { coverage, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, serviceLifeDays } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { complimentaryGrant, grantsOf } from '../domain/issuance.ts'
import type { Grant } from '../domain/issuance.ts'
import { LICENSE_KEY_BYTES, lastFour, makeLicenseKey } from '../domain/license-key.ts'
import type { MailedLicense } from '../domain/mail.ts'
import { graceOf } from '../domain/plan.ts'
import type { Extension } from './extend-licenses.ts'
import { hashKey, sealKey } from './license-secrets.ts'

export interface Issue {
  readonly licenseIds: readonly Id<'lic'>[]
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
  readonly summary: readonly MailedLicense[]
  /** Null when nothing renews by itself. */
  readonly firstChargeAt: Temporal.Instant | null
}

export interface IssueTerms {
  /** Time of the payment: start and activation of the licenses (R7, S19). */
  readonly startsAt: Temporal.Instant
  /** Now. */
  readonly at: Temporal.Instant
  readonly canRenewByItself: boolean
  /** Licenses that the order extends: some bring complimentary ones (section 4). */
  readonly extended: readonly Extension[]
}

/** At most once per order line and kind: the database refuses a second one (I1). */
export async function issueLicenses(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  terms: IssueTerms,
): Promise<Issue> {
  const zone = record.customer.zone
  const bought = record.lines
    .filter(({ kind }) => kind === 'purchase')
    .flatMap((line) =>
      grantsOf(product, line, { ...terms, zone }).map((grant) => ({ line, grant })),
    )
  const grants = [...bought, ...freeWithExtensions(record, product, terms)]
  const rows = await Promise.all(
    grants.map(({ line, grant }) => licenseRow(deps, record, product, line, grant, terms.at)),
  )
  return {
    licenseIds: rows.map(({ id }) => id),
    journal: rows.map((row) => issuedEntry(row)),
    statements: rows.flatMap((row, index) => [
      deps.db.orm.insert(licenses).values(row),
      ...ledgerOf(deps, row, grants[index]?.grant, terms.at),
    ]),
    summary: rows.map(summaryOf),
    firstChargeAt: firstChargeOf(rows),
  }
}

/** What came free as the quote said: from the line's start to the end that the license has now. */
function freeWithExtensions(
  { priced, lines }: OrderRecord,
  product: Product,
  { startsAt, extended }: IssueTerms,
): { line: OrderLineRow; grant: Grant }[] {
  return priced.complimentary.flatMap(({ plan, quantity, line: position }) => {
    const line = lines.find((row) => row.position === position)
    const found = extended.find((one) => one.line === priced.lines[position])
    if (line === undefined || found === undefined) return []
    const { after } = found
    const isRenewal = found.line.kind === 'renewal'
    const from = isRenewal ? Temporal.Instant.from(found.line.startsAt) : startsAt
    const anchor = { day: after.anchorDay, time: after.anchorTime, zone: after.zone }
    const covered = { startsAt: from, endsAt: after.endsAt, anchor }
    return [{ line, grant: complimentaryGrant(product, plan, covered, quantity) }]
  })
}

async function licenseRow(
  deps: Deps,
  { order, customer }: OrderRecord,
  product: Product,
  line: OrderLineRow,
  grant: Grant,
  at: Temporal.Instant,
): Promise<LicenseRow> {
  const id = deps.newId('lic')
  const key = makeLicenseKey(product.key_prefix, deps.randomBytes(LICENSE_KEY_BYTES))
  const { startsAt, endsAt, anchor, total } = grant.coverage
  return {
    id,
    productId: order.productId,
    customerId: customer.id,
    orderId: order.id,
    orderLineId: line.id,
    kind: grant.kind,
    planId: grant.plan.id,
    planName: grant.plan.name,
    type: grant.plan.type,
    oneTime: grant.plan.one_time,
    cycle: grant.cycle,
    total,
    nextTotal: null,
    nextTotalAt: null,
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
    currency: order.currency,
    suspendedAt: null,
    underReviewAt: null,
    revokedAt: null,
    keyHash: await hashKey(deps.secrets, key),
    keyCipher: await sealKey(deps, id, key),
    keyLast4: lastFour(key),
    createdAt: at,
    version: 1,
  }
}

function ledgerOf(
  deps: Deps,
  row: LicenseRow,
  grant: Grant | undefined,
  at: Temporal.Instant,
): Query[] {
  return (grant?.entries ?? []).map((entry, index) =>
    deps.db.orm.insert(coverage).values({
      licenseId: row.id,
      sequence: index + 1,
      kind: entry.kind,
      orderLineId: row.orderLineId,
      entry,
      at,
    }),
  )
}

function issuedEntry(row: LicenseRow): JournalEntry {
  return {
    stream: `license:${row.id}`,
    version: 1,
    type: 'license.issued',
    actor: `order:${row.orderId}`,
    productId: row.productId,
    data: {
      plan: row.planId,
      kind: row.kind,
      total: row.total,
      ends_at: formatInstant(row.endsAt),
    },
  }
}

function firstChargeOf(rows: readonly LicenseRow[]): Temporal.Instant | null {
  const [first] = rows
    .flatMap(({ nextChargeAt }) => nextChargeAt ?? [])
    .toSorted(Temporal.Instant.compare)
  return first ?? null
}

function summaryOf(row: LicenseRow): MailedLicense {
  return {
    planName: row.planName,
    quantity: row.total,
    startsAt: formatInstant(row.activatedAt),
    endsAt: formatInstant(row.endsAt),
    keyLast4: row.keyLast4,
    isComplimentary: row.kind === 'complimentary',
  }
}

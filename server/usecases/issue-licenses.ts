/** Licenses that a paid order brings. */
import { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { OrderLineRow, OrderRecord } from '../db/queries/orders.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { complimentaryGrant, grantsOf } from '../domain/issuance.ts'
import type { Grant } from '../domain/issuance.ts'
import type { MailedLicense } from '../domain/mail.ts'
import type { Extension } from './extend-licenses.ts'
import { newLicense } from './new-license.ts'

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
  const { order, customer } = record
  const made = await Promise.all(
    grants.map(({ line, grant }) => {
      const origin = {
        customerId: customer.id,
        orderId: order.id,
        orderLineId: line.id,
        currency: order.currency,
        actor: `order:${order.id}`,
      }
      return newLicense(deps, product, origin, grant, terms.at)
    }),
  )
  const rows = made.map(({ row }) => row)
  return {
    licenseIds: rows.map(({ id }) => id),
    journal: made.map(({ entry }) => entry),
    statements: made.flatMap(({ statements }) => statements),
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
    licenseId: row.id,
    isComplimentary: row.kind === 'complimentary',
  }
}

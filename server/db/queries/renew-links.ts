/** Private renew links, and whether something lies within what a link is for. */
import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { customers, licenses, renewLinks } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import type { LicenseRow } from './licenses.ts'

export interface OpenRenewLink {
  readonly link: typeof renewLinks.$inferSelect
  readonly customer: CustomerRow
}

/** By the hash of its token; null when absent, expired or revoked, all the same (N09). */
export function findRenewLink(
  db: Database,
  tokenHash: string,
  now: Temporal.Instant,
): Promise<OpenRenewLink | null> {
  return readOpen(db, eq(renewLinks.tokenHash, tokenHash), now)
}

/** For a session that was opened by it: a link that was revoked ends its sessions, too. */
export function readRenewLink(
  db: Database,
  id: Id<'rnl'>,
  now: Temporal.Instant,
): Promise<OpenRenewLink | null> {
  return readOpen(db, eq(renewLinks.id, id), now)
}

async function readOpen(
  { orm }: Database,
  condition: SQL,
  now: Temporal.Instant,
): Promise<OpenRenewLink | null> {
  const [row] = await orm
    .select({ link: renewLinks, customer: customers })
    .from(renewLinks)
    .innerJoin(customers, eq(customers.id, renewLinks.customerId))
    .where(and(condition, isNull(renewLinks.revokedAt), gt(renewLinks.expiresAt, now)))
  return row ?? null
}

/** The licenses of a link that its customer still has, soonest end first. */
export async function licensesOfLink(
  { orm }: Database,
  { link, customer }: OpenRenewLink,
): Promise<LicenseRow[]> {
  return orm
    .select()
    .from(licenses)
    .where(
      and(
        eq(licenses.customerId, customer.id),
        sql`${licenses.id} IN (SELECT value FROM json_each(${JSON.stringify(link.licenseIds)}))`,
      ),
    )
    .orderBy(asc(licenses.endsAt))
}

/** True for a quote that renews licenses of the link and nothing else. */
export function isQuoteWithin(db: Database, id: string, ids: readonly string[]): Promise<boolean> {
  const lines = sql`FROM quotes, json_each(quotes.priced, '$.lines') AS line WHERE quotes.id = ${id}`
  const kind = sql`json_extract(line.value, '$.kind')`
  const license = sql`json_extract(line.value, '$.licenseId')`
  return isWithin(db, lines, sql`${kind} = 'renewal' AND ${license} IN (${listOf(ids)})`)
}

/** True for an order that renews licenses of the link and nothing else. */
export function isOrderWithin(db: Database, id: string, ids: readonly string[]): Promise<boolean> {
  const lines = sql`FROM order_lines WHERE order_id = ${id}`
  return isWithin(db, lines, sql`kind = 'renewal' AND license_id IN (${listOf(ids)})`)
}

function listOf(ids: readonly string[]): SQL {
  return sql`SELECT value FROM json_each(${JSON.stringify(ids)})`
}

async function isWithin({ orm }: Database, lines: SQL, within: SQL): Promise<boolean> {
  const [row] = await orm
    .select({
      all: sql<number>`(SELECT count(*) ${lines})`,
      within: sql<number>`(SELECT count(*) ${lines} AND ${within})`,
    })
    .from(sql`(SELECT 1)`)
  return row !== undefined && row.all > 0 && row.all === row.within
}

/** Whether or not it still opens something. */
export async function readLinkId(
  { orm }: Database,
  by: { readonly id: Id<'rnl'> } | { readonly tokenHash: string },
): Promise<Id<'rnl'> | null> {
  const [row] = await orm
    .select({ id: renewLinks.id })
    .from(renewLinks)
    .where('id' in by ? eq(renewLinks.id, by.id) : eq(renewLinks.tokenHash, by.tokenHash))
  return row?.id ?? null
}

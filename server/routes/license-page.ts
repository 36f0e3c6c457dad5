/** The query of a license list as a page of the database, and the cursor between pages. */
import { Temporal } from 'temporal-polyfill'
import { LICENSE_SORTS } from '../contract/licenses.ts'
import type { LicenseQuery } from '../contract/licenses.ts'
import type { LicenseFilter } from '../db/queries/license-filter.ts'
import type { LicensePage } from '../db/queries/licenses.ts'
import type { Product } from '../domain/catalogue.ts'
import { LICENSE_STATUSES } from '../domain/license.ts'
import { invalidField } from '../domain/refusals.ts'
import { soldPeriods } from '../domain/renewable-plans.ts'
import { z } from '@hono/zod-openapi'
import { cursorText, readCursor } from './cursor.ts'

const DEFAULT_LIMIT = 20

/** The last second of the year 9999: no moment of ours lies behind it (C11). */
const LATEST_MS = 253_402_300_799_000

const Cursor = z.object({
  now: z.number().int().min(0).max(LATEST_MS),
  sort: z.string(),
  value: z.union([z.string(), z.number()]),
  id: z.string(),
})
type Cursor = z.infer<typeof Cursor>

/** What dates and offers are read by. */
export interface FilterContext {
  readonly now: Temporal.Instant
  readonly product: Product
  /** IANA zone of the customer; only where the query names dates. */
  readonly zone: string
}

/** @throws Refused `request.invalid` for a status that does not exist or a cursor that is not ours */
export function pageOf(query: LicenseQuery, context: FilterContext): LicensePage {
  const sort = query.sort ?? 'expires_at'
  const cursor = query.cursor === undefined ? null : readCursor(Cursor, query.cursor)
  if (cursor !== null && cursor.sort !== sort)
    throw invalidField('/cursor', 'It belongs to another order.')
  const name = sort.replace('-', '')
  return {
    filter: filterOf(query, context),
    sort: LICENSE_SORTS.find((known) => known === name) ?? 'expires_at',
    isDescending: sort.startsWith('-'),
    limit: query.limit ?? DEFAULT_LIMIT,
    now: cursor === null ? context.now : Temporal.Instant.fromEpochMilliseconds(cursor.now),
    after: cursor && { value: cursor.value, id: cursor.id },
  }
}

type FilterQuery = Omit<LicenseQuery, 'sort' | 'limit' | 'cursor' | 'counts'>

/** @throws Refused `request.invalid` for a status or a date that does not exist */
export function filterOf(query: FilterQuery, { now, product, zone }: FilterContext): LicenseFilter {
  return {
    type: query.type ?? null,
    statuses: statusesOf(query.status),
    text: query.q ?? null,
    expiresWithinDays: query.expires_within ?? null,
    renewalMode: query.renewal_mode ?? null,
    orderId: query.order ?? null,
    product: query.product ?? null,
    endsFrom: startOf('/expires_from', query.expires_from, 0, zone),
    // The last date counts whole.
    endsUntil: startOf('/expires_to', query.expires_to, 1, zone),
    renewableBy: query.renewable === undefined ? null : soldPeriods(product, now),
  }
}

/** The first moment of a date on the customer's calendar, some days later. */
function startOf(
  pointer: string,
  date: string | undefined,
  days: number,
  zone: string,
): Temporal.Instant | null {
  if (date === undefined) return null
  try {
    const from = Temporal.PlainDate.from(date, { overflow: 'reject' }).add({ days })
    return from.toZonedDateTime(zone).toInstant()
  } catch {
    throw invalidField(pointer, 'There is no such date.')
  }
}

/** Opaque to clients; it fixes the order and the moment that statuses are judged at. */
export function cursorOf(
  query: LicenseQuery,
  { now }: LicensePage,
  last: { value: string | number; id: string },
): string {
  const cursor: Cursor = { now: now.epochMilliseconds, sort: query.sort ?? 'expires_at', ...last }
  return cursorText(cursor)
}

function statusesOf(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return []
  const wanted = text.split(',')
  const known: readonly string[] = [...LICENSE_STATUSES, 'expiring']
  if (!wanted.every((status) => known.includes(status))) {
    throw invalidField('/status', `One or several of ${known.join(', ')}, separated by commas.`)
  }
  return wanted
}

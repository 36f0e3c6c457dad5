/** `/w/{key}/allocations`: who or what used each unit and when, and every key operation (S33). */
import { createRoute, z } from '@hono/zod-openapi'
import Papa from 'papaparse'
import { AllocationFilter, AllocationList, AllocationQuery } from '../contract/allocations.ts'
import type { Allocation } from '../contract/allocations.ts'
import { listAllocations } from '../db/queries/allocations.ts'
import type { AllocationPage, AllocationRow } from '../db/queries/allocations.ts'
import type { Database } from '../db/open.ts'
import { byOf, meaningOf, typesOf } from '../domain/allocation.ts'
import { formatInstant, instantAt } from '../domain/calendar.ts'
import { invalidField } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { Temporal } from 'temporal-polyfill'
import { cursorText, readCursor } from './cursor.ts'
import { BYTE_ORDER_MARK, CSV_OPTIONS } from './license-csv.ts'

const DEFAULT_LIMIT = 50
const ROWS_PER_READ = 1000

export const allocations = createApi<WidgetEnv>()
const Cursor = z.object({ position: z.number().int() })

allocations.openapi(
  createRoute({
    method: 'get',
    path: '/allocations',
    security: hostToken,
    summary: 'Read the Allocation Log',
    description: 'Units and keys of all licenses of the customer, newest first.',
    request: { query: AllocationQuery },
    responses: { 200: json(AllocationList, 'One page'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { limit = DEFAULT_LIMIT, cursor, ...filter } = c.req.valid('query')
    const before = cursor === undefined ? null : readCursor(Cursor, cursor).position
    const page = { ...pageOf(filter), limit, before }
    const rows = await listAllocations(c.var.deps.db, scope, page)
    const last = rows.length > limit ? rows[limit - 1] : undefined
    return c.json(
      {
        data: rows.slice(0, limit).map(allocationAnswer),
        next_cursor: last ? cursorText({ position: last.position }) : null,
        now: formatInstant(c.var.deps.now()),
      },
      200,
    )
  },
)

allocations.openapi(
  createRoute({
    method: 'get',
    path: '/allocations.csv',
    security: hostToken,
    summary: 'Export the Allocation Log',
    description: 'Everything that matches the filter. UTF-8 with BOM, RFC 4180.',
    request: { query: AllocationFilter },
    responses: {
      200: { description: 'The export', content: { 'text/csv': { schema: z.string() } } },
      ...refused,
    },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const page = { ...pageOf(c.req.valid('query')), limit: ROWS_PER_READ, before: null }
    const table = (await allRows(c.var.deps.db, scope, page)).map(allocationAnswer).map(columnsOf)
    const day = c.var.deps.now().toZonedDateTimeISO('UTC').toPlainDate().toString()
    const text = Papa.unparse({ fields: HEADINGS, data: table }, CSV_OPTIONS)
    return c.body(BYTE_ORDER_MARK + text, 200, {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="allocations-${day}.csv"`,
    })
  },
)

function pageOf({ license, kind, from, to }: AllocationFilter) {
  return {
    licenseId: license ?? null,
    types: kind === undefined ? null : typesOf(kind),
    from: startOf('/from', from, 0),
    // The last date counts whole.
    until: startOf('/to', to, 1),
  }
}

function startOf(pointer: string, date: string | undefined, days: number) {
  if (date === undefined) return null
  try {
    const day = Temporal.PlainDate.from(date, { overflow: 'reject' }).add({ days })
    return instantAt(day, '00:00:00', 'UTC')
  } catch {
    throw invalidField(pointer, 'There is no such date.')
  }
}

async function allRows(
  db: Database,
  scope: CustomerScope,
  first: AllocationPage,
): Promise<readonly AllocationRow[]> {
  const rows: AllocationRow[] = []
  let page: AllocationPage | null = first
  while (page !== null) {
    const found = await listAllocations(db, scope, page)
    const shown = found.slice(0, page.limit)
    rows.push(...shown)
    const last = shown.at(-1)
    page = found.length > page.limit && last ? { ...page, before: last.position } : null
  }
  return rows
}

function allocationAnswer(row: AllocationRow): Allocation {
  const { event, kind } = meaningOf(row.type)
  const { reference, in_use: inUse } = row.data
  return {
    id: String(row.position),
    at: formatInstant(row.at),
    license_id: row.licenseId,
    plan_name: row.planName,
    event,
    kind,
    who: row.name,
    fingerprint: row.fingerprint,
    reference: typeof reference === 'string' && kind === 'unit' ? reference : null,
    in_use: typeof inUse === 'number' ? inUse : null,
    by: byOf(row.actor),
    reason: reasonOf(row),
  }
}

/** What operators write about holds and keys stays with them; what they decide about a move is told by mail too. */
function reasonOf({ wish, data }: AllocationRow): string | null {
  if (wish === null) return null
  const { reason } = data
  return typeof reason === 'string' ? reason : wish.note
}

const HEADINGS = [
  'Time',
  'License ID',
  'Plan',
  'Event',
  'Installation',
  'Fingerprint',
  'Reference',
  'In-use',
  'By',
  'Reason',
]

function columnsOf(row: Allocation): (string | number)[] {
  return [
    row.at,
    row.license_id,
    row.plan_name,
    row.event,
    row.who ?? '',
    row.fingerprint ?? '',
    row.reference ?? '',
    row.in_use ?? '',
    row.by,
    row.reason ?? '',
  ]
}

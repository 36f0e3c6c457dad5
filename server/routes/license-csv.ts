/** Licenses as CSV for people who open it in a spreadsheet: BOM, ISO dates, no formulas (N10). */
import Papa from 'papaparse'
import { listLicenses } from '../db/queries/licenses.ts'
import type { LicensePage, LicenseRow } from '../db/queries/licenses.ts'
import type { Database } from '../db/open.ts'
import { formatInstant } from '../domain/calendar.ts'
import { statusAt } from '../domain/license.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { unitsAt } from '../domain/units-in-force.ts'

export const BYTE_ORDER_MARK = '\u{feff}'
const ROWS_PER_READ = 1000

/** All rows that match, however many pages that is. */
export async function licensesCsv(
  db: Database,
  scope: CustomerScope,
  first: LicensePage,
): Promise<string> {
  const rows: LicenseRow[] = []
  let page: LicensePage | null = { ...first, limit: ROWS_PER_READ, after: null }
  while (page !== null) {
    const found = await listLicenses(db, scope, page)
    rows.push(...found.rows.map(({ license }) => license.license))
    const last = found.rows.at(-1)
    page =
      found.hasMore && last !== undefined
        ? { ...page, after: { value: last.sortValue, id: last.license.license.id } }
        : null
  }
  const table = rows.map((row) => columnsOf(row, first))
  return BYTE_ORDER_MARK + Papa.unparse({ fields: HEADINGS, data: table }, CSV_OPTIONS)
}

/** Excel reads a tab or a carriage return at the start as the beginning of a formula, too. */
export const CSV_OPTIONS = { escapeFormulae: /^[=+\-@\t\r\0]/, newline: '\r\n' }

const HEADINGS = [
  'License ID',
  'Plan',
  'Type',
  'Total',
  'In-use',
  'Service Life (Days)',
  'Activation Date',
  'Expiration Date',
  'Time Zone',
  'Status',
  'Renewal Mode',
  'Order ID',
  'Complimentary',
  'Key Ending',
]

function columnsOf(row: LicenseRow, { now }: LicensePage): (string | number)[] {
  return [
    row.id,
    row.planName,
    row.type,
    unitsAt(row, now).total,
    row.reserved + row.consumed,
    row.serviceDays,
    formatInstant(row.activatedAt),
    formatInstant(row.endsAt),
    row.zone,
    statusAt(row, now),
    row.renewalMode ?? '',
    row.orderId ?? '',
    row.kind === 'complimentary' ? 'yes' : 'no',
    row.keyLast4,
  ]
}

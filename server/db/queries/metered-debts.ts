/** What is owed for metered days: whom to ask now, and for which days. */
import { and, asc, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { localDate } from '../../domain/calendar.ts'
import { groupBy } from '../../domain/group-by.ts'
import type { Id } from '../../domain/ids.ts'
import type { Usage } from '../../domain/metered-bill.ts'
import type { MeterDay } from '../../domain/metering.ts'
import type { Database } from '../open.ts'
import { customers, licenses, meterBills, meterDays, meters } from '../schema.ts'
import type { CustomerRow } from './customers.ts'
import type { LicenseRow } from './licenses.ts'
import { plainDate } from './plain-date.ts'

export type MeterBillRow = typeof meterBills.$inferSelect

export interface Debt {
  readonly customer: CustomerRow
  readonly currency: string
  /** Null before it was first asked for. */
  readonly bill: MeterBillRow | null
  readonly licenses: readonly { readonly license: LicenseRow; readonly usage: Usage }[]
}

/** Customers who owe for metered days and whose bill is not under way, with all of those days. */
export async function readDebts(
  db: Database,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly Debt[]> {
  const method = sql`json_extract(${customers.savedMethod}, '$.id')`
  const owed = await db.orm
    .selectDistinct({
      customerId: meterDays.customerId,
      currency: meterDays.currency,
      version: meterBills.version,
    })
    .from(meterDays)
    .innerJoin(customers, eq(customers.id, meterDays.customerId))
    .innerJoin(meters, eq(meters.licenseId, meterDays.licenseId))
    .leftJoin(meterBills, billOfDay())
    .where(
      and(
        isOwed(),
        or(
          // Not asked for yet: days of a past month, or of a meter that stopped.
          and(or(isNull(meterBills.state), eq(meterBills.state, 'due')), isBillable(now)),
          and(eq(meterBills.state, 'past_due'), lte(meterBills.nextAt, now)),
          and(
            eq(meterBills.state, 'past_due'),
            sql`${method} IS NOT NULL AND ${method} IS NOT ${meterBills.methodId}`,
          ),
        ),
      ),
    )
    .limit(limit)
  return unchanged(db, owed)
}

/** Bills that are unpaid for so long that what they are for is suspended. */
export async function readOverdueDebts(
  db: Database,
  dueBefore: Temporal.Instant,
  limit: number,
): Promise<readonly Debt[]> {
  const rows = await db.orm
    .select({
      customerId: meterBills.customerId,
      currency: meterBills.currency,
      version: meterBills.version,
    })
    .from(meterBills)
    .where(
      and(
        eq(meterBills.state, 'past_due'),
        isNull(meterBills.suspendedAt),
        lte(meterBills.dueAt, dueBefore),
      ),
    )
    .limit(limit)
  return unchanged(db, rows)
}

interface FoundDebt {
  readonly customerId: Id<'cus'>
  readonly currency: string
  /** Of its bill, when it was found; null before it was first asked for. */
  readonly version: number | null
}

/** Another run may ask for a debt between finding and reading it: then its bill is that run's. */
async function unchanged(db: Database, found: readonly FoundDebt[]): Promise<readonly Debt[]> {
  const debts = await Promise.all(
    found.map(async ({ customerId, currency, version }) => {
      const debt = await readDebt(db, customerId, currency)
      return (debt.bill?.version ?? null) === version ? debt : null
    }),
  )
  return debts.filter((debt) => debt !== null)
}

export async function readDebt(
  db: Database,
  customerId: Id<'cus'>,
  currency: string,
): Promise<Debt> {
  const { orm } = db
  const [found, bills, days] = await orm.batch([
    orm.select().from(customers).where(eq(customers.id, customerId)),
    orm
      .select()
      .from(meterBills)
      .where(and(eq(meterBills.customerId, customerId), eq(meterBills.currency, currency))),
    orm
      .select({ license: licenses, day: meterDays, isRunning: isRunning() })
      .from(meterDays)
      .innerJoin(licenses, eq(licenses.id, meterDays.licenseId))
      .where(and(eq(meterDays.customerId, customerId), eq(meterDays.currency, currency), isOwed()))
      .orderBy(asc(meterDays.licenseId), asc(meterDays.countedOn)),
  ])
  const customer = found[0]
  if (customer === undefined) throw new Error(`customer ${customerId} has vanished`)
  const byLicense = groupBy(days, ({ license }) => license.id)
  return {
    customer,
    currency,
    bill: bills[0] ?? null,
    licenses: [...byLicense.values()].map((rows) => {
      const [row] = rows
      const usage = {
        licenseId: row.license.id,
        currency,
        days: rows.map(({ day }) => meterDay(day)),
        isRunning: row.isRunning === 1,
      }
      return { license: row.license, usage }
    }),
  }
}

function meterDay(day: typeof meterDays.$inferSelect): MeterDay {
  return { on: plainDate(day.countedOn), units: day.units, unitAmount: day.unitAmount }
}

/** Days beyond the cap cost nothing and are never asked for. */
function isOwed() {
  return and(isNull(meterDays.orderId), gt(meterDays.unitAmount, 0), gt(meterDays.units, 0))
}

function billOfDay() {
  return and(
    eq(meterBills.customerId, meterDays.customerId),
    eq(meterBills.currency, meterDays.currency),
  )
}

function isRunning() {
  return sql<number>`EXISTS (SELECT 1 FROM meters WHERE meters.license_id = ${licenses.id} AND meters.stopped_at IS NULL)`
}

function isBillable(now: Temporal.Instant) {
  const today = localDate(now, 'UTC')
  const month = today.with({ day: 1 }).toString()
  const goesOn = sql`EXISTS (SELECT 1 FROM meters AS running
    WHERE running.license_id = ${meterDays.licenseId} AND running.stopped_at IS NULL)`
  const isOver = sql`NOT EXISTS (SELECT 1 FROM meter_days AS latest
    WHERE latest.license_id = ${meterDays.licenseId} AND latest.counted_on >= ${today.toString()})`
  return or(lt(meterDays.countedOn, month), and(sql`NOT ${goesOn}`, isOver))
}

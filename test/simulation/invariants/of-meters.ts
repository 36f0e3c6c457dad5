/** What holds at rest for days that are paid after they were used: each is counted once, and billed once. */
import { Temporal } from 'temporal-polyfill'
import type { Row } from '../world/database.ts'
import type { RestInvariant } from './at-rest.ts'

/** Of the plan `metered` in `world/catalogue.ts`, minor units. */
const RATE = 300
const DAY_MS = 86_400_000

/** C15: each UTC day that begins between the end and the switch back, and no other. */
const everyDayCounted: RestInvariant = ({ world }) => {
  for (const meter of world.machine.disk.all(METERS)) {
    const counted = world.machine.disk
      .all(`SELECT * FROM meter_days WHERE license_id = ? ORDER BY counted_on`, meter['id'])
      .map((day) => String(day['counted_on']))
    const wanted = datesOf(msOf(meter['began']), Number(meter['stopped_at'] ?? world.nowMs))
    if (counted.join() === wanted.join()) continue
    return `${meter['id']} counts [${counted.join()}] instead of [${wanted.join()}]`
  }
  return null
}

/** With one span each, within the grace, and never suspended. */
const METERS = `SELECT licenses.id, stopped_at, coalesce(
    (SELECT json_extract(entry, '$.startsAt') FROM coverage
      WHERE license_id = licenses.id AND kind = 'pay_per_use'), ends_at) AS began
  FROM meters JOIN licenses ON licenses.id = license_id
  WHERE revoked_at IS NULL AND opened_at < ends_at AND (stopped_by IS NULL OR stopped_by = 'switch')
  AND (SELECT count(*) FROM meters AS each WHERE each.license_id = licenses.id) = 1
  AND NOT EXISTS (SELECT 1 FROM journal WHERE stream = 'license:' || licenses.id
    AND type LIKE 'license.suspended%')`

/** Epoch milliseconds, or what an entry of the ledger says. */
const msOf = (at: unknown) => (typeof at === 'string' ? Date.parse(at) : Number(at))

function datesOf(fromMs: number, untilMs: number): string[] {
  const days: string[] = []
  for (let ms = Math.ceil(fromMs / DAY_MS) * DAY_MS; ms <= untilMs; ms += DAY_MS) {
    days.push(Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10))
  }
  return days
}

/** Section 4: what was paid is what those days cost, and a running month waits for its end. */
const everyDayBilledOnce: RestInvariant = ({ world, orders }) => {
  const { disk } = world.machine
  const days = disk.all('SELECT * FROM meter_days')
  for (const { order } of orders.filter(({ lines }) => isBill(lines))) {
    const own = days.filter((day) => day['order_id'] === order.id)
    const worth = own.reduce((sum, day) => sum + costOf(day), 0)
    // Money that went back later leaves the days settled: nobody asks for them again.
    const isPaid = order.state === 'fulfilled' || order.state.endsWith('refunded')
    if (isPaid && worth !== order.total) return `${order.id} took ${order.total} for ${worth}`
    if (!isPaid && own.length > 0) return `${order.id} is ${order.state}, its days are settled`
  }
  const dear = days.find((day) => Number(day['unit_amount']) > RATE)
  return dear === undefined ? null : `${dear['counted_on']} cost ${dear['unit_amount']}`
}

const isBill = (lines: readonly Row[]) => lines.some(({ kind }) => kind === 'pay_per_use')
const costOf = (day: Row) => Number(day['units']) * Number(day['unit_amount'])

/** Section 4: the days of a past month are asked for, and those of a meter that stopped. */
const nothingOwedForEver: RestInvariant = ({ world }) => {
  const month = Temporal.Instant.fromEpochMilliseconds(world.nowMs - 2 * 3_600_000)
  const [owed] = world.machine.disk.all(
    `SELECT license_id, counted_on FROM meter_days WHERE order_id IS NULL AND unit_amount > 0
      AND (counted_on < ? OR NOT EXISTS (SELECT 1 FROM meters WHERE meters.license_id = meter_days.license_id
        AND coalesce(stopped_at, 9e15) > ?)) AND NOT EXISTS (SELECT 1 FROM meter_bills
        WHERE meter_bills.customer_id = meter_days.customer_id AND state IN ('processing', 'past_due'))`,
    `${month.toString().slice(0, 7)}-01`,
    world.nowMs - 2 * DAY_MS,
  )
  return owed === undefined ? null : `${owed['license_id']} owes ${owed['counted_on']} for ever`
}

export const METER_INVARIANTS: Readonly<Record<string, RestInvariant>> = {
  'C15 days are counted': everyDayCounted,
  'C15 days are billed once': everyDayBilledOnce,
  'S50 days are asked for': nothingOwedForEver,
}

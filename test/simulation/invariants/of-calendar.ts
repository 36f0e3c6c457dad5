/** Dates of licenses, computed again from the calendar itself and not from the code that made them. */
import { Temporal } from 'temporal-polyfill'
import type { LicenseRow } from './facts.ts'
import type { OrderInvariant } from './of-orders.ts'

/** R7: coverage starts when the money was there, never when we heard of it. */
const startsWithThePayment: OrderInvariant = ({ now: { order, licenses }, truth, isReleased }) => {
  if (order.total === 0 || isReleased) return null
  const times = truth.flatMap(({ paidAt }) => paidAt ?? [])
  const wrong = licenses.find(({ activated_at }) => !times.includes(activated_at))
  if (wrong === undefined || times.length === 0) return null
  return `${wrong.id} starts ${at(wrong.activated_at)}, paid ${times.map(at).join()}`
}

/** R1, R2: the same local day and time, months later, or the last day of a shorter month. */
const lastsWhatWasBought: OrderInvariant = ({ now: { lines, licenses } }) => {
  for (const license of licenses.filter((it) => isUntouched(it))) {
    const line = lines.find(({ id }) => id === license.order_line_id)
    // What comes free with added units ends with them.
    if (line?.['kind'] !== 'purchase') continue
    const start = Temporal.Instant.fromEpochMilliseconds(license.activated_at)
    const end = start.toZonedDateTimeISO(license.zone).add({ months: Number(line['months']) })
    // Of a local time that comes twice the second reading is taken.
    const local = end.toPlainDateTime().toZonedDateTime(license.zone, { disambiguation: 'later' })
    if (local.epochMilliseconds !== license.ends_at) {
      return `${license.id} ends ${at(license.ends_at)}, bought until ${at(local.epochMilliseconds)}`
    }
  }
  return null
}

/** R2: the zone is the customer's, fixed at the first order. */
const inTheZoneOfTheCustomer: OrderInvariant = ({ now: { customer, licenses } }) => {
  const other = licenses.find(({ zone }) => zone !== customer['zone'])
  return other === undefined ? null : `${other.id} is counted in ${other.zone}`
}

/** S25: the complimentary one begins and ends with what it came with, to the second. */
const sameEndAsPaid: OrderInvariant = ({ now: { licenses } }) => {
  for (const paid of licenses.filter((it) => it.kind === 'paid' && isUntouched(it))) {
    const other = licenses.find(
      (it) => it.kind === 'complimentary' && it.order_line_id === paid.order_line_id,
    )
    if (other !== undefined && other.ends_at !== paid.ends_at) return `${other.id} ends otherwise`
  }
  return null
}

/** True until something else than its purchase moved its end. */
function isUntouched({ version }: LicenseRow): boolean {
  return version === 1
}

function at(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString()
}

export const CALENDAR_INVARIANTS: Readonly<Record<string, OrderInvariant>> = {
  'S25 same end as paid': sameEndAsPaid,
  'R1 lasts what was bought': lastsWhatWasBought,
  'R2 in the zone of the customer': inTheZoneOfTheCustomer,
  'R7 starts with the payment': startsWithThePayment,
}

/** A license as it crosses the wire. */
import type { License } from '../contract/licenses.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { Temporal } from 'temporal-polyfill'
import { formatInstant } from '../domain/calendar.ts'
import { graceEndsAt, isExpiring, statusAt } from '../domain/license.ts'

export function licenseAnswer(row: LicenseRow, now: Temporal.Instant): License {
  const units = unitsOf(row, now)
  const anchor = { day: row.anchorDay, time: row.anchorTime, zone: row.zone }
  return {
    id: row.id,
    product: row.productId,
    plan: row.planId,
    plan_name: row.planName,
    type: row.type,
    total: units.total,
    in_use: row.reserved + row.consumed,
    service_life_days: row.serviceDays,
    activated_at: formatInstant(row.activatedAt),
    expires_at: formatInstant(row.endsAt),
    status: statusAt(row, now),
    expiring: isExpiring({ ...row, anchor }, now),
    grace_until: statusAt(row, now) === 'grace' ? formatInstant(graceEndsAt(row)) : null,
    renewal_mode: row.renewalMode,
    next_charge_at: row.nextChargeAt && formatInstant(row.nextChargeAt),
    cycle: row.cycle,
    one_time: row.oneTime,
    complimentary_of: row.kind === 'complimentary' ? row.orderId : null,
    order_id: row.orderId,
    key_last4: row.keyLast4,
    time_zone: row.zone,
    next_total: units.nextTotal,
    lost_days: 0,
    renewal: null,
    auto_renewal: null,
    pay_per_use: null,
  }
}

/** Fewer units are in force from their moment on, whenever the row is written next. */
function unitsOf(
  { total, nextTotal, nextTotalAt }: LicenseRow,
  now: Temporal.Instant,
): { total: number; nextTotal: number | null } {
  const isDue = nextTotalAt !== null && Temporal.Instant.compare(nextTotalAt, now) <= 0
  return isDue ? { total: nextTotal ?? total, nextTotal: null } : { total, nextTotal }
}

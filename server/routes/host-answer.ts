/** What backends of hosts read, as it crosses the wire. */
import type { Temporal } from 'temporal-polyfill'
import type { HostEntitlements, HostEventAnswer } from '../contract/host.ts'
import type { StoredEntry } from '../db/journal.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { hostEvent } from '../domain/host-event.ts'
import { statusAt } from '../domain/license.ts'
import { planOf } from '../domain/plan.ts'

export function entitlementsAnswer(
  customer: string,
  rows: readonly LicenseRow[],
  product: Product | null,
  now: Temporal.Instant,
): HostEntitlements {
  const licenses = rows.map((row) => licenseOf(row, product, now))
  const granted = licenses.filter(({ valid }) => valid).flatMap((license) => license.entitlements)
  return {
    customer,
    entitlements: [...new Set(granted)].toSorted(),
    licenses,
    now: formatInstant(now),
  }
}

function licenseOf(
  row: LicenseRow,
  product: Product | null,
  now: Temporal.Instant,
): HostEntitlements['licenses'][number] {
  const status = statusAt(row, now)
  return {
    id: row.id,
    plan: row.planId,
    type: row.type,
    status,
    valid: status === 'active' || status === 'grace',
    total: row.total,
    in_use: row.reserved + row.consumed,
    one_time: row.oneTime,
    activated_at: formatInstant(row.activatedAt),
    expires_at: formatInstant(row.endsAt),
    entitlements: (product && planOf(product, row.planId)?.entitlements) ?? [],
    version: row.version,
  }
}

/** @returns null for what hosts are not told about */
export function eventAnswer(entry: StoredEntry): HostEventAnswer | null {
  const event = hostEvent(entry)
  if (event === null) return null
  const { id, type, object, data } = event
  return { id, type, at: formatInstant(entry.at), object, data }
}

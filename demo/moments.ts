/** What happens next to the licenses of a customer: where the demo's clock can be sent. */
import { and, eq, isNotNull } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { Database } from '../server/db/open.ts'
import { customers, licenses } from '../server/db/schema.ts'
import { formatInstant } from '../server/domain/calendar.ts'
import { graceEndsAt, retentionEndsAt } from '../server/domain/license.ts'
import { reminderPlan } from '../server/domain/reminder.ts'

export const MOMENTS = ['reminder', 'charge', 'expiry', 'retention', 'end'] as const
export type Moment = (typeof MOMENTS)[number]

/** The earliest of each kind after `now`, over all licenses that can be renewed; null for none. */
export async function nextMoments(
  db: Database,
  subject: string,
  now: Temporal.Instant,
): Promise<Readonly<Record<Moment, string | null>>> {
  const rows = await db.orm
    .select({ license: licenses })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(and(eq(customers.subject, subject), isNotNull(licenses.renewalMode)))
  const all = rows.map(({ license }) => license)
  const first = (instants: readonly (Temporal.Instant | null)[]) => {
    const ahead = instants.filter((at) => at !== null && Temporal.Instant.compare(at, now) > 0)
    const [next] = ahead.flatMap((at) => at ?? []).toSorted(Temporal.Instant.compare)
    return next === undefined ? null : formatInstant(next)
  }
  return {
    reminder: first(all.flatMap((license) => reminderPlan(license).map(({ dueAt }) => dueAt))),
    charge: first(all.map(({ nextChargeAt }) => nextChargeAt)),
    expiry: first(all.map(({ endsAt }) => endsAt)),
    retention: first(all.map((license) => graceEndsAt(license))),
    end: first(all.map((license) => retentionEndsAt(license))),
  }
}

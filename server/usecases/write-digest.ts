/**
 * The digest of one customer for one day: what is due is decided on what was told, and told in the
 * same batch (R18, C15). A license that was renewed meanwhile takes the whole batch down (I7).
 */
import { sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { commit, exactly, LostRace, type Query } from '../db/commit.ts'
import type { ReminderCandidate, ReminderFacts } from '../db/queries/reminders.ts'
import { announcedCharges, mails, reminders } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { localDate } from '../domain/calendar.ts'
import { dueReminder, type DueReminder } from '../domain/reminder.ts'
import { digestFacts, type Due } from './digest-facts.ts'
import { newRenewLink } from './renew-link.ts'

const ACTOR = 'job:remind'

/** The stream that counts a customer's digests. */
export function digestStream(customerId: Id<'cus'>): string {
  return `reminders:${customerId}`
}

/** @returns false when nothing is due, or another run was first */
export async function writeDigest(
  deps: Deps,
  product: Product,
  facts: ReminderFacts,
): Promise<boolean> {
  const { customer, candidates } = facts
  const now = deps.now()
  const due = candidates.flatMap((candidate) => dueOf(candidate, now))
  if (customer === null || due.length === 0) return false
  const mailId = deps.newId('mail')
  const day = localDate(now, customer.zone).toString()
  const { mail, announcements, linked } = digestFacts({ product, customer, due, facts, now, day })
  const parts = [mail.renewable, mail.charges, mail.ending, mail.metered]
  if (parts.every((part) => part.length === 0)) return false
  const link = linked.length === 0 ? null : await newRenewLink(deps, linkOf(customer, linked))
  try {
    await commit(deps.db, now, {
      journal: [
        {
          stream: digestStream(customer.id),
          version: facts.version + 1,
          type: 'customer.reminded',
          actor: ACTOR,
          productId: customer.productId,
          data: { day, mail: mailId, licenses: due.length },
        },
      ],
      statements: [
        ...due.flatMap((reminder) => tell(deps, reminder, mailId)),
        ...announcements.map((row) => deps.db.orm.insert(announcedCharges).values(row)),
        ...(link === null ? [] : [link.query]),
        deps.db.orm.insert(mails).values({
          id: mailId,
          productId: customer.productId,
          kind: 'reminder.digest',
          reference: `${customer.id} ${day}`,
          recipient: customer.email,
          locale: customer.locale,
          data: { ...mail, renewLinkId: link?.id ?? null },
          createdAt: now,
        }),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

function dueOf({ license, told }: ReminderCandidate, now: Temporal.Instant): Due[] {
  const reminder: DueReminder | null = dueReminder(license, told, now)
  return reminder === null ? [] : [{ license, ...reminder }]
}

/** Each occasion as a row, if the license still has the end and the mode that it was decided on. */
function tell(deps: Deps, { license, occasion, covers }: Due, mailId: Id<'mail'>): Query[] {
  const at = deps.now().epochMilliseconds
  const mode = license.renewalMode
  return [occasion, ...covers].map((told) =>
    exactly(
      deps.db.orm.insert(reminders).select(
        sql`SELECT id, ends_at, ${told}, ${mailId}, ${at} FROM licenses
            WHERE id = ${license.id} AND ends_at = ${license.endsAt.epochMilliseconds}
            AND renewal_mode IS ${mode}`,
      ),
      1,
    ),
  )
}

/** Valid as long as one of its licenses can be renewed. */
function linkOf(
  { productId, id }: { readonly productId: string; readonly id: Id<'cus'> },
  linked: ReturnType<typeof digestFacts>['linked'],
) {
  const ends = linked.map(({ renewableUntil }) => renewableUntil)
  return {
    productId,
    customerId: id,
    licenseIds: linked.map(({ licenseId }) => licenseId),
    expiresAt: ends.reduce((last, end) => (Temporal.Instant.compare(end, last) > 0 ? end : last)),
  }
}

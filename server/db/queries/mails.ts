/** Mail intents by where their delivery stands. */
import { and, asc, count, desc, eq, isNotNull, isNull, lte, max, or } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { Id } from '../../domain/ids.ts'
import type { Database } from '../open.ts'
import { journal, mails } from '../schema.ts'

export type MailRow = typeof mails.$inferSelect

export const MAIL_STATES = ['waiting', 'sent', 'failed', 'dropped'] as const
export type MailState = (typeof MAIL_STATES)[number]

export function mailStateOf({ sentAt, failedAt, droppedAt }: MailRow): MailState {
  if (sentAt !== null) return 'sent'
  if (failedAt !== null) return 'failed'
  return droppedAt === null ? 'waiting' : 'dropped'
}

/** One round trip: what is to be sent now, oldest first, and the version of the job's stream. */
export async function dueMails(
  { orm }: Database,
  now: Temporal.Instant,
  limit: number,
  stream: string,
): Promise<{ rows: MailRow[]; version: number }> {
  const [rows, versions] = await orm.batch([
    orm.select().from(mails).where(isDue(now)).orderBy(asc(mails.createdAt)).limit(limit),
    orm
      .select({ version: max(journal.version) })
      .from(journal)
      .where(eq(journal.stream, stream)),
  ])
  return { rows, version: versions[0]?.version ?? 0 }
}

export function isDue(now: Temporal.Instant): SQL | undefined {
  return and(isWaiting(), or(isNull(mails.tryAt), lte(mails.tryAt, now)))
}

function isWaiting(): SQL | undefined {
  return and(isNull(mails.sentAt), isNull(mails.failedAt), isNull(mails.droppedAt))
}

export async function readMail({ orm }: Database, id: Id<'mail'>): Promise<MailRow | null> {
  const [row] = await orm.select().from(mails).where(eq(mails.id, id))
  return row ?? null
}

/** When the next attempt is due; null when nothing waits. */
export async function nextTryAt({ orm }: Database): Promise<Temporal.Instant | null> {
  const [row] = await orm
    .select({ tryAt: mails.tryAt })
    .from(mails)
    .where(and(isWaiting(), isNotNull(mails.tryAt)))
    .orderBy(asc(mails.tryAt))
    .limit(1)
  return row?.tryAt ?? null
}

/** Newest first. */
export function listMails(
  { orm }: Database,
  filter: { readonly state: MailState | null; readonly limit: number },
): Promise<MailRow[]> {
  return orm
    .select()
    .from(mails)
    .where(filter.state === null ? undefined : inState(filter.state))
    .orderBy(desc(mails.createdAt))
    .limit(filter.limit)
}

export async function countMails({ orm }: Database, state: MailState): Promise<number> {
  const [row] = await orm.select({ count: count() }).from(mails).where(inState(state))
  return row?.count ?? 0
}

function inState(state: MailState): SQL | undefined {
  switch (state) {
    case 'sent':
      return isNotNull(mails.sentAt)
    case 'failed':
      return isNotNull(mails.failedAt)
    case 'dropped':
      return isNotNull(mails.droppedAt)
    case 'waiting':
      return isWaiting()
  }
}

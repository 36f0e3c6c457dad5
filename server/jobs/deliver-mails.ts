/**
 * Sends what use cases wrote down. A run takes a lease on what it found, in one commit, so that
 * overlapping runs share the work (C15). An attempt is stored before it begins and its doubt is taken
 * back when its end is known: a worker that dies after sending leaves the doubt behind (C17).
 */
import { and, eq, inArray } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { commit, exactly, LostRace, type JournalEntry } from '../db/commit.ts'
import { dueMails, isDue, nextTryAt, type MailRow } from '../db/queries/mails.ts'
import { mails } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { mayTry } from '../domain/mail-delivery.ts'
import { isMailbox } from '../mail/mailbox.ts'
import { SEND_LIMIT_MS, type MailOutcome, type MailPort } from '../mail/port.ts'
import { settleMail } from '../usecases/settle-mail.ts'
import { outgoingMail } from './outgoing-mail.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200
/** Workers have six connections. */
const AT_ONCE = 4
const LEASE = { minutes: 10 }
const STREAM = 'job:deliver-mails'

/** @returns how many mails were attempted; 0 without a transport: intents wait for one */
export async function deliverMails(deps: Deps): Promise<number> {
  const { mail: port } = deps
  if (port === null) return 0
  const leaseEndsAt = deps.now().add(LEASE)
  const taken = await take(deps, leaseEndsAt)
  const lastStartAt = leaseEndsAt.subtract({ milliseconds: 2 * SEND_LIMIT_MS })
  let attempted = 0
  for (let index = 0; index < taken.length; index += AT_ONCE) {
    // Whoever comes after the lease may take the rest: it must not be sent here as well.
    if (Temporal.Instant.compare(deps.now(), lastStartAt) > 0 || deps.stopping?.aborted) break
    const begun = await begin(deps, taken.slice(index, index + AT_ONCE))
    await Promise.all(begun.map((row) => deliver(deps, port, row)))
    attempted += begun.length
  }
  return attempted
}

/** For the demo's clock: when something that waits is tried again. */
export function nextDeliveryAt({ db }: Deps): Promise<Temporal.Instant | null> {
  return nextTryAt(db)
}

async function take(deps: Deps, leaseEndsAt: Temporal.Instant): Promise<readonly MailRow[]> {
  const { rows, version } = await dueMails(deps.db, deps.now(), BATCH, STREAM)
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const entry: JournalEntry = {
    stream: STREAM,
    version: version + 1,
    type: 'job.mails_taken',
    actor: STREAM,
    productId: null,
    data: { mails: rows.length },
  }
  const isTaken = await isFirst(
    deps,
    [entry],
    [
      exactly(
        deps.db.orm
          .update(mails)
          .set({ tryAt: leaseEndsAt })
          .where(and(inArray(mails.id, ids), isDue(deps.now()))),
        rows.length,
      ),
    ],
  )
  return isTaken ? rows : []
}

/** Counts the attempt of each; from here on it is in doubt. */
async function begin(deps: Deps, rows: readonly MailRow[]): Promise<readonly MailRow[]> {
  const begun = rows.map((row) => ({
    ...row,
    version: row.version + 1,
    attempts: row.attempts + 1,
    inDoubt: row.inDoubt + 1,
  }))
  const entries = begun.map(({ id, version, attempts, productId }) => ({
    stream: `mail:${id}`,
    version,
    type: 'mail.attempted',
    actor: STREAM,
    productId,
    data: { attempt: attempts },
  }))
  const statements = begun.map(({ id, version, attempts, inDoubt }) =>
    exactly(
      deps.db.orm
        .update(mails)
        .set({ version, attempts, inDoubt })
        .where(and(eq(mails.id, id), eq(mails.version, version - 1))),
      1,
    ),
  )
  return (await isFirst(deps, entries, statements)) ? begun : []
}

async function isFirst(
  deps: Deps,
  [first, ...others]: readonly JournalEntry[],
  statements: Parameters<typeof commit>[2]['statements'],
): Promise<boolean> {
  if (first === undefined) return false
  try {
    await commit(deps.db, deps.now(), { journal: [first, ...others], statements })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

/** One mail that fails must not keep the others waiting. */
async function deliver(deps: Deps, port: MailPort, row: MailRow): Promise<void> {
  try {
    const outcome = await attempt(deps, port, row)
    await settleMail(deps, row, { transport: port.name, isIdempotent: port.isIdempotent, outcome })
  } catch (error) {
    deps.log({ level: 'error', event: 'mail.not_settled', reference: row.id, error: String(error) })
  }
}

async function attempt(
  deps: Deps,
  port: MailPort,
  row: MailRow,
): Promise<MailOutcome | { readonly kind: 'outdated' }> {
  if (!isMailbox(row.recipient)) return { kind: 'refused', reason: 'This is not one mailbox.' }
  if (!mayTry({ inDoubt: row.inDoubt - 1, isIdempotent: port.isIdempotent })) {
    return { kind: 'refused', reason: 'It may have arrived twice already.' }
  }
  try {
    const mail = await outgoingMail(deps, row)
    return mail === null ? { kind: 'outdated' } : await port.send(mail)
  } catch (error) {
    // A kind that this version does not know, for one: the next version may.
    return { kind: 'deferred', reason: String(error) }
  }
}

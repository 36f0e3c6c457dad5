/** What is known after an attempt to send a mail, stored with its journal entry; and trying again by hand. */
import { and, eq, isNull } from 'drizzle-orm'
import { decideAndCommit, exactly, type Query } from '../db/commit.ts'
import { mailStateOf, readMail, type MailRow } from '../db/queries/mails.ts'
import { mails, operatorTasks } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { judgeAttempt, type Attempt, type Verdict } from '../domain/mail-delivery.ts'
import { Refused } from '../domain/refusals.ts'

export interface AttemptReport {
  readonly transport: string
  readonly isIdempotent: boolean
  readonly outcome:
    | (Attempt & { readonly reason?: string; readonly providerId?: string | null })
    /** What it says is no longer true; it was not sent. */
    | { readonly kind: 'outdated'; readonly reason?: string }
}

const FAILED = 'mail.failed'

/** @param begun  the row with this attempt counted, and in doubt */
export async function settleMail(deps: Deps, begun: MailRow, report: AttemptReport): Promise<void> {
  const { outcome, isIdempotent } = report
  const inDoubt = begun.inDoubt - 1
  const tries = { attempts: begun.attempts, inDoubt, isIdempotent }
  const verdict =
    outcome.kind === 'outdated'
      ? ({ kind: 'dropped', inDoubt } as const)
      : judgeAttempt(tries, outcome, deps.random())
  let known: MailRow | null = begun
  await decideAndCommit(deps, {}, async () => {
    const row = known ?? (await readMail(deps.db, begun.id))
    known = null
    if (row === null || mailStateOf(row) !== 'waiting') return { change: null, result: null }
    return { change: changeOf(deps, row, verdict, report), result: null }
  })
  if (verdict.kind === 'sent' && verdict.inDoubt > 0) {
    const copies = verdict.inDoubt + 1
    deps.log({ level: 'warn', event: 'mail.possibly_twice', reference: begun.id, copies })
  }
}

type Settlement = Verdict | { readonly kind: 'dropped'; readonly inDoubt: number }

function changeOf(deps: Deps, row: MailRow, verdict: Settlement, report: AttemptReport) {
  const { outcome, transport } = report
  const now = deps.now()
  const failure = outcome.reason ?? null
  const version = row.version + 1
  const entry = {
    stream: `mail:${row.id}`,
    version,
    actor: 'job:deliver-mails',
    productId: row.productId,
    type: TYPES[verdict.kind],
    data: {
      transport,
      ...(failure === null ? {} : { failure }),
      ...('providerId' in outcome ? { provider_id: outcome.providerId } : {}),
      ...(verdict.inDoubt > 0 ? { in_doubt: verdict.inDoubt } : {}),
    },
  }
  const change = { version, inDoubt: verdict.inDoubt, failure }
  const update = (more: Partial<MailRow>) =>
    exactly(
      deps.db.orm
        .update(mails)
        .set({ ...change, tryAt: null, ...more })
        .where(and(eq(mails.id, row.id), eq(mails.version, row.version))),
      1,
    )
  const statements: Query[] = (() => {
    switch (verdict.kind) {
      case 'sent':
        return [update({ sentAt: now })]
      case 'dropped':
        return [update({ droppedAt: now })]
      case 'again':
        return [update({ tryAt: now.add({ seconds: verdict.afterSeconds }) })]
      case 'given_up':
        return [update({ failedAt: now }), failedTask(deps, row, failure)]
    }
  })()
  return { journal: [entry], statements } as const
}

const TYPES: Readonly<Record<Settlement['kind'], string>> = {
  sent: 'mail.sent',
  dropped: 'mail.dropped',
  again: 'mail.put_off',
  given_up: FAILED,
}

function failedTask(deps: Deps, row: MailRow, failure: string | null): Query {
  return deps.db.orm.insert(operatorTasks).values({
    id: deps.newId('task'),
    productId: row.productId,
    kind: FAILED,
    reference: row.id,
    data: { kind: row.kind, about: row.reference, failure },
    createdAt: deps.now(),
    closedAt: null,
  })
}

/**
 * Sends a mail that was given up once more, from its first attempt on; its task is closed.
 *
 * @throws Refused `mail.not_found`, `mail.not_failed`
 */
export function retryMail(
  deps: Pick<Deps, 'db' | 'now' | 'random' | 'sleep'>,
  id: Id<'mail'>,
  { actor, reason }: { readonly actor: string; readonly reason: string },
): Promise<MailRow> {
  return decideAndCommit(deps, {}, async () => {
    const row = await readMail(deps.db, id)
    if (row === null) throw new Refused('mail.not_found')
    if (row.failedAt === null) throw new Refused('mail.not_failed')
    const version = row.version + 1
    const change = { failedAt: null, tryAt: null, attempts: 0, inDoubt: 0, failure: null, version }
    return {
      result: { ...row, ...change },
      change: {
        journal: [
          {
            stream: `mail:${id}`,
            version,
            type: 'mail.retried',
            actor,
            productId: row.productId,
            data: { reason },
          },
        ],
        statements: [
          exactly(
            deps.db.orm
              .update(mails)
              .set(change)
              .where(and(eq(mails.id, id), eq(mails.version, row.version))),
            1,
          ),
          deps.db.orm
            .update(operatorTasks)
            .set({ closedAt: deps.now() })
            .where(and(eq(operatorTasks.reference, id), isNull(operatorTasks.closedAt))),
        ],
      },
    }
  })
}

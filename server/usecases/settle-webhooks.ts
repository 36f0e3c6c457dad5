/** How the attempts of a run ended, for the deliveries and for their endpoint. */
import { and, eq, inArray } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, Query } from '../db/commit.ts'
import type { DeliveryRow, EndpointRow } from '../db/queries/webhooks.ts'
import { mails, webhookDeliveries, webhookEndpoints } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import type { MailDataOf } from '../domain/mail.ts'
import { isDelivered, mustDisable, nextAttemptAt, type WebhookOutcome } from '../domain/webhook.ts'

export interface EndedAttempt {
  readonly delivery: DeliveryRow
  readonly outcome: WebhookOutcome
}

/** @param untried  taken with the others and not sent: due again at once */
export function settleWebhooks(
  deps: Deps,
  endpointId: Id<'whe'>,
  ended: readonly EndedAttempt[],
  untried: readonly DeliveryRow[],
): Promise<void> {
  const random = deps.random()
  return decideAndCommit(deps, {}, async (): Promise<Decision<void>> => {
    const isIt = eq(webhookEndpoints.id, endpointId)
    const [endpoint] = await deps.db.orm.select().from(webhookEndpoints).where(isIt)
    if (endpoint === undefined) throw new Error(`no endpoint ${endpointId}`)
    const now = deps.now()
    const failed = ended.find(({ outcome }) => !isDelivered(outcome))
    const failingSince = failed
      ? isOnlyFailure(ended)
        ? (endpoint.failingSince ?? now)
        : now
      : null
    const isOver =
      failed !== undefined &&
      failingSince !== null &&
      mustDisable(failed.outcome, failingSince, now)
    const isDisabled = isOver && endpoint.state === 'enabled'
    const set = {
      failingSince,
      state: isDisabled ? ('disabled' as const) : endpoint.state,
      version: endpoint.version + 1,
    }
    const statements: Query[] = [
      deps.db.orm.update(webhookEndpoints).set(set).where(isIt),
      ...ended.map((one) => afterAttempt(deps, one, random)),
      ...(untried.length === 0 ? [] : [dueAgain(deps, endpointId, untried, now)]),
      ...(isDisabled ? [mailOf(deps, endpoint, textOf(failed.outcome))] : []),
    ]
    const outcomes = ended.map(({ delivery, outcome }) => [delivery.position, textOf(outcome)])
    const entry = {
      stream: `webhook_endpoint:${endpointId}`,
      version: set.version,
      type: isDisabled ? 'webhook_endpoint.disabled' : 'webhook_endpoint.attempted',
      actor: 'job:deliver-webhooks',
      productId: null,
      data: { outcomes },
    }
    return { change: { journal: [entry], statements }, result: undefined }
  })
}

/** Something arrived before it failed: it has not been deaf for long. */
function isOnlyFailure(ended: readonly EndedAttempt[]): boolean {
  return ended.every(({ outcome }) => !isDelivered(outcome))
}

/** Nothing is written to one that was dropped meanwhile (N14). */
function afterAttempt(deps: Deps, { delivery, outcome }: EndedAttempt, random: number): Query {
  const now = deps.now()
  const attempts = delivery.attempts + 1
  const retryAfter = outcome.kind === 'answered' ? outcome.retryAfterSeconds : null
  const nextAt = isDelivered(outcome) ? null : nextAttemptAt(attempts, now, random, retryAfter)
  const state = isDelivered(outcome) ? 'delivered' : nextAt === null ? 'failed' : 'pending'
  return deps.db.orm
    .update(webhookDeliveries)
    .set({
      state,
      attempts,
      outcome: textOf(outcome),
      nextAt: nextAt ?? now,
      endedAt: state === 'pending' ? null : now,
    })
    .where(
      and(
        eq(webhookDeliveries.endpointId, delivery.endpointId),
        eq(webhookDeliveries.position, delivery.position),
        eq(webhookDeliveries.state, 'pending'),
      ),
    )
}

function dueAgain(
  deps: Deps,
  endpointId: Id<'whe'>,
  untried: readonly DeliveryRow[],
  now: Temporal.Instant,
): Query {
  const positions = untried.map(({ position }) => position)
  return deps.db.orm
    .update(webhookDeliveries)
    .set({ nextAt: now })
    .where(
      and(
        eq(webhookDeliveries.endpointId, endpointId),
        eq(webhookDeliveries.state, 'pending'),
        inArray(webhookDeliveries.position, positions),
      ),
    )
}

/** A status, or why there was none: never what the receiver said (N13). */
function textOf(outcome: WebhookOutcome): string {
  return outcome.kind === 'answered' ? String(outcome.status) : outcome.reason
}

function mailOf(deps: Deps, endpoint: EndpointRow, outcome: string): Query {
  const data: MailDataOf<'webhook.disabled'> = { url: endpoint.url, outcome }
  return deps.db.orm
    .insert(mails)
    .values({
      id: deps.newId('mail'),
      productId: endpoint.productId,
      kind: 'webhook.disabled',
      reference: `${endpoint.id} ${endpoint.version}`,
      recipient: endpoint.email,
      locale: 'en',
      data: { ...data },
      createdAt: deps.now(),
      sentAt: null,
    })
    .onConflictDoNothing()
}

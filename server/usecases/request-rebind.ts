/** A customer wants another installation in the place of one (S82): at once, or after a look by a person. */
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import type { RebindRow } from '../db/queries/installations.ts'
import { readRebind } from '../db/queries/rebinds.ts'
import type { RebindRecord } from '../db/queries/rebinds.ts'
import { operatorTasks, rebinds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { runsWithoutUs } from '../domain/activation.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { isSameMailbox } from '../domain/mailbox-name.ts'
import { installationDigest } from '../domain/offline-codes.ts'
import { planOf } from '../domain/plan.ts'
import { judgeRebind, REBIND_WINDOW, refusedForSeconds } from '../domain/rebind.ts'
import type { RebindJudgement, RebindRules } from '../domain/rebind.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { rebindMails, rebound, reboundEntry } from './rebind-effects.ts'

export interface RebindCommand {
  /** Null where the license key was shown. */
  readonly scope: CustomerScope | null
  readonly licenseId: string
  readonly activationId: string
  /** Of the newcomer. */
  readonly fingerprint: string
  readonly name: string | null
  readonly note: string | null
  /** As far as it is proved; null for none. */
  readonly email: string | null
  readonly network: string | null
}

/** Beyond what is heard; a person is told once. */
interface Unheard {
  readonly retryAfterSeconds: number
}

/**
 * The same wish again is the same rebind.
 *
 * @throws Refused `license.not_found`, `activation.not_found`, `activation.not_active`,
 *   `activation.exists`, `rebind.waiting`, `rebind.too_many`
 */
export async function requestRebind(
  deps: Deps,
  product: Product,
  command: RebindCommand,
): Promise<RebindRow> {
  const digest = await installationDigest(product.id, command.fingerprint)
  const done = await decideAndCommit(deps, {}, async (): Promise<Decision<RebindRow | Unheard>> => {
    const since = deps.now().subtract(REBIND_WINDOW)
    const record = await readRebind(deps.db, { ...command, digest, since })
    if (record === null) throw new Refused('license.not_found')
    const earlier = sameWish(record, command)
    if (earlier !== null) return { change: null, result: earlier }
    refuseImpossible(record)
    const rules = planOf(product, record.license.planId)?.rebind ?? CAREFUL
    const seconds = refusedForSeconds(rules, { now: deps.now(), recent: record.recent })
    if (seconds !== null) {
      const change = record.isReported ? null : reported(deps, record)
      return { change, result: { retryAfterSeconds: seconds } }
    }
    return decided(
      deps,
      product,
      record,
      { ...command, digest },
      judged(deps, rules, record, command),
    )
  })
  if ('retryAfterSeconds' in done) throw new Refused('rebind.too_many', done)
  return done
}

/** Of a plan that the catalogue has no more: every wish waits for a person. */
const CAREFUL: RebindRules = {
  self_service_per_30_days: 0,
  cooldown_hours: 0,
  review_score: 0,
  requests_per_30_days: 10,
}

function sameWish({ recent, waiting }: RebindRecord, command: RebindCommand): RebindRow | null {
  if (waiting?.fingerprint === command.fingerprint) return waiting
  const same = recent.filter(
    ({ activationId, fingerprint }) =>
      activationId === command.activationId && fingerprint === command.fingerprint,
  )
  const [last] = same.toReversed()
  return last?.state === 'requested' || last?.state === 'approved' ? last : null
}

function refuseImpossible({ own, target }: RebindRecord): void {
  if (own === null) throw new Refused('activation.not_found')
  if (own.state !== 'active') throw new Refused('activation.not_active')
  if (target?.state === 'active') throw new Refused('activation.exists')
}

function judged(
  deps: Deps,
  rules: RebindRules,
  { own, customer, recent, isUsedElsewhere, license }: RebindRecord,
  { email }: RebindCommand,
): RebindJudgement {
  const now = deps.now()
  const isFree = license.revokedAt === null && license.suspendedAt === null
  const judgement = judgeRebind(rules, {
    now,
    recent,
    isUsedElsewhere,
    isOffline: own !== null && runsWithoutUs(own, deps.now()),
    activatedAt: own?.activatedAt ?? now,
    lastSeenAt: own?.lastSeenAt ?? now,
    isEmailTheirs: email !== null && isSameMailbox(email, customer.email),
  })
  return isFree && license.underReviewAt === null ? judgement : { ...judgement, isApproved: false }
}

function decided(
  deps: Deps,
  product: Product,
  record: RebindRecord,
  command: RebindCommand & { readonly digest: string },
  { isApproved, score, reasons }: RebindJudgement,
): Decision<RebindRow> {
  const at = wholeSecond(deps.now())
  const actor = command.scope === null ? 'installation' : `customer:${record.customer.id}`
  const asked: RebindRow = {
    id: deps.newId('reb'),
    licenseId: record.license.id,
    activationId: record.own?.id ?? 'act_',
    newActivationId: null,
    fingerprint: command.fingerprint,
    name: command.name,
    state: 'requested',
    score,
    reasons,
    requestedBy: actor,
    email: record.customer.email,
    note: command.note,
    requestedAt: at,
    decidedBy: null,
    decidedAt: null,
    decisionReason: null,
    version: 1,
  }
  if (isApproved) {
    const next = rebound(deps, record, asked, { ...command, actor, decidedBy: 'center' })
    return {
      change: {
        journal: next.journal,
        statements: [
          ...next.statements,
          deps.db.orm.insert(rebinds).values(next.row),
          ...rebindMails(deps, product, record, next.row),
        ],
      },
      result: next.row,
    }
  }
  if (record.waiting !== null) throw new Refused('rebind.waiting')
  return {
    change: {
      journal: [reboundEntry(asked, record.license, 'rebind.requested', actor)],
      statements: [
        deps.db.orm.insert(rebinds).values(asked),
        ...rebindMails(deps, product, record, asked),
      ],
    },
    result: asked,
  }
}

/** C09: an operator looks at a license that asks too often. */
function reported(deps: Deps, { license, recent }: RebindRecord): Change {
  const stream = `rebind-abuse:${license.id}:${recent[0]?.id}`
  return {
    journal: [
      {
        stream,
        version: 1,
        type: 'rebind.too_many',
        actor: 'center',
        productId: license.productId,
        data: { license: license.id, requests: recent.length },
      },
    ],
    statements: [
      deps.db.orm
        .insert(operatorTasks)
        .values({
          id: stream,
          productId: license.productId,
          kind: 'rebind.too_many',
          reference: license.id,
          data: { requests: recent.length },
          createdAt: wholeSecond(deps.now()),
          closedAt: null,
        })
        .onConflictDoNothing(),
    ],
  }
}

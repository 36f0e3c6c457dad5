/** An operator approves or denies a rebind, or its customer withdraws it. Saying so twice changes nothing. */
import { and, eq, sql } from 'drizzle-orm'
import { decideAndCommit, exactly } from '../db/commit.ts'
import type { Decision, Query } from '../db/commit.ts'
import type { RebindRow } from '../db/queries/installations.ts'
import { readLicenseRow, readOwned } from '../db/queries/license-keys.ts'
import { findRebind, readRebind } from '../db/queries/rebinds.ts'
import type { RebindRecord } from '../db/queries/rebinds.ts'
import { rebinds } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { installationDigest } from '../domain/offline-codes.ts'
import { REBIND_WINDOW } from '../domain/rebind.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { rebindMails, rebound, reboundEntry } from './rebind-effects.ts'

export interface RebindDecision {
  readonly rebindId: string
  readonly decision: 'approved' | 'denied' | 'withdrawn'
  /** Whose license it must be, and which; null for an operator. */
  readonly owner: { readonly scope: CustomerScope; readonly licenseId: string } | null
  /** `operator:…`; null for the customer. */
  readonly actor: string | null
  readonly reason: string | null
}

/**
 * @param productOf  the product of the license, as it is sold now
 * @throws Refused `license.not_found`, `rebind.not_found`, `rebind.decided`, `activation.not_active`, `activation.exists`
 */
export function decideRebind(
  deps: Deps,
  productOf: (id: string) => Promise<Product>,
  command: RebindDecision,
): Promise<RebindRow> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<RebindRow>> => {
    await refuseStranger(deps, command)
    const row = await findRebind(deps.db, command.rebindId)
    if (row === null) throw new Refused('rebind.not_found')
    const record = await recordOf(deps, row, command)
    if (row.state === command.decision) return { change: null, result: row }
    if (row.state !== 'requested')
      throw new Refused('rebind.decided', { facts: { state: row.state } })
    const product = await productOf(record.license.productId)
    return command.decision === 'approved'
      ? approved(deps, product, record, row, command)
      : closed(deps, product, record, row, command)
  })
}

/** Absent and not theirs are the same, before anything is said about the request. */
async function refuseStranger(deps: Deps, { owner }: RebindDecision): Promise<void> {
  if (owner === null) return
  const owned = await readOwned(deps.db, owner.scope, owner.licenseId)
  if (owned === null) throw new Refused('license.not_found')
}

async function recordOf(
  deps: Deps,
  row: RebindRow,
  { owner }: RebindDecision,
): Promise<RebindRecord> {
  if (owner !== null && owner.licenseId !== row.licenseId) throw new Refused('rebind.not_found')
  const license = await readLicenseRow(deps.db, row.licenseId)
  const record =
    license &&
    (await readRebind(deps.db, {
      scope: owner?.scope ?? null,
      licenseId: row.licenseId,
      activationId: row.activationId,
      fingerprint: row.fingerprint,
      digest: await installationDigest(license.productId, row.fingerprint),
      since: deps.now().subtract(REBIND_WINDOW),
    }))
  if (record === null) throw new Refused('rebind.not_found')
  return record
}

async function approved(
  deps: Deps,
  product: Product,
  record: RebindRecord,
  row: RebindRow,
  { actor, reason }: RebindDecision,
): Promise<Decision<RebindRow>> {
  const decidedBy = actor ?? 'center'
  const digest = await installationDigest(product.id, row.fingerprint)
  const swap = { digest, network: null, actor: decidedBy, decidedBy }
  const next = rebound(
    deps,
    record,
    { ...row, version: row.version + 1 },
    reason === null ? swap : { ...swap, decisionReason: reason },
  )
  return {
    change: {
      journal: next.journal,
      statements: [
        ...next.statements,
        decision(deps, row, next.row),
        ...rebindMails(deps, product, record, next.row),
      ],
    },
    result: next.row,
  }
}

function closed(
  deps: Deps,
  product: Product,
  record: RebindRecord,
  row: RebindRow,
  command: RebindDecision,
): Decision<RebindRow> {
  const actor = command.actor ?? `customer:${record.customer.id}`
  const next: RebindRow = {
    ...row,
    state: command.decision,
    decidedBy: actor,
    decidedAt: wholeSecond(deps.now()),
    decisionReason: command.reason,
    version: row.version + 1,
  }
  return {
    change: {
      journal: [reboundEntry(next, record.license, `rebind.${command.decision}`, actor)],
      statements: [decision(deps, row, next), ...rebindMails(deps, product, record, next)],
    },
    result: next,
  }
}

function decision(deps: Deps, before: RebindRow, after: RebindRow): Query {
  return exactly(
    deps.db.orm
      .update(rebinds)
      .set(after)
      .where(and(eq(rebinds.id, before.id), sql`${rebinds.state} = 'requested'`)),
    1,
  )
}

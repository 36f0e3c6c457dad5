/** What a rebind does: one installation out, another one in, the count of units unmoved; and who is told. */
import { eq } from 'drizzle-orm'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { RebindRow } from '../db/queries/installations.ts'
import type { RebindRecord } from '../db/queries/rebinds.ts'
import { licenses, mails } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { RebindMail } from '../domain/license-mail.ts'
import { Refused } from '../domain/refusals.ts'
import { activatedRow, ended, storedActivation } from './activation-changes.ts'

export interface Swap {
  readonly digest: string
  readonly network: string | null
  /** Of the entries. */
  readonly actor: string
  /** `center`, or `operator:…`. */
  readonly decidedBy: string
  readonly decisionReason?: string
}

export interface Rebound {
  readonly row: RebindRow
  readonly journal: readonly [JournalEntry, ...JournalEntry[]]
  readonly statements: readonly Query[]
}

/** Atomic: the license's version is a lock on both, and on whoever releases or activates meanwhile. */
export function rebound(
  deps: Deps,
  { license, own, target }: RebindRecord,
  asked: RebindRow,
  { digest, network, actor, decidedBy, decisionReason }: Swap,
): Rebound {
  if (own === null || own.state !== 'active') throw new Refused('activation.not_active')
  if (target?.state === 'active') throw new Refused('activation.exists')
  const at = wholeSecond(deps.now())
  const known = { license, own: target, isNameBoundElsewhere: false, unit: null }
  const { fingerprint } = asked
  const name = asked.name ?? own.name
  const newcomer = activatedRow(deps, known, {
    name,
    fingerprint,
    digest,
    commitment: null,
    network,
  })
  const version = license.version + 1
  const row: RebindRow = {
    ...asked,
    state: 'approved',
    newActivationId: newcomer.id,
    decidedBy,
    decidedAt: at,
    decisionReason: decisionReason ?? null,
  }
  const entry = (stream: string, next: number, type: string, data = {}): JournalEntry => {
    return { stream, version: next, type, actor, productId: license.productId, data }
  }
  return {
    row,
    journal: [
      entry(`license:${license.id}`, version, 'license.rebound', {
        activation: newcomer.id,
        from: own.id,
        rebind: asked.id,
        in_use: license.reserved,
        ...(decisionReason === undefined ? {} : { reason: decisionReason }),
      }),
      entry(`activation:${own.id}`, own.version + 1, 'activation.deactivated', {
        rebind: asked.id,
      }),
      entry(`activation:${newcomer.id}`, newcomer.version, 'activation.activated', {
        rebind: asked.id,
      }),
      reboundEntry(row, license, 'rebind.approved', actor),
    ],
    statements: [
      ended(deps, own, 'deactivated', at),
      storedActivation(deps, newcomer),
      deps.db.orm.update(licenses).set({ version }).where(eq(licenses.id, license.id)),
    ],
  }
}

export function reboundEntry(
  row: RebindRow,
  { productId }: RebindRecord['license'],
  type: string,
  actor: string,
): JournalEntry {
  return {
    stream: `rebind:${row.id}`,
    version: row.version,
    type,
    actor,
    productId,
    data: {
      license: row.licenseId,
      activation: row.activationId,
      score: row.score,
      reasons: row.reasons,
      ...(row.decisionReason === null ? {} : { reason: row.decisionReason }),
    },
  }
}

/** Both ends: the customer, and the product's own people where the catalogue names an address. */
export function rebindMails(
  deps: Deps,
  product: Product,
  { license, customer, own }: RebindRecord,
  row: RebindRow,
): Query[] {
  const phase = row.state
  const facts = {
    licenseId: license.id,
    productName: product.name,
    homeUrl: product.home_url,
    planName: license.planName,
    quantity: license.total,
    keyLast4: license.keyLast4,
    rebindId: row.id,
    phase,
    from: own?.name ?? own?.fingerprint ?? row.activationId,
    to: row.name ?? row.fingerprint,
    score: row.score,
    reasons: row.reasons,
    note: row.note,
    decisionReason: row.decisionReason,
  }
  const letter = (audience: RebindMail['audience'], recipient: string, locale: string): Query =>
    deps.db.orm
      .insert(mails)
      .values({
        id: deps.newId('mail'),
        productId: license.productId,
        kind: 'license.rebind',
        reference: `${row.id} ${phase} ${audience}`,
        recipient,
        locale,
        data: { ...facts, audience },
        createdAt: deps.now(),
        sentAt: null,
      })
      .onConflictDoNothing()
  const ours = product.support_email
  return [
    letter('customer', row.email, customer.locale),
    ...(ours === undefined ? [] : [letter('operator', ours, 'en')]),
  ]
}

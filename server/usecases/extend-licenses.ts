/** The licenses that a paid order extends: on the same key, by entries of their ledgers (S80, R10). */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { ExtendedLicense } from '../db/queries/extendable-licenses.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { OrderLineRow, RefundRow, SettlementRecord } from '../db/queries/orders.ts'
import { coverage, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, serviceLifeDays } from '../domain/calendar.ts'
import type { Plan, Product } from '../domain/catalogue.ts'
import { extendedState } from '../domain/extended-license.ts'
import { graceOf, planOf } from '../domain/plan.ts'
import type { ExtensionLine } from '../domain/quote.ts'
import { unitsInForce } from '../domain/units-in-force.ts'
import { giveBackLine } from './give-back-line.ts'

/** One license before and after, with the line that it was paid by. */
export interface Extension {
  readonly line: ExtensionLine
  readonly before: LicenseRow
  readonly after: LicenseRow
}

export interface Extensions {
  readonly extended: readonly Extension[]
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
  /** Of lines that could not be carried out; still to be made. */
  readonly refunds: readonly RefundRow[]
}

interface Terms {
  /** Time of the payment (R7). */
  readonly paidAt: Temporal.Instant
  /** Now. */
  readonly at: Temporal.Instant
  /** Of the payment; null when nothing was paid. */
  readonly intentId: string | null
}

/**
 * Every line that can be fulfilled is; one that cannot is marked, and its money goes back. A
 * license that is held is extended and stays held; one that ended meanwhile is honoured (R3).
 */
export function extendLicenses(
  deps: Deps,
  record: SettlementRecord,
  product: Product,
  terms: Terms,
): Extensions {
  const done = linesOf(record).map(({ line, row, found }) =>
    canBeExtended(found)
      ? extend(deps, record, { line, row, found }, soldPlan(product, line.plan), terms)
      : givenBack(deps, record, row, terms),
  )
  return {
    extended: done.flatMap((one) => one.extended),
    journal: done.flatMap((one) => one.journal),
    statements: done.flatMap((one) => one.statements),
    refunds: done.flatMap((one) => one.refunds),
  }
}

/** True unless every one of its licenses is beyond extension: then a person decides (section 5). */
export function isDeliverable(record: SettlementRecord): boolean {
  const lines = linesOf(record)
  return lines.length === 0 || lines.some(({ found }) => canBeExtended(found))
}

interface PaidLine {
  readonly line: ExtensionLine
  readonly row: OrderLineRow
  readonly found: ExtendedLicense | undefined
}

function linesOf({ priced, lines, extended }: SettlementRecord): PaidLine[] {
  return lines.flatMap((row) => {
    const line = priced.lines[row.position]
    if (line === undefined || line.kind === 'purchase' || line.kind === 'pay_per_use') return []
    const found = extended.find(({ license }) => license.id === line.licenseId)
    return [{ line, row, found }]
  })
}

function canBeExtended(found: ExtendedLicense | undefined): found is ExtendedLicense {
  return found !== undefined && found.license.revokedAt === null
}

function extend(
  deps: Deps,
  { order }: SettlementRecord,
  { line, row, found }: PaidLine & { found: ExtendedLicense },
  plan: Plan,
  { paidAt, at }: Terms,
): Extensions {
  const { license, ledger } = found
  const state = extendedState({ ...license, ledger }, line, { plan, paidAt, at })
  const { anchor, endsAt } = state
  const changed: Partial<LicenseRow> = {
    endsAt,
    anchorDay: anchor.day,
    anchorTime: anchor.time,
    serviceDays: serviceLifeDays(license.activatedAt, endsAt, anchor.zone),
    ...unitsInForce(state, license.reserved + license.consumed, at),
    cycle: state.cycle,
    nextChargeAt: state.nextChargeAt,
    currency: order.currency,
    ...(line.kind === 'upgrade'
      ? { planId: plan.id, planName: plan.name, type: plan.type, ...graceOf(plan) }
      : {}),
    version: license.version + 1,
  }
  const entries = state.entries.map((entry, index) =>
    deps.db.orm.insert(coverage).values({
      licenseId: license.id,
      sequence: ledger.length + index + 1,
      kind: entry.kind,
      orderLineId: row.id,
      entry,
      at,
    }),
  )
  const after = { ...license, ...changed }
  return {
    extended: [{ line, before: license, after }],
    journal: [journalEntry(order.id, line, after)],
    statements: [
      ...entries,
      deps.db.orm.update(licenses).set(changed).where(eq(licenses.id, license.id)),
    ],
    refunds: [],
  }
}

const TYPES = {
  renewal: 'license.renewed',
  add_units: 'license.units_added',
  upgrade: 'license.upgraded',
  pay_per_use: 'license.metered',
} as const satisfies Record<ExtensionLine['kind'], string>

function journalEntry(orderId: string, line: ExtensionLine, after: LicenseRow): JournalEntry {
  return {
    stream: `license:${after.id}`,
    version: after.version,
    type: TYPES[line.kind],
    actor: `order:${orderId}`,
    productId: after.productId,
    data: {
      plan: after.planId,
      total: after.total,
      ends_at: formatInstant(after.endsAt),
      ended_at: line.expiresAtBefore,
    },
  }
}

function givenBack(
  deps: Deps,
  record: SettlementRecord,
  row: OrderLineRow,
  { intentId }: Terms,
): Extensions {
  const { refund, statements } = giveBackLine(deps, record, row, intentId)
  return { extended: [], journal: [], statements, refunds: refund === null ? [] : [refund] }
}

function soldPlan(product: Product, planId: string): Plan {
  const plan = planOf(product, planId)
  if (plan === null) throw new Error(`product ${product.id} has no plan ${planId}`)
  return plan
}

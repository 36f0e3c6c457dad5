/** Licenses lose what an order added: entries of their ledgers, their rows, their journal. */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { TouchedLicense } from '../db/queries/aftermath.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { coverage, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, serviceLifeDays, wholeSecond } from '../domain/calendar.ts'
import { heldFrom } from '../domain/held-time.ts'
import { coverageOf, unitsAt, type CoverageEntry } from '../domain/coverage.ts'
import { unitsInForce, type UnitsInForce } from '../domain/units-in-force.ts'
import type { Reverts } from './reverted-upgrades.ts'
import { takeBackAll, takeBackUnits, type LedgerRow, type TakeBack } from '../domain/take-back.ts'

export interface LicenseChange {
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
  readonly licenses: readonly { readonly row: LicenseRow; readonly isOver: boolean }[]
}

export interface Taking {
  /** Whole lines, or units of them; those that came free follow. */
  readonly lines: readonly { readonly lineId: string; readonly quantity: number | 'all' }[]
  /** What rows become whose upgrade is taken back. */
  readonly reverts: Reverts
  readonly type: 'license.refunded' | 'license.charged_back'
  readonly actor: string
  readonly data: Readonly<Record<string, unknown>>
  /** Ids of licenses whose suspension ends with it. */
  readonly reinstate: ReadonlySet<string>
}

export function takeBackLicenses(
  deps: Deps,
  touched: readonly TouchedLicense[],
  taking: Taking,
): LicenseChange {
  const changes = touched.flatMap((each) => {
    const taken = takenFrom(deps, each, taking.lines) ?? unchanged(each, taking)
    return taken === null ? [] : [changeOf(deps, each, taken, taking)]
  })
  return {
    journal: changes.map(({ entry }) => entry),
    statements: changes.flatMap(({ statements }) => statements),
    licenses: changes.map(({ row, isOver }) => ({ row, isOver })),
  }
}

function takenFrom(
  deps: Deps,
  { license, ledger }: TouchedLicense,
  lines: Taking['lines'],
): TakeBack | null {
  const taken = license.reserved + license.consumed
  const holding = license.oneTime
    ? { ledger, held: taken, inUse: 0 }
    : { ledger, held: 0, inUse: taken }
  const own = lines.filter(({ lineId }) => ledger.some((row) => row.orderLineId === lineId))
  const whole = own.filter(({ quantity }) => quantity === 'all').map(({ lineId }) => lineId)
  if (whole.length > 0) return takeBackAll(holding, whole, wholeSecond(deps.now()))
  const units = own.reduce((sum, { quantity }) => sum + (quantity === 'all' ? 0 : quantity), 0)
  return units === 0 ? null : takeBackUnits(holding, units)
}

/** An upgrade is no entry of the ledger: time and units stay. */
function unchanged({ license, ledger }: TouchedLicense, { reverts }: Taking): TakeBack | null {
  if (!reverts.has(license.id)) return null
  const coverage = coverageOf(ledger.map(({ entry }) => entry))
  return { entries: [], coverage, isOver: false }
}

function changeOf(
  deps: Deps,
  { license, ledger }: TouchedLicense,
  taken: TakeBack,
  taking: Taking,
): { entry: JournalEntry; statements: Query[]; row: LicenseRow; isOver: boolean } {
  const at = wholeSecond(deps.now())
  const version = license.version + 1
  const isReleased = taking.reinstate.has(license.id)
  const set = {
    ...taking.reverts.get(license.id),
    ...rowAfter(license, ledger, taken, at),
    ...(isReleased ? { suspendedAt: null } : {}),
    version,
  }
  const after = { ...license, ...set }
  const held = isReleased ? heldFrom(after, license.suspendedAt, at) : {}
  const last = ledger.at(-1)?.sequence ?? 0
  return {
    row: { ...after, ...held },
    isOver: taken.isOver,
    entry: {
      stream: `license:${license.id}`,
      version,
      type: taking.type,
      actor: taking.actor,
      productId: license.productId,
      data: {
        ...taking.data,
        total: set.total ?? license.total,
        ends_at: formatInstant(set.endsAt),
      },
    },
    statements: [
      ...taken.entries.map((entry, index) =>
        deps.db.orm.insert(coverage).values({
          licenseId: license.id,
          sequence: last + index + 1,
          kind: entry.kind,
          // Not of one line: several may be taken back at once, and units more than once.
          orderLineId: null,
          entry,
          at,
        }),
      ),
      deps.db.orm
        .update(licenses)
        .set({ ...set, ...held })
        .where(eq(licenses.id, license.id)),
    ],
  }
}

/** A charge that was undone is not made again by itself: what renewed automatically waits for its owner. */
function rowAfter(
  license: LicenseRow,
  ledger: readonly LedgerRow[],
  { entries, coverage: after, isOver }: TakeBack,
  at: Temporal.Instant,
) {
  const { endsAt, anchor, hasGrace } = after
  const isMoved = endsAt.epochMilliseconds !== license.endsAt.epochMilliseconds
  const stopsAuto = license.renewalMode === 'auto' && (isMoved || isOver)
  return {
    ...unitsAfter(license, [...ledger.map(({ entry }) => entry), ...entries], at),
    endsAt,
    anchorDay: anchor.day,
    anchorTime: anchor.time,
    serviceDays: serviceLifeDays(license.activatedAt, endsAt, anchor.zone),
    ...(hasGrace ? {} : { graceDays: 0, retentionDays: 0 }),
    ...(isOver && license.revokedAt === null ? { revokedAt: at } : {}),
    ...(stopsAuto ? { renewalMode: 'manual' as const, nextChargeAt: null } : {}),
  }
}

/** What is in use goes with whoever lets it go; a license without units has none to wait for. */
function unitsAfter(
  { reserved, consumed }: LicenseRow,
  ledger: readonly CoverageEntry[],
  at: Temporal.Instant,
): UnitsInForce {
  const units = unitsInForce(unitsAt(ledger, at), reserved + consumed, at)
  return units.nextTotal === 0 ? { ...units, nextTotal: null, nextTotalAt: null } : units
}

/** What a license loses when an order is taken back: entries of its ledger, never an edit (R10). */
import type { Temporal } from 'temporal-polyfill'
import { coverageOf, reversalEntry, type Coverage, type CoverageEntry } from './coverage.ts'

export interface LedgerRow {
  readonly sequence: number
  readonly entry: CoverageEntry
  readonly orderLineId: string | null
}

export interface TakeBack {
  /** To append. */
  readonly entries: readonly CoverageEntry[]
  /** What the ledger says then; its total may be below what is in use. */
  readonly coverage: Coverage
  /** True when nothing paid is left: the license ends for good. */
  readonly isOver: boolean
}

export interface Holding {
  readonly ledger: readonly LedgerRow[]
  /** One-time units that are reserved or used up: they stay, and their time with them (R9). */
  readonly held: number
  /** Units that installations take: their time can go, they themselves only as they are let go (I4). */
  readonly inUse: number
}

/**
 * Everything that these order lines added. Where units are used up, only the others go (R9).
 * @returns null when nothing of it is left
 */
export function takeBackAll(
  { ledger, held, inUse }: Holding,
  lineIds: readonly string[],
  at: Temporal.Instant,
): TakeBack | null {
  const entries = ledger.map(({ entry }) => entry)
  if (held > 0) return takeUnits(entries, coverageOf(entries).total - held)
  const reversed = reversedIn(entries)
  const own = ledger
    .filter((row) => lineIds.includes(row.orderLineId ?? '') && !reversed.has(row.sequence))
    .filter(({ entry }) => entry.kind !== 'reversal')
  const taken = (rows: readonly LedgerRow[]) => {
    const sequences = rows.map(({ sequence }) => sequence)
    return appended(entries, [reversalEntry(entries, sequences, at)])
  }
  if (own.length === 0) return null
  const everything = taken(own)
  const isInUse = everything.coverage.total < inUse
  if (everything.isOver && !isInUse) return everything
  // Later renewals paid for the units that the purchase brought: these stay. So do those in use.
  const others = own.filter(({ entry }) => entry.kind !== 'units_granted')
  if (others.length === 0) return null
  const without = taken(others)
  if (!everything.isOver) return without
  const removed = takeUnits([...entries, ...without.entries], without.coverage.total - inUse)
  return removed === null
    ? without
    : { ...removed, entries: [...without.entries, ...removed.entries] }
}

/** Some units, from now on; never those that are held or in use. @returns null when there is none to take */
export function takeBackUnits({ ledger, held, inUse }: Holding, quantity: number): TakeBack | null {
  const entries = ledger.map(({ entry }) => entry)
  return takeUnits(entries, Math.min(quantity, coverageOf(entries).total - held - inUse))
}

/** What is left when these lines are thought away, and until when. */
export function coverageWithout(
  { ledger }: Pick<Holding, 'ledger'>,
  lineIds: readonly string[],
  at: Temporal.Instant,
): TakeBack | null {
  return takeBackAll({ ledger, held: 0, inUse: 0 }, lineIds, at)
}

function takeUnits(entries: readonly CoverageEntry[], quantity: number): TakeBack | null {
  if (quantity <= 0) return null
  return appended(entries, [{ kind: 'units_removed', quantity }])
}

function appended(before: readonly CoverageEntry[], added: readonly CoverageEntry[]): TakeBack {
  const all = [...before, ...added]
  const reversed = reversedIn(all)
  const isPaid = (entry: CoverageEntry) =>
    'endsAt' in entry && entry.kind !== 'goodwill' && entry.kind !== 'alignment'
  const isOver = !all.some((entry, index) => isPaid(entry) && !reversed.has(index + 1))
  return { entries: added, coverage: coverageOf(all), isOver }
}

function reversedIn(entries: readonly CoverageEntry[]): ReadonlySet<number> {
  return new Set(entries.flatMap((entry) => (entry.kind === 'reversal' ? entry.reverses : [])))
}

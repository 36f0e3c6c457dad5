/**
 * Coverage is a ledger (R10): from when to when a license is valid and how many units it has are
 * computed from its entries, never edited. An entry is a plain JSON document, one row of the table
 * `coverage`; its place in the ledger, from 1, is its sequence.
 */
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import {
  formatInstant,
  instantAt,
  localDate,
  anchorOf,
  parseInstant,
  subtractMonths,
  type Anchor,
} from './calendar.ts'

const wireInstant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
const anchor = z.object({
  day: z.number().int().min(1).max(31),
  time: z.string().regex(/^\d{2}:\d{2}:\d{2}$/),
  zone: z.string(),
})

/** Time that was bought, given or added: what it consists of, and where it leaves the license. */
const TimeEntry = z.object({
  kind: z.enum(['purchase', 'renewal', 'alignment', 'complimentary', 'goodwill', 'pay_per_use']),
  /** Where this time begins, the end before it for all but the first. */
  startsAt: wireInstant,
  endsAt: wireInstant,
  /** In force after this entry. */
  anchor,
  /** Whole months on the anchor; 0 where the time is counted in days. */
  months: z.number().int().min(0),
  /** Local dates beside the months. */
  extraDays: z.number().int().min(0),
})
const UnitEntry = z.object({
  kind: z.enum(['units_granted', 'units_added', 'units_removed']),
  quantity: z.number().int().min(1),
  /** In force from here on; left out: from when it was written. Only fewer units wait (R14). */
  from: wireInstant.optional(),
})
/** Takes entries back, for instance all those of one refunded order line. */
const Reversal = z.object({
  kind: z.literal('reversal'),
  /** Sequences of the entries, which stay in the ledger. */
  reverses: z.array(z.number().int().min(1)).min(1),
  at: wireInstant,
})

export const CoverageEntry = z.discriminatedUnion('kind', [TimeEntry, UnitEntry, Reversal])
export type CoverageEntry = z.infer<typeof CoverageEntry>
export type TimeEntry = z.infer<typeof TimeEntry>
export type Reversal = z.infer<typeof Reversal>
export type CoverageKind = CoverageEntry['kind']

export interface Coverage {
  readonly startsAt: Temporal.Instant
  /** Exclusive. */
  readonly endsAt: Temporal.Instant
  readonly anchor: Anchor
  /** Units, with those that are taken away later gone already: `unitsAt` tells them apart. */
  readonly total: number
  /** False when a reversal ended the license: grace and retention do not follow (R10). */
  readonly hasGrace: boolean
}

/** An entry and its place in the ledger. */
interface Placed<Entry> {
  readonly sequence: number
  readonly entry: Entry
}
interface End {
  readonly endsAt: Temporal.Instant
  readonly anchor: Anchor
  readonly hasGrace: boolean
}

/**
 * Computes what the ledger says.
 *
 * Reversing the last live entry restores the end and anchor before it. Reversing an earlier one
 * moves the end back by its months on the current anchor, and by its extra days with the earlier
 * anchor restored, unless a later live entry is aligned; nothing is ever aligned again. An end that
 * would lie before the reversal becomes the time of the reversal, without grace.
 *
 * @param ledger  all entries of one license, in sequence; the first one gives time
 * @throws Error for a ledger that does not begin with time (a bug)
 */
export function coverageOf(ledger: readonly CoverageEntry[]): Coverage {
  const times = timesOf(ledger)
  const first = times.find(({ sequence }) => !reversedBy(ledger).has(sequence)) ?? times[0]
  if (first === undefined) throw new Error('a coverage ledger without time')
  return { startsAt: parseInstant(first.entry.startsAt), ...endOf(ledger), total: totalOf(ledger) }
}

/** Units in force, and how many there are later where fewer were bought for the next period. */
export function unitsAt(
  ledger: readonly CoverageEntry[],
  at: Temporal.Instant,
): {
  readonly total: number
  readonly next: { readonly total: number; readonly at: Temporal.Instant } | null
} {
  const reversed = reversedBy(ledger)
  const waiting = ledger.flatMap((entry, index) => {
    if (!('quantity' in entry) || entry.from === undefined || reversed.has(index + 1)) return []
    const from = parseInstant(entry.from)
    return Temporal.Instant.compare(from, at) > 0 ? [{ from, quantity: entry.quantity }] : []
  })
  const total = totalOf(ledger)
  const last = waiting.at(-1)
  if (last === undefined) return { total, next: null }
  const taken = waiting.reduce((sum, { quantity }) => sum + quantity, 0)
  return { total: total + taken, next: { total, at: last.from } }
}

/**
 * The entry that takes others back. @param sequences  of entries that are live
 * @throws Error when one of them does not exist or was reversed before (a bug)
 */
export function reversalEntry(
  ledger: readonly CoverageEntry[],
  sequences: readonly number[],
  at: Temporal.Instant,
): Reversal {
  const reversed = reversedBy(ledger)
  for (const sequence of sequences) {
    const entry = ledger[sequence - 1]
    if (entry === undefined || entry.kind === 'reversal' || reversed.has(sequence)) {
      throw new Error(`entry ${sequence} cannot be reversed`)
    }
  }
  return { kind: 'reversal', reverses: [...sequences], at: formatInstant(at) }
}

function totalOf(ledger: readonly CoverageEntry[]): number {
  const reversed = reversedBy(ledger)
  return ledger.reduce((total, entry, index) => {
    if (!('quantity' in entry) || reversed.has(index + 1)) return total
    return entry.kind === 'units_removed' ? total - entry.quantity : total + entry.quantity
  }, 0)
}

function endOf(ledger: readonly CoverageEntry[]): End {
  const last = ledger.findLastIndex((entry) => entry.kind === 'reversal' || 'endsAt' in entry)
  const entry = ledger[last]
  if (entry?.kind === 'reversal') return endAfterReversal(ledger.slice(0, last + 1), entry)
  if (entry === undefined || !('endsAt' in entry)) throw new Error('a coverage ledger without time')
  return { endsAt: parseInstant(entry.endsAt), anchor: entry.anchor, hasGrace: true }
}

function endAfterReversal(ledger: readonly CoverageEntry[], reversal: Reversal): End {
  const before = endOf(ledger.slice(0, -1))
  if (!timesOf(ledger).some(({ sequence }) => reversal.reverses.includes(sequence))) return before
  const at = parseInstant(reversal.at)
  const moved = unwound(ledger)
  if (moved !== null && Temporal.Instant.compare(moved.endsAt, at) >= 0) {
    return { ...moved, hasGrace: before.hasGrace }
  }
  return { endsAt: earlier(before.endsAt, at), anchor: before.anchor, hasGrace: false }
}

/** The end of the live entries, moved back by what was reversed under them; null when none is paid. */
function unwound(ledger: readonly CoverageEntry[]): Omit<End, 'hasGrace'> | null {
  const reversed = reversedBy(ledger)
  const times = timesOf(ledger)
  const live = times.filter(({ sequence }) => !reversed.has(sequence))
  const last = live.at(-1)
  if (last === undefined || !live.some(({ entry }) => isPaid(entry))) return null
  const underneath = times.filter(
    ({ sequence }) => sequence < last.sequence && (reversed.get(sequence) ?? 0) > last.sequence,
  )
  const start = { endsAt: parseInstant(last.entry.endsAt), anchor: last.entry.anchor }
  return underneath.toReversed().reduce((end, taken) => movedBack(end, taken, times, live), start)
}

function movedBack(
  end: { endsAt: Temporal.Instant; anchor: Anchor },
  taken: Placed<TimeEntry>,
  times: readonly Placed<TimeEntry>[],
  live: readonly Placed<TimeEntry>[],
): { endsAt: Temporal.Instant; anchor: Anchor } {
  const { months, extraDays } = taken.entry
  const endsAt = months > 0 ? subtractMonths(end.endsAt, months, end.anchor) : end.endsAt
  const later = live.filter(({ sequence }) => sequence > taken.sequence)
  const isPinned = later.some(({ entry }) => entry.kind === 'alignment')
  if (isPinned || !setsAnchor(taken.entry)) return { endsAt, anchor: end.anchor }
  const date = localDate(endsAt, end.anchor.zone).subtract({ days: extraDays })
  if (later.some(({ entry }) => setsAnchor(entry))) {
    const moved = instantAt(date, end.anchor.time, end.anchor.zone)
    return { endsAt: moved, anchor: anchorOf(moved, end.anchor.zone) }
  }
  const restored = anchorBefore(taken, times) ?? end.anchor
  return { endsAt: instantAt(date, restored.time, restored.zone), anchor: restored }
}

function anchorBefore(taken: Placed<TimeEntry>, times: readonly Placed<TimeEntry>[]) {
  return times.findLast(({ sequence }) => sequence < taken.sequence)?.entry.anchor
}

/** Sequence of each reversed entry → sequence of its reversal. */
function reversedBy(ledger: readonly CoverageEntry[]): ReadonlyMap<number, number> {
  return new Map(
    ledger.flatMap((entry, index) =>
      entry.kind === 'reversal'
        ? entry.reverses.map((sequence): [number, number] => [sequence, index + 1])
        : [],
    ),
  )
}

function timesOf(ledger: readonly CoverageEntry[]): Placed<TimeEntry>[] {
  return ledger.flatMap((entry, index) =>
    'endsAt' in entry ? [{ sequence: index + 1, entry }] : [],
  )
}

/** Goodwill alone does not keep a license; what came free with a paid one does, until that is reversed. */
function isPaid(entry: TimeEntry): boolean {
  return entry.kind !== 'goodwill' && entry.kind !== 'alignment'
}

function setsAnchor(entry: TimeEntry): boolean {
  return ['alignment', 'goodwill', 'pay_per_use'].includes(entry.kind)
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other
}

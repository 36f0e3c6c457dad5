import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from '../../../server/domain/calendar.ts'
import type { CoverageEntry } from '../../../server/domain/coverage.ts'
import { renewalEntries } from '../../../server/domain/coverage-entries.ts'
import { purchaseEntries } from '../../../server/domain/coverage-entries.ts'
import {
  coverageWithout,
  takeBackAll,
  takeBackUnits,
  type LedgerRow,
} from '../../../server/domain/take-back.ts'

const EARLY = parseInstant('2025-02-01T00:00:00Z')

function rows(...parts: readonly (readonly [string, readonly CoverageEntry[]])[]): LedgerRow[] {
  return parts
    .flatMap(([orderLineId, entries]) => entries.map((entry) => ({ orderLineId, entry })))
    .map((row, index) => ({ ...row, sequence: index + 1 }))
}

/** Bought on 31 January 2025, five units, and renewed three times. */
function renewedThrice(): LedgerRow[] {
  const paidAt = parseInstant('2025-01-31T16:55:10Z')
  const bought = purchaseEntries({ paidAt, months: 1, zone: 'UTC', quantity: 5 }).entries
  const parts: [string, readonly CoverageEntry[]][] = [['bought', bought]]
  for (const name of ['first', 'second', 'third']) {
    const ledger = parts.flatMap(([, entries]) => entries)
    parts.push([name, renewalEntries(ledger, 1, null).entries])
  }
  return rows(...parts)
}

const holding = (ledger: LedgerRow[], held = 0) => ({ ledger, held, inUse: 0 })
const running = (ledger: LedgerRow[], inUse: number) => ({ ledger, held: 0, inUse })
const ends = (found: ReturnType<typeof takeBackAll>) =>
  found && formatInstant(found.coverage.endsAt)

describe('takeBackAll()', () => {
  it('R10: the second of three renewals moves the end back by its month, on the anchor', () => {
    expect(ends(takeBackAll(holding(renewedThrice()), ['second'], EARLY))).toBe(
      '2025-04-30T16:55:10Z',
    )
  })

  it('R10: the last one restores the ledger before it', () => {
    expect(ends(takeBackAll(holding(renewedThrice()), ['third'], EARLY))).toBe(
      '2025-04-30T16:55:10Z',
    )
    expect(ends(takeBackAll(holding(renewedThrice()), ['second', 'third'], EARLY))).toBe(
      '2025-03-31T16:55:10Z',
    )
  })

  it('the purchase alone leaves what was renewed', () => {
    const left = takeBackAll(holding(renewedThrice()), ['bought'], EARLY)
    expect(left).toMatchObject({ isOver: false, coverage: { total: 5 } })
    expect(ends(left)).toBe('2025-04-30T16:55:10Z')
  })

  it('everything ends the license now, for good', () => {
    const lines = ['bought', 'first', 'second', 'third']
    const over = takeBackAll(holding(renewedThrice()), lines, EARLY)
    expect(over).toMatchObject({ isOver: true, coverage: { total: 0, hasGrace: false } })
    expect(ends(over)).toBe('2025-02-01T00:00:00Z')
    expect(over?.entries.map(({ kind }) => kind)).toEqual(['reversal'])
  })

  it.each([
    { kind: 'goodwill', isOver: true },
    { kind: 'alignment', isOver: true },
    { kind: 'renewal', isOver: false },
    { kind: 'complimentary', isOver: false },
  ] as const)('leaves a license with $kind alone over: $isOver', ({ kind, isOver }) => {
    const [bought, units, renewal] = renewedThrice().map(({ entry }) => entry)
    if (!bought || !units || !renewal) throw new Error('a shorter ledger')
    const left = { ...renewal, kind } as CoverageEntry
    const ledger = rows(['bought', [bought, units]], ['other', [left]])
    expect(takeBackAll(holding(ledger), ['bought'], EARLY)?.isOver).toBe(isOver)
  })

  it.each([
    { lines: ['second'] },
    { lines: ['bought'] },
    { lines: ['bought', 'first', 'second', 'third'] },
  ])('is nothing the second time: $lines', ({ lines }) => {
    const ledger = renewedThrice()
    const once = takeBackAll(holding(ledger), lines, EARLY)
    const after = rows(
      ...ledger.map((row): [string, CoverageEntry[]] => [row.orderLineId ?? '', [row.entry]]),
      [lines[0] ?? '', once?.entries ?? []],
    )
    expect(takeBackAll(holding(after), lines, EARLY)).toBeNull()
  })

  it('R9: leaves units that are reserved or used up, and their time', () => {
    expect(takeBackAll(holding(renewedThrice(), 2), ['bought'], EARLY)).toMatchObject({
      entries: [{ kind: 'units_removed', quantity: 3 }],
      coverage: { total: 2 },
      isOver: false,
    })
    expect(takeBackAll(holding(renewedThrice(), 5), ['bought'], EARLY)).toBeNull()
  })

  it('I4: ends a license that is in use with the units that run, and no other', () => {
    const lines = ['bought', 'first', 'second', 'third']
    const over = takeBackAll(running(renewedThrice(), 2), lines, EARLY)
    expect(over).toMatchObject({ isOver: true, coverage: { total: 2, hasGrace: false } })
    expect(over?.entries.map(({ kind }) => kind)).toEqual(['reversal', 'units_removed'])
    expect(ends(over)).toBe('2025-02-01T00:00:00Z')
    const full = takeBackAll(running(renewedThrice(), 5), lines, EARLY)
    expect(full).toMatchObject({ isOver: true, coverage: { total: 5 } })
  })

  it('takes a renewal back from a license that is in use', () => {
    const left = takeBackAll(running(renewedThrice(), 5), ['third'], EARLY)
    expect(left).toMatchObject({ isOver: false, coverage: { total: 5 } })
    expect(ends(left)).toBe('2025-04-30T16:55:10Z')
  })
})

describe('takeBackUnits()', () => {
  it('takes units and no time, and never those that are held', () => {
    const two = takeBackUnits(holding(renewedThrice()), 2)
    expect(two?.coverage.total).toBe(3)
    expect(ends(two)).toBe('2025-05-31T16:55:10Z')
    expect(takeBackUnits(holding(renewedThrice(), 4), 2)?.coverage.total).toBe(4)
    expect(takeBackUnits(holding(renewedThrice(), 5), 2)).toBeNull()
    expect(takeBackUnits(running(renewedThrice(), 4), 2)?.coverage.total).toBe(4)
  })
})

describe('coverageWithout()', () => {
  it('P19: tells until when the other orders cover a license', () => {
    expect(ends(coverageWithout({ ledger: renewedThrice() }, ['third'], EARLY))).toBe(
      '2025-04-30T16:55:10Z',
    )
    expect(
      coverageWithout({ ledger: renewedThrice() }, ['bought', 'first', 'second', 'third'], EARLY)
        ?.isOver,
    ).toBe(true)
  })
})

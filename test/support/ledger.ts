/** Ledgers in one line each: what was bought, renewed, given and taken back, in the order it happened. */
import type { RenewalDay } from '../../server/domain/alignment.ts'
import { formatInstant as text, parseInstant as at } from '../../server/domain/calendar.ts'
import {
  goodwillEntries,
  purchaseEntries,
  renewalEntries,
} from '../../server/domain/coverage-entries.ts'
import { coverageOf, reversalEntry, type CoverageEntry } from '../../server/domain/coverage.ts'

export type Ledger = readonly CoverageEntry[]

/** Five units for one month, paid at that instant. */
export const buy = (paidAt: string, months = 1, quantity = 5, zone = 'UTC'): Ledger =>
  purchaseEntries({ paidAt: at(paidAt), months, zone, quantity }).entries
export const renew = (ledger: Ledger, months = 1, day: RenewalDay | null = null): Ledger => [
  ...ledger,
  ...renewalEntries(ledger, months, day).entries,
]
export const give = (ledger: Ledger, days: number): Ledger => [
  ...ledger,
  ...goodwillEntries(ledger, days).entries,
]
export const reverse = (ledger: Ledger, sequences: number[], when: string): Ledger => [
  ...ledger,
  reversalEntry(ledger, sequences, at(when)),
]
/** All that a reader of the ledger learns, as text. */
export const told = (ledger: Ledger) => {
  const { startsAt, endsAt, ...rest } = coverageOf(ledger)
  return { startsAt: text(startsAt), endsAt: text(endsAt), ...rest }
}

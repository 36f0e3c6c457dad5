/** Mistakes in renewals: whom they wait for, how long they last, and what is charged by itself. */
import type { PlantedBug } from './patches.ts'

const HELD = 'server/usecases/held-licenses.ts'
const EXTEND = 'server/usecases/extend-licenses.ts'
const ENTRIES = 'server/domain/extension-entries.ts'

export const RENEWAL_BUGS: readonly PlantedBug[] = [
  {
    name: 'license-not-held',
    file: HELD,
    find: `return [exactly(held, licenses.length)]`,
    replace: `return []`,
    foundBy: ['S80', 'R18'],
  },
  {
    name: 'license-held-for-ever',
    file: HELD,
    find: `.where(eq(openRenewals.orderId, id))`,
    replace: `.where(eq(openRenewals.orderId, 'ord_none'))`,
    foundBy: ['S80'],
  },
  {
    name: 'renewed-from-the-payment',
    file: ENTRIES,
    find: `const base = addMonths(start.startsAt, line.months, start.anchor)`,
    replace: `const base = addMonths(paidAt, line.months, start.anchor)`,
    foundBy: ['R1', 'R5', 'I6'],
  },
  {
    name: 'aligned-a-day-later',
    file: 'server/domain/alignment.ts',
    find: `alignedAt: instantAt(alignedDate, END_OF_DAY, anchor.zone),`,
    replace: `alignedAt: instantAt(alignedDate.add({ days: 1 }), END_OF_DAY, anchor.zone),`,
    foundBy: ['R5'],
  },
  {
    name: 'all-units-added-again',
    file: ENTRIES,
    find: `return quantity - unitsBefore`,
    replace: `return quantity`,
    foundBy: ['I1'],
  },
  {
    name: 'period-not-written',
    file: EXTEND,
    find: `      ...entries,\n`,
    replace: '',
    foundBy: ['I1', 'I3'],
  },
  {
    name: 'renewed-without-entry',
    file: EXTEND,
    find: `journal: [journalEntry(order.id, line, after)],`,
    replace: `journal: [],`,
    foundBy: ['I8'],
  },
  {
    name: 'renewed-without-version',
    file: EXTEND,
    find: `    version: license.version + 1,\n`,
    replace: '',
    foundBy: ['I8', 'I2'],
  },
  {
    name: 'revoked-is-renewed',
    file: EXTEND,
    find: `return found !== undefined && found.license.revokedAt === null`,
    replace: `return found !== undefined`,
    foundBy: ['R3'],
  },
  {
    name: 'charge-begun-without-entry',
    file: 'server/usecases/charge-renewals.ts',
    find: `journal: group.map(({ due }) => beginEntry(due)),`,
    replace: `journal: [],`,
    foundBy: ['I8', 'R18'],
  },
  {
    name: 'charged-again-at-once',
    file: 'server/domain/extended-license.ts',
    find: `renewalMode === 'auto' ? firstAttemptAt(endsAt, chargeTermsOf(plan), anchor.zone) : null,`,
    replace: `renewalMode === 'auto' ? at : null,`,
    foundBy: ['R18'],
  },
  {
    name: 'charge-never-settled',
    file: 'server/usecases/auto-charge-effects.ts',
    find: `.set({ state: 'charged', nextAt: null, failure: null })`,
    replace: `.set({ nextAt: null })`,
    foundBy: ['R18'],
  },
]

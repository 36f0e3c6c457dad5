/** Mistakes in what follows a payment: refunds and disputes. */
import type { PlantedBug } from './patches.ts'

const FOLLOW = 'server/usecases/follow-aftermath.ts'
const DISPUTES = 'server/usecases/aftermath-disputes.ts'
const REFUNDS = 'server/usecases/aftermath-refunds.ts'

export const AFTERMATH_BUGS: readonly PlantedBug[] = [
  {
    name: 'suspended-after-a-dispute-was-won',
    file: DISPUTES,
    find: `reinstate: isHolding ? new Set() : held,`,
    replace: `reinstate: new Set(),`,
    foundBy: ['R16'],
  },
  {
    name: 'lost-dispute-takes-nothing',
    file: FOLLOW,
    find: `if (lost.length === 0) return []`,
    replace: `if (lost.length >= 0) return []`,
    foundBy: ['R15', 'R16'],
  },
  {
    name: 'lost-dispute-not-counted',
    file: FOLLOW,
    find: `(state === 'lost' ? amount : 0)`,
    replace: `(state === 'lost' ? 0 : 0)`,
    foundBy: ['R15'],
  },
  {
    name: 'refund-in-the-dashboard-ignored',
    file: REFUNDS,
    find: `.map((refund) => foreignRow(deps, record, refund))`,
    replace: `.slice(0, 0)\n    .map((refund) => foreignRow(deps, record, refund))`,
    foundBy: ['I12', 'R15'],
  },
  {
    name: 'refunded-keeps-its-period',
    file: FOLLOW,
    find: `const lines = [...takenLines(record, refunded.applied), ...lostLines(record, disputed)]`,
    replace: `const lines = lostLines(record, disputed)`,
    foundBy: ['R15'],
  },
  {
    name: 'open-dispute-not-noted',
    file: DISPUTES,
    find: `...changed.map((row) => stored(deps, row)),`,
    replace: `...changed.filter(({ state }) => state !== 'open').map((row) => stored(deps, row)),`,
    foundBy: ['R16'],
  },
  {
    name: 'installations-keep-what-was-paid-back',
    file: 'server/usecases/take-back-licenses.ts',
    find: `license.oneTime\n    ?`,
    replace: `license.total > 0\n    ?`,
    foundBy: ['R15'],
    stage: ['mover0', 'money-back1'],
  },
]

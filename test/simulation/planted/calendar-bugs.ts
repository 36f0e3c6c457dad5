/** Mistakes in dates: what lasts how long, and which status a license has when. */
import type { PlantedBug } from './patches.ts'

const CALENDAR = 'server/domain/calendar.ts'

export const CALENDAR_BUGS: readonly PlantedBug[] = [
  {
    name: 'months-counted-as-thirty-days',
    file: CALENDAR,
    find: `return onAnchor(anchoredMonth(end, anchor).add({ months }), anchor)`,
    replace: `return end.add({ hours: 24 * 30 * months })`,
    foundBy: ['R1'],
  },
  {
    name: 'months-counted-in-utc',
    file: 'server/usecases/issue-licenses.ts',
    find: `const zone = record.customer.zone`,
    replace: `const zone = 'UTC'`,
    foundBy: ['R1'],
  },
  {
    name: 'complimentary-ends-a-second-earlier',
    file: 'server/domain/issuance.ts',
    find: `    kind: 'complimentary',
    plan: soldPlan(product, rule.plan),`,
    replace: `    kind: 'complimentary',
    coverage: { ...bought.coverage, endsAt: bought.coverage.endsAt.subtract({ seconds: 1 }) },
    plan: soldPlan(product, rule.plan),`,
    foundBy: ['S25'],
  },
  {
    name: 'active-one-moment-too-long',
    file: 'server/db/queries/license-status.ts',
    find: 'WHEN ${at} >= ${licenses.endsAt} THEN',
    replace: 'WHEN ${at} > ${licenses.endsAt} THEN',
    foundBy: ['C12'],
  },
]

/** Mistakes in dates: what lasts how long, and which status a license has when. */
import type { PlantedBug } from './patches.ts'

const CALENDAR = 'server/domain/calendar.ts'

export const CALENDAR_BUGS: readonly PlantedBug[] = [
  {
    name: 'months-counted-as-thirty-days',
    file: CALENDAR,
    find: `return instantAt(addMonthsToDate(end, months, anchor), anchor.time, anchor.zone)`,
    replace: `return end.add({ hours: 24 * 30 * months })`,
    foundBy: ['R1'],
  },
  {
    name: 'complimentary-ends-a-second-earlier',
    file: 'server/domain/issuance.ts',
    find: `...complimentaryEntries(origin, quantity),`,
    replace: `...complimentaryEntries({ ...origin, endsAt: origin.endsAt.subtract({ seconds: 1 }) }, quantity),`,
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

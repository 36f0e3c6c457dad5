/** Takes away whatever a failure does not need: actors, faults, disorder. */
import type { Schedule } from './schedule.ts'

/**
 * @param fails  plays a schedule and says whether it still breaks the same invariant
 * @param struck the faults that struck in the schedule as it was found
 * @param actors its actors
 * @returns the shortest schedule found
 */
export async function shrink(
  found: Schedule,
  { struck, actors }: { struck: readonly string[]; actors: readonly string[] },
  fails: (schedule: Schedule) => Promise<boolean>,
): Promise<Schedule> {
  let shortest: Schedule = {
    ...found,
    actors: found.actors ?? actors,
    faults: found.faults ?? struck,
  }
  if (!(await fails(shortest))) return found
  for (let isShorter = true; isShorter;) {
    const before = sizeOf(shortest)
    const calm = { ...shortest, isInTurn: true }
    if (!shortest.isInTurn && (await fails(calm))) shortest = calm
    shortest = await without(shortest, 'actors', fails)
    shortest = await without(shortest, 'faults', fails)
    isShorter = sizeOf(shortest) < before
  }
  return shortest
}

/** First halves, then quarters … then single ones. */
async function without(
  schedule: Schedule,
  part: 'actors' | 'faults',
  fails: (schedule: Schedule) => Promise<boolean>,
): Promise<Schedule> {
  let shortest = schedule
  for (let share = Math.ceil((schedule[part]?.length ?? 0) / 2); share >= 1; share = share >> 1) {
    for (let start = 0; start < (shortest[part]?.length ?? 0);) {
      const kept = (shortest[part] ?? []).filter((_, at) => at < start || at >= start + share)
      const shorter = { ...shortest, [part]: kept }
      if (await fails(shorter)) shortest = shorter
      else start += share
    }
  }
  return shortest
}

function sizeOf({ actors, faults, isInTurn }: Schedule): number {
  return (actors?.length ?? 0) + (faults?.length ?? 0) + (isInTurn ? 0 : 1)
}

/** Plays schedules until one breaks an invariant, and then says it as shortly as possible. */
import { formatSchedule, scheduleOf, type Schedule } from './schedule.ts'
import { shrink } from './shrink.ts'
import type { Violation } from '../invariants/violation.ts'
import type { Outcome, Play } from '../world/play.ts'

export interface Failure {
  readonly seed: number
  /** What was broken in the schedule as it was found, and in the shortest one. */
  readonly invariant: string
  readonly says: string
  /** As `formatSchedule` writes it. */
  readonly schedule: string
  readonly cast: readonly string[]
  readonly trace: readonly string[]
}

/** One schedule exactly as it is written, with its trace. */
export interface Replay {
  readonly violation: Violation | null
  readonly trace: readonly string[]
}

export async function replay(play: Play, schedule: Schedule): Promise<Replay> {
  const { violation, trace } = await play(schedule, { isTraced: true })
  return { violation, trace: trace ?? [] }
}

/** The first failure of these seeds; null when all end well. */
export async function firstFailure(
  play: Play,
  seeds: {
    readonly from: number
    readonly count: number
    readonly actors?: readonly string[]
    readonly isShrunk: boolean
  },
): Promise<Failure | null> {
  for (let seed = seeds.from; seed < seeds.from + seeds.count; seed++) {
    const outcome = await play({ ...scheduleOf(seed), actors: seeds.actors ?? null })
    if (outcome.violation === null) continue
    return seeds.isShrunk ? explain(play, outcome) : asFound(outcome, outcome.violation)
  }
  return null
}

function asFound({ schedule, cast }: Outcome, violation: Violation): Failure {
  const { seed } = schedule
  const named = formatSchedule({ ...schedule, actors: cast })
  return { ...violation, seed, schedule: named, cast, trace: [] }
}

async function explain(play: Play, found: Outcome): Promise<Failure> {
  const invariant = found.violation?.invariant
  const parts = { struck: found.struck, actors: found.cast }
  const isSame = async (schedule: Schedule) =>
    (await play(schedule)).violation?.invariant === invariant
  const shortest = await shrink(found.schedule, parts, isSame)
  const { violation, trace, cast, schedule } = await play(shortest, { isTraced: true })
  if (violation === null) throw new Error(`${formatSchedule(shortest)} does not replay exactly`)
  return {
    ...violation,
    seed: schedule.seed,
    schedule: formatSchedule(shortest),
    cast,
    trace: trace ?? [],
  }
}

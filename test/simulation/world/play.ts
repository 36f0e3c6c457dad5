/** Plays one schedule from its first actor to the last invariant. */
import { surroundWith } from '../core/ambient.ts'
import { chanceOf } from '../core/chance.ts'
import type { Schedule } from '../core/schedule.ts'
import { actorNamed, castOf, companyOf } from '../actors/cast.ts'
import { sceneOf } from '../actors/scene.ts'
import type { Violation } from '../invariants/violation.ts'
import { replayEverything } from '../invariants/replayed.ts'
import { watch } from '../invariants/watch.ts'
import { keepTime } from './cron.ts'
import { settle } from './settle.ts'
import { surroundingsOf } from './surroundings.ts'
import { World, type Machine } from './world.ts'

export interface Outcome {
  readonly schedule: Schedule
  /** What was broken first; null for a day that ended well. */
  readonly violation: Violation | null
  /** Who took part. */
  readonly cast: readonly string[]
  readonly struck: readonly string[]
  /** Null unless it was asked for. */
  readonly trace: readonly string[] | null
}

/** Actors come in within this time. */
const ENTRANCE_MS = 120_000

export type Play = (schedule: Schedule, options?: { isTraced?: boolean }) => Promise<Outcome>

/** On that machine, one schedule after the other. */
export function playerOn(machine: Machine): Play {
  return (schedule, { isTraced = false } = {}) => play(machine, schedule, isTraced)
}

async function play(machine: Machine, schedule: Schedule, isTraced: boolean): Promise<Outcome> {
  machine.disk.wipe()
  const world = new World(machine, schedule, isTraced)
  surroundWith(surroundingsOf(world))
  const cast = schedule.actors ?? castOf(chanceOf(schedule.seed, 'cast'), companyOf(schedule.seed))
  const watching = watch(world)
  world.afterWrite = watching.afterWrite
  try {
    keepTime(world)
    let isEmpty = () => true
    for (const name of cast) {
      const task = world.scheduler.newTask(name, null)
      const number = /\d+$/.exec(name)?.[0]
      const afterMs = world.lot(`entrance ${number}`) * ENTRANCE_MS
      world.scheduler.start(task, () => actorNamed(name).act(sceneOf(world)), afterMs)
      const others = isEmpty
      isEmpty = () => task.state !== 'running' && others()
    }
    await world.scheduler.run(isEmpty)
    await settle(world)
    if (world.violation === null) watching.atRest()
    await replayEverything(world)
  } finally {
    surroundWith(null)
  }
  return {
    schedule,
    violation: world.violation,
    cast,
    struck: [...new Set(world.faults.struck)],
    trace: world.trace,
  }
}

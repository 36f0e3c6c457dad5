/** Plays one schedule from its first actor to the last invariant. */
import { surroundWith } from '../core/ambient.ts'
import { chanceOf } from '../core/chance.ts'
import type { Schedule } from '../core/schedule.ts'
import { castOf } from '../actors/cast.ts'
import { sceneOf } from '../actors/scene.ts'
import type { Violation } from '../invariants/violation.ts'
import { watch } from '../invariants/watch.ts'
import { keepTime } from './cron.ts'
import { settle } from './settle.ts'
import { surroundingsOf } from './surroundings.ts'
import { World, type Machine } from './world.ts'

export interface Outcome {
  readonly schedule: Schedule
  /** What was broken first; null for a day that ended well. */
  readonly violation: Violation | null
  /** Names of the actors of the seed, in the order of their numbers. */
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
  const cast = castOf(chanceOf(schedule.seed, 'cast'))
  const watching = watch(world)
  world.afterWrite = watching.afterWrite
  try {
    keepTime(world)
    let isEmpty = () => true
    cast.forEach((actor, number) => {
      if (schedule.actors !== null && !schedule.actors.includes(number)) return
      const task = world.scheduler.newTask(`${actor.name}${number}`, null)
      world.scheduler.start(
        task,
        () => actor.act(sceneOf(world)),
        world.lot(`entrance ${number}`) * ENTRANCE_MS,
      )
      const others = isEmpty
      isEmpty = () => task.state !== 'running' && others()
    })
    await world.scheduler.run(isEmpty)
    await settle(world)
    if (world.violation === null) watching.atRest()
  } finally {
    surroundWith(null)
  }
  return {
    schedule,
    violation: world.violation,
    cast: cast.map(({ name }) => name),
    struck: [...new Set(world.faults.struck)],
    trace: world.trace,
  }
}

/** A process that plays schedules for `pool.ts`; each bundle that it is asked for is loaded once. */
import type * as Entry from './entry.ts'
import type { Simulation } from './entry.ts'
import { takeOver } from './core/ambient.ts'
import { firstFailure, replay, type Failure, type Replay } from './core/find.ts'
import { rememberKinds } from './core/known-kinds.ts'
import { parseSchedule } from './core/schedule.ts'
import type { End, Telling } from './world/permutation.ts'

/** Play on that bundle: seeds until one fails, one schedule as it is written, or one life in many orders. */
export type Order =
  | {
      readonly bundle: string
      readonly from: number
      readonly count: number
      readonly actors?: readonly string[]
      readonly isShrunk: boolean
    }
  | {
      readonly bundle: string
      readonly seed: number
      readonly schedule: string
      /** Of a bundle with all of them. */
      readonly planted?: string
    }
  | { readonly bundle: string; readonly tellings: readonly Telling[] }

export interface Numbered {
  readonly number: number
  readonly order: Order
}

export interface Answer {
  readonly number: number
  /** Of seeds. */
  readonly failure: Failure | null
  /** Of a schedule. */
  readonly replay: Replay | null
  /** Of lives, in the order in which they were asked for. */
  readonly ends: readonly End[]
  /** Set when the simulator itself broke. */
  readonly crash: string | null
}

interface Loaded extends Simulation {
  /** Wakes one of the planted bugs, of a bundle with all of them. */
  readonly plant: ((name: string | null) => void) | undefined
}

rememberKinds()
takeOver()
let loaded: { readonly bundle: string; readonly simulation: Loaded } | null = null

process.on('message', ({ number, order }: Numbered) => {
  void answer(number, order).then((said) => process.send?.(said))
})
process.on('disconnect', () => {
  loaded?.simulation.close()
  process.exit(0)
})

async function answer(number: number, order: Order): Promise<Answer> {
  const nothing = { number, failure: null, replay: null, ends: [], crash: null }
  try {
    const { play, tell, plant } = await simulationOf(order.bundle)
    if ('tellings' in order) {
      const ends: End[] = []
      for (const telling of order.tellings) ends.push(await tell(telling))
      return { ...nothing, ends }
    }
    if ('count' in order) return { ...nothing, failure: await firstFailure(play, order) }
    const schedule = parseSchedule(order.seed, order.schedule)
    plant?.(order.planted ?? null)
    return { ...nothing, replay: await replay(play, schedule) }
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ...nothing, crash }
  }
}

async function simulationOf(bundle: string): Promise<Loaded> {
  if (loaded?.bundle !== bundle) {
    loaded?.simulation.close()
    const { startSimulation, plant }: typeof Entry & Partial<Loaded> = await import(bundle)
    loaded = { bundle, simulation: { ...(await startSimulation()), plant } }
  }
  return loaded.simulation
}

/** What the bundle of a simulated product offers; built by `bundle.ts`, with or without a planted bug. */
import { playerOn, type Play } from './world/play.ts'
import { tell, type End, type Telling } from './world/permutation.ts'
import { startMachine } from './world/machine.ts'

export interface Simulation {
  readonly play: Play
  tell(telling: Telling): Promise<End>
  close(): void
}

/** The process belongs to the simulation already, see `core/ambient.ts`. */
export async function startSimulation(): Promise<Simulation> {
  const machine = await startMachine()
  return {
    play: playerOn(machine),
    tell: (telling) => tell(machine, telling),
    close: () => machine.disk.close(),
  }
}

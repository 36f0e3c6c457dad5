/** What a row of the matrix says about its command. */
import { Refused } from '../../server/domain/refusals.ts'
import type { TestSystem } from '../support/system.ts'

export interface Given {
  /** Gives the command. @returns what it answered, without what may differ between two answers */
  readonly give: () => Promise<unknown>
  /** What it left behind, to be compared with what it leaves without any fault. */
  readonly left: () => Promise<unknown>
}

export interface Command {
  readonly name: string
  /** Files under `server/` that it runs through. */
  readonly covers: readonly string[]
  /** What a repeat answers when not the same: the work is seen to be done. */
  readonly repeated?: string
  readonly prepare: (center: TestSystem, name: string) => Promise<Given>
}

/** The code with which a repeat is refused. */
export function codeOf(error: unknown): string | null {
  return error instanceof Refused ? error.code : null
}

import { beforeEach } from 'vitest'
import type { CommandLine } from './command-line.ts'
import { operatorLine } from './operator-line.ts'
import type { TestSystem } from './system.ts'

/** Each test of a file types in a directory of its own. */
export function useOperatorLine(center: TestSystem): Pick<CommandLine, 'run'> {
  let line: CommandLine
  beforeEach(async () => {
    line = await operatorLine(center)
  })
  return { run: (...args) => line.run(...args) }
}

/** How a command ends that did not do what was asked: exit code, stable code, one sentence. */
import { refusalOfDatabase } from '../../db/commit.ts'
import { Refused } from '../../domain/refusals.ts'
import { PROBLEM_KINDS } from '../../http/problem-kinds.ts'
import type { ProblemKind } from '../../http/problem-kinds.ts'
import { EXIT, NotReady, UsageError, type ExitCode } from './command.ts'

export interface Failure {
  readonly exit: ExitCode
  readonly code: string
  readonly message: string
}

export function failureOf(error: unknown): Failure {
  const refused = error instanceof Refused ? error : refusalOfDatabase(error)
  if (refused !== null) return refusal(refused)
  if (error instanceof NotReady) {
    return { exit: EXIT.notReady, code: 'not_ready', message: error.message }
  }
  if (error instanceof UsageError || isOfCitty(error)) {
    return { exit: EXIT.usage, code: 'usage', message: error.message }
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return { exit: EXIT.crashed, code: 'crashed', message }
}

function refusal({ code, detail }: Refused): Failure {
  const kind: ProblemKind = PROBLEM_KINDS[code]
  return { exit: EXIT.no, code, message: `${kind.title}. ${detail.detail ?? kind.detail}` }
}

/** citty does not export its error. */
function isOfCitty(error: unknown): error is Error {
  return error instanceof Error && error.name === 'CLIError'
}

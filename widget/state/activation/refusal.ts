import { ApiProblem } from '../../api/problem.ts'
import type { ActivationSession } from './activation-session.ts'

/** The same problem with what it means here, in the language of the element. */
export function refusal(problem: ApiProblem, { activation }: ActivationSession): ApiProblem {
  const words: Partial<Record<string, string>> = activation.refusals
  const { code, status, requestId } = problem
  const detail = words[code]
  return detail === undefined ? problem : new ApiProblem({ code, status, requestId, detail })
}

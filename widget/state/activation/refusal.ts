import { ApiProblem } from '../../api/problem.ts'
import type { ActivationSession } from './activation-session.ts'

/** The same problem with what it means here, in the language of the element. */
export function refusal(problem: ApiProblem, { activation }: ActivationSession): ApiProblem {
  const words: Partial<Record<string, string>> = activation.refusals
  const { code, status, requestId } = problem
  const detail = words[code] ?? fieldsRefused(problem, activation.fields)
  return detail === undefined ? problem : new ApiProblem({ code, status, requestId, detail })
}

/** The server names fields in English; undefined where one of them has no words here. */
function fieldsRefused(
  { errors }: ApiProblem,
  words: Partial<Record<string, string>>,
): string | undefined {
  const known = errors.map(({ pointer }) => words[pointer])
  return known.includes(undefined) || known.length === 0 ? undefined : known.join(' ')
}

import type { Problem } from '../../server/contract/shared.ts'
import { ApiProblem, problemFrom } from './problem.ts'

const parse = JSON.parse

/**
 * Reads a JSON answer of the API.
 *
 * @param keys members that the answer must have; an answer without them is not ours (W15)
 * @throws ApiProblem for a problem, and for anything that is not the API's own JSON
 */
export async function readJson<T extends object>(
  response: Response,
  keys: readonly (keyof T & string)[],
): Promise<T> {
  await refuseProblem(response)
  const body = parseObject(await response.text())
  if (!hasType(response, 'application/json') || body === null) throw unreadable(response)
  if (!keys.every((key) => key in body)) throw unreadable(response)
  return trusted<T>(body)
}

/** Reads a file of the API. @throws ApiProblem like `readJson` */
export async function readBlob(response: Response, type: string): Promise<Blob> {
  await refuseProblem(response)
  if (!hasType(response, type)) throw unreadable(response)
  return response.blob()
}

async function refuseProblem(response: Response): Promise<void> {
  if (response.ok) return
  const body = hasType(response, 'application/problem+json')
    ? parseObject(await response.text())
    : null
  if (body === null || typeof body['code'] !== 'string') throw unreadable(response)
  throw problemFrom(trusted<Problem>(body), response.headers.get('retry-after'))
}

function hasType(response: Response, type: string): boolean {
  return (response.headers.get('content-type') ?? '').startsWith(type)
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? trusted<Record<string, unknown>>(value)
      : null
  } catch {
    return null
  }
}

/** The API's own JSON keeps the contract: the server validates it against the schema in its tests. */
function trusted<T>(body: object): T {
  return body as T
}

function unreadable(response: Response): ApiProblem {
  const requestId = response.headers.get('x-request-id')
  return new ApiProblem({ code: 'answer.unreadable', status: response.status, requestId })
}

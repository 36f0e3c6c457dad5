/** A row of the matrix as a request, and its answer as something to compare. */
import { z } from 'zod'
import type { TestSystem } from '../support/system.ts'
import type { Caller } from './callers.ts'
import type { Operation, OwnObjects } from './rows.ts'

/** The path of the row with everything filled in. */
export function pathOf({ path, object }: Operation, publishableKey: string, own: OwnObjects) {
  return path
    .replace(':publishableKey', publishableKey)
    .replace(':id', object === undefined ? 'unnamed' : own[object])
    .replace(':code', 'quote.expired')
    .replace(':token', 'nobody')
}

export async function ask(
  { system }: TestSystem,
  { publishableKey, token, origin }: Caller,
  row: Operation,
  own: OwnObjects,
): Promise<Response> {
  const bearer = await token(row.guard)
  const body = row.body?.(own)
  return fetch(system.origin + pathOf(row, publishableKey, own), {
    method: row.method,
    headers: {
      ...(bearer === null ? {} : { Authorization: `Bearer ${bearer}` }),
      ...(origin === undefined ? {} : { Origin: origin }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const Body = z.looseObject({ requestId: z.string().optional() })

/** An answer without what differs between any two. */
export async function comparable(response: Response) {
  const headers = Object.fromEntries(response.headers)
  delete headers['x-request-id']
  delete headers['date']
  return { headers, body: { ...Body.parse(await response.json()), requestId: '' } }
}

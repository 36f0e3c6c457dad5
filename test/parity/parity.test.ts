import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerOf, parityTable, type Answer, type Row } from './answers.ts'
import { RUNTIME_NAMES, startRuntime, type Runtime, type RuntimeName } from './runtimes.ts'
import { runScript } from './script.ts'

let runtimes: readonly Runtime[] = []
const answers = new Map<RuntimeName, Map<string, Answer>>()

beforeAll(async () => {
  runtimes = await Promise.all(RUNTIME_NAMES.map((name) => startRuntime(name)))
  for (const runtime of runtimes) answers.set(runtime.name, await answersOf(runtime))
  console.log(parityTable(rows(), RUNTIME_NAMES))
})
afterAll(async () => {
  for (const runtime of runtimes) await runtime.stop()
})

async function answersOf(runtime: Runtime): Promise<Map<string, Answer>> {
  const found = new Map<string, Answer>()
  await runScript(runtime, async (request, response) => {
    if (found.has(request)) throw new Error(`“${request}” is asked twice`)
    found.set(request, await answerOf(response.clone()))
    return response
  })
  return found
}

function rows(): Row[] {
  return [...(answers.get('node + file')?.keys() ?? [])].map((request) => ({
    request,
    answers: new Map(
      RUNTIME_NAMES.flatMap((name) => {
        const answer = answers.get(name)?.get(request)
        return answer === undefined ? [] : [[name, answer] as const]
      }),
    ),
  }))
}

describe('the same requests', () => {
  it.each(RUNTIME_NAMES)('are all answered by %s, none of them with a crash', (name) => {
    const statuses = [...(answers.get(name)?.values() ?? [])].map(({ status }) => status)
    expect(statuses.length).toBe(answers.get('node + file')?.size)
    expect(statuses.filter((status) => status >= 500)).toEqual([])
  })

  it.each(['node + http', 'workerd + http'] as const)(
    'are answered by %s as by Node with a file: status, headers and body',
    (name) => {
      for (const row of rows()) {
        expect({ [row.request]: row.answers.get(name) }).toEqual({
          [row.request]: row.answers.get('node + file'),
        })
      }
    },
  )

  it('end as they must', () => {
    const statuses = Object.fromEntries(
      rows().map(({ request, answers: byName }) => [request, byName.get('node + file')?.status]),
    )
    expect(statuses).toMatchObject(EXPECTED)
  })
})

it('finds one license by the name of its plan', () => {
  const found = answers.get('node + file')?.get('GET licenses?q=')
  expect(found?.body).toMatchObject({ count: 1 })
})

const EXPECTED = {
  'GET /there/is/nothing': 404,
  'POST quotes, no JSON': 400,
  'POST quotes, many faults': 422,
  'POST quotes, 65 kB': 413,
  'GET catalogue, other origin': 403,
  'OPTIONS, listed origin': 204,
  'GET licenses, no token': 401,
  'GET licenses, of another product': 401,
  'POST orders, read only': 403,
  'POST quotes': 201,
  'POST orders': 201,
  'POST orders, again': 200,
  'POST orders, other body': 422,
  'POST payment page, declined': 402,
  'GET orders/{id}?wait=20': 200,
  'POST cancel': 200,
  'POST cancel, paid already': 409,
  'POST webhook, altered': 400,
  'POST webhook, unknown type': 200,
  'GET licenses.csv': 200,
}

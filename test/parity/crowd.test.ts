import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Quote } from '../../server/contract/quotes.ts'
import { answerOf, DR_MONTHLY } from '../support/buyer.ts'
import { installationOf } from './license-budgets.ts'
import { RUNTIME_NAMES, startRuntime, type Runtime } from './runtimes.ts'

const CROWD = 100

let runtimes: readonly Runtime[] = []
beforeAll(async () => {
  runtimes = await Promise.all(RUNTIME_NAMES.map((name) => startRuntime(name)))
})
afterAll(async () => {
  for (const runtime of runtimes) await runtime.stop()
})

function runtime(name: string): Runtime {
  const found = runtimes.find((started) => started.name === name)
  if (found === undefined) throw new Error(`${name} has not started`)
  return found
}

describe.each(RUNTIME_NAMES)('%s', (name) => {
  it(`answers ${CROWD} requests at once, none of them with another customer's answer`, async () => {
    const subjects = Array.from({ length: CROWD }, (_, index) => `crowd-${index}`)
    const quantities = await Promise.all(
      subjects.map(async (subject, index) => {
        const buyer = runtime(name).as('recover', subject)
        const { id } = await buyer.quote({ ...DR_MONTHLY, quantity: index + 1 })
        const again = await answerOf(await buyer.send(`quotes/${id}`), Quote)
        return again.lines[0]?.quantity
      }),
    )
    expect(quantities).toEqual(subjects.map((_, index) => index + 1))
  })

  it(`makes one order when one quote is ordered ${CROWD} times at once`, async () => {
    const buyer = runtime(name).as('recover', 'hasty')
    const quote = await buyer.quote(DR_MONTHLY)
    const body = { quote_id: quote.id, notices_version: quote.notices.version }
    const answers = await Promise.all(
      Array.from({ length: CROWD }, async () => {
        const response = await buyer.send('orders', { body })
        return { status: response.status, body: await response.text() }
      }),
    )
    const statuses = answers.map(({ status }) => status)
    const ids = answers
      .filter(({ status }) => status < 300)
      .map(({ body: text }) => /"id":"(ord_\w+)"/.exec(text)?.[1])
    expect(new Set(ids).size).toBe(1)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([])
  })

  it('lets five of 50 installations at once have the five units (C06)', async () => {
    const { installation } = await installationOf(runtime(name), 'dr')
    const codes = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const answer = await installation.ask('activate', { fingerprint: `host-${index}` })
        return answer.code
      }),
    )
    expect(codes.filter((code) => code === 'VALID')).toHaveLength(5)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(45)
  })
})

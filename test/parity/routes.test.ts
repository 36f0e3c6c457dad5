/** Every route of the router, asked once on each runtime: the same answer, within its database round trips. */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { answerOf, parityTable, type Answer, type Row } from './answers.ts'
import { BUDGETS, RARER, type Budget } from './budgets.ts'
import { RUNTIME_NAMES, startRuntime, type Runtime, type RuntimeName } from './runtimes.ts'

const counted: [string, number, number][] = []
const rows: Row[] = []
const runtimes = new Map<RuntimeName, Runtime>()

function runtime(name: RuntimeName): Runtime {
  const found = runtimes.get(name)
  if (found === undefined) throw new Error(`${name} has not started`)
  return found
}

/** A process looks for another catalogue every 30 seconds; here none of them passes. */
const startedAt = Temporal.Now.instant()
const STANDING = { now: () => startedAt, moveTo: () => {}, offsetMs: () => 0 }
/** A Stripe that somebody else runs has a clock of its own, which must not be ahead of ours. */
const CLOCK = process.env['STRIPE_API_BASE'] === undefined ? { clock: STANDING } : {}

beforeAll(async () => {
  await Promise.all(
    RUNTIME_NAMES.map(async (name) => runtimes.set(name, await startRuntime(name, CLOCK))),
  )
  // Webhooks would be counted with the request that caused them.
  for (const { system } of runtimes.values()) await system.stripe.control({ drop: 1 })
  for (const name of ON_NODE) await runtime(name).as('recover', 'counted').buy(WARM)
})
afterAll(async () => {
  const lines = counted.map(([route, trips, budget]) => `${route.padEnd(62)} ${trips} of ${budget}`)
  console.log(`${parityTable(rows, RUNTIME_NAMES)}\n\ndatabase round trips\n${lines.join('\n')}`)
  await Promise.all([...runtimes.values()].map(({ stop }) => stop()))
})

const ON_NODE = ['node + file', 'node + http'] as const
const WARM = { plan: 'dr', quantity: 1, cycle: 'month', auto_renew: false } as const

/** What one request was answered, and how often it asked the database. */
async function ask(name: RuntimeName, { prepare, status }: Budget) {
  const request = await prepare(runtime(name))
  const { libsql } = runtime(name)
  const before = libsql?.roundTrips() ?? 0
  const response = await request()
  const isExpected = status === undefined ? response.ok : response.status === status
  if (!isExpected) throw new Error(`answered ${response.status}: ${await response.text()}`)
  const answer = await answerOf(response)
  return { answer, roundTrips: (libsql?.roundTrips() ?? 0) - before }
}

/** All have the same history: what one is asked, the others are asked, too. */
async function askAll(budget: Budget) {
  const [file, http, workerd] = await Promise.all(RUNTIME_NAMES.map((name) => ask(name, budget)))
  if (file === undefined || http === undefined || workerd === undefined) throw new Error('who?')
  return { file, http, workerd }
}

describe('the first request of a new isolate', () => {
  it('asks the database once more than the next one: for the catalogue', async () => {
    const budget = BUDGETS['POST /w/:publishableKey/quotes']
    if (budget === undefined) throw new Error('no budget for quotes')
    const { workerd: cold } = await askAll(budget)
    const { workerd: warm } = await askAll(budget)
    expect(cold.roundTrips).toBe(warm.roundTrips + 1)
    expect(warm.roundTrips).toBe(budget.roundTrips)
  })
})

describe('every runtime', () => {
  it.each(Object.entries(BUDGETS))(
    'answers %s alike, with no more questions to the database than its budget',
    async (route, budget) => {
      const first = await askAll(budget)
      // Where a clock goes on, the first one may look for another catalogue; the second need not.
      const onTheWay = [first.http, first.workerd].map(({ roundTrips }) => roundTrips)
      const isRefresh = onTheWay.includes(budget.roundTrips + 1)
      const { file, http, workerd } = isRefresh ? await askAll(budget) : first
      counted.push([route, http.roundTrips, budget.roundTrips])
      const answers = new Map<RuntimeName, Answer>([
        ['node + file', file.answer],
        ['node + http', http.answer],
        ['workerd + http', workerd.answer],
      ])
      rows.push({ request: route, answers })
      expect(http.answer).toEqual(file.answer)
      expect(workerd.answer).toEqual(file.answer)
      expect(http.roundTrips).toBeLessThanOrEqual(budget.roundTrips)
      expect(workerd.roundTrips).toBeLessThanOrEqual(budget.roundTrips)
    },
  )

  it('has a row here for every route of the router', () => {
    const routes = createApp(runtime('node + http').system.deps)
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    expect(routes.filter((route) => !(route in BUDGETS))).toEqual([])
  })
})

describe('the database is asked', () => {
  it.each(Object.entries(RARER))('by %s no more often than its budget', async (route, budget) => {
    const { roundTrips } = await ask('node + http', budget)
    counted.push([route, roundTrips, budget.roundTrips])
    expect(roundTrips).toBeLessThanOrEqual(budget.roundTrips)
  })
})

import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../server/app.ts'
import { POLICY_SLUGS } from '../../server/policies/slugs.ts'
import { BUDGETS, RARER, type Budget } from './budgets.ts'
import { startRuntime, type Runtime } from './runtimes.ts'

const counted: [string, number, number][] = []
let node: Runtime
let workerd: Runtime

beforeAll(async () => {
  ;[node, workerd] = await Promise.all([
    startRuntime('node + http', STANDING),
    startRuntime('workerd + http'),
  ])
  // Webhooks would be counted with the request that caused them.
  for (const { system } of [node, workerd]) await system.stripe.control({ drop: 1 })
  await node.as('recover', 'counted').buy(WARM)
})
afterAll(async () => {
  const lines = counted.map(([route, trips, budget]) => `${route.padEnd(46)} ${trips} of ${budget}`)
  console.log(`database round trips\n${lines.join('\n')}`)
  await Promise.all([node.stop(), workerd.stop()])
})

/** A process looks for another catalogue every 30 seconds; here none of them passes. */
const startedAt = Temporal.Now.instant()
const STANDING = { now: () => startedAt, moveTo: () => {}, offsetMs: () => 0 }

const WARM = { plan: 'dr', quantity: 1, cycle: 'month', auto_renew: false } as const

async function roundTripsOf(runtime: Runtime, { prepare, status }: Budget): Promise<number> {
  const request = await prepare(runtime)
  const before = runtime.libsql?.roundTrips() ?? 0
  const response = await request()
  const isExpected = status === undefined ? response.ok : response.status === status
  if (!isExpected) throw new Error(`answered ${response.status}: ${await response.text()}`)
  return (runtime.libsql?.roundTrips() ?? 0) - before
}

describe('the database is asked', () => {
  it.each(Object.entries({ ...BUDGETS, ...RARER }))(
    'by %s no more often than its budget',
    async (route, budget) => {
      const trips = await roundTripsOf(node, budget)
      counted.push([route, trips, budget.roundTrips])
      expect(trips).toBeLessThanOrEqual(budget.roundTrips)
    },
  )

  it('once more by the first request of a new isolate: for the catalogue', async () => {
    const budget = BUDGETS['POST /w/:publishableKey/quotes']
    if (budget === undefined) throw new Error('no budget for quotes')
    const cold = await roundTripsOf(workerd, budget)
    const warm = await roundTripsOf(workerd, budget)
    expect({ cold, warm }).toEqual({ cold: warm + 1, warm: budget.roundTrips })
  })

  it.each([
    'POST /w/:publishableKey/quotes',
    'POST /w/:publishableKey/orders',
    'POST /webhooks/stripe',
  ])('as often by %s in workerd, where each request has a client of its own', async (route) => {
    const budget = BUDGETS[route]
    if (budget === undefined) throw new Error(`no budget for ${route}`)
    const first = await roundTripsOf(workerd, budget)
    // Its clock goes on: where the first one looked for another catalogue, the second one need not.
    const trips = first <= budget.roundTrips ? first : await roundTripsOf(workerd, budget)
    expect(trips).toBeLessThanOrEqual(budget.roundTrips)
    expect(first).toBeLessThanOrEqual(trips + 1)
  })

  it('by no route that has no budget here', () => {
    const routes = createApp(node.system.deps)
      .routes.filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`)
    const policies = POLICY_SLUGS.map((slug) => `GET /${slug}`)
    const without = new Set(
      routes.filter((route) => !(route in BUDGETS) && !policies.includes(route)),
    )
    expect([...without]).toEqual([])
  })
})

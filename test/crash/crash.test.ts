/**
 * C01, C17, I12: `kill -9` at any moment of many purchases. What was acknowledged is stored, what was
 * paid is issued or being looked at, and the books are those of the payment provider.
 * `npm run crash -- --kills 300 --seed 7` for longer.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { JOBS } from '../../server/runtime/jobs.ts'
import { licenses, orders, payments, quotes } from '../../server/db/schema.ts'
import { expectInvariants } from '../support/invariants.ts'
import { buildNodeServer } from '../support/node-server.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { createCrashingCenter, type CrashingCenter } from './center.ts'
import { shop, type Acknowledged } from './shopper.ts'

const KILLS = Number(process.env['CRASH_KILLS'] ?? 10)
const SEED = Number(process.env['CRASH_SEED'] ?? 1)
const SHOPPERS = 6
/** A process dies within so many replies, and a moment after the last of them. */
const MAX_REPLIES = 25
const MAX_MOMENT_MS = 30

let center: CrashingCenter
beforeAll(async () => {
  await buildNodeServer()
  center = await createCrashingCenter()
})
afterAll(() => center.remove())

let killed = 0
const acknowledged: Acknowledged = { quotes: new Set(), orders: new Map(), replies: 0, lost: 0 }

it(
  `C01: ${KILLS} × kill -9 lose nothing that was acknowledged`,
  { timeout: KILLS * 60_000 },
  async () => {
    await shopWhileItCrashes()
    const { orm } = center.deps.db
    const storedQuotes = new Set(
      (await orm.select({ id: quotes.id }).from(quotes)).map(({ id }) => id),
    )
    for (const id of acknowledged.quotes)
      expect(storedQuotes.has(id as `quo_${string}`), id).toBe(true)
    expect(acknowledged.orders.size).toBeGreaterThan(KILLS)
    expect(acknowledged.lost).toBeGreaterThan(0)
    await expectAcknowledged()
  },
)

it('I2, I12: the sweep heals the rest, and the books agree with the provider', async () => {
  await heal()
  await expectAcknowledged()
  await expectInvariants(center)
  const { orm } = center.deps.db
  const taken = center.stripe.truth.payments().filter(({ status }) => status === 'succeeded')
  const booked = (await orm.select().from(payments)).filter(({ state }) => state === 'paid')
  expect(sum(booked)).toBe(sum(taken))
  const unsettled = await orm.select().from(orders)
  expect(
    unsettled.filter(({ state }) => ['pending', 'processing', 'paid'].includes(state)),
  ).toEqual([])
  console.log(
    `${killed} kills, ${acknowledged.orders.size} orders, ${taken.length} payments, ` +
      `${acknowledged.lost} requests without an answer, seed ${SEED}`,
  )
})

async function shopWhileItCrashes(): Promise<void> {
  const random = seededRandom(SEED)
  let isOver = false
  await center.start()
  const shopping = Promise.all(
    Array.from({ length: SHOPPERS }, (_, index) =>
      shop({ buyer: center.as(`shopper-${index}`), acknowledged, random, isOver: () => isOver }),
    ),
  ).finally(() => (isOver = true))
  const killing = async () => {
    for (let kill = 0; kill < KILLS && !isOver; kill++) {
      const enough = acknowledged.replies + 1 + random() * MAX_REPLIES
      while (acknowledged.replies < enough && !isOver) await pause(1)
      await pause(random() * MAX_MOMENT_MS)
      await center.kill()
      killed += 1
      await center.start()
    }
    isOver = true
  }
  // Somebody who is refused ends the test, which would wait for their replies for ever.
  await Promise.all([shopping, killing()])
  await center.kill()
  expect(center.output()).not.toContain('request.crashed')
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** An order that was answered as settled is so, with the same licenses; one that was open exists. */
async function expectAcknowledged(): Promise<void> {
  const { orm } = center.deps.db
  const stored = new Map(
    (await orm.select().from(orders)).map((order) => [String(order.id), order]),
  )
  const issued = await orm.select().from(licenses)
  for (const [id, said] of acknowledged.orders) {
    const order = stored.get(id)
    expect(order?.total, id).toBe(said.total)
    if (said.state === 'fulfilled') {
      expect(order?.state, id).toBe('fulfilled')
      const own = issued.filter(({ orderId }) => orderId === id).map((license) => license.id)
      expect(own.toSorted(), id).toEqual([...said.licenses].toSorted())
    }
    if (said.state === 'canceled') expect(order?.state, id).toBe('canceled')
  }
}

/** An hour in which the jobs run: webhooks were lost with the process, sessions expire meanwhile. */
async function heal(): Promise<void> {
  const { clock, stripe, deps } = center
  for (let minute = 0; minute < 60; minute += 2) {
    clock.moveTo(clock.now().add({ minutes: 2 }))
    await stripe.settleDue()
    for (const { run } of JOBS) await run(deps)
  }
}

function sum(rows: readonly { readonly amount: number }[]): number {
  return rows.reduce((total, { amount }) => total + amount, 0)
}

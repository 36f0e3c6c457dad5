import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { demoCustomer } from '../../../demo/customers.ts'
import { startSystem, type System } from '../../../demo/system.ts'
import { licenses, operatorTasks, orders } from '../../../server/db/schema.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { reconcile } from '../../../server/jobs/reconcile.ts'
import type { PaymentPort } from '../../../server/payments/port.ts'
import { createBuyer, DR_MONTHLY, type Buyer } from '../../support/buyer.ts'
import { openCommandLine } from '../../support/command-line.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { pay } from '../../support/payment-page.ts'
import { startTestSystem } from '../../support/system.ts'
import { scratch } from '../../support/scratch.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('P27: an endpoint that was down for three days and an hour', () => {
  it('ends where it would have been: the payment is asked for, not waited for', async () => {
    const center = await startTestSystem()
    onTestFinished(() => center.remove())
    const { system } = center
    const buyer = center.as('recover', 'p27')
    const order = await buyer.buy(DR_MONTHLY)
    await system.stripe.control({ drop: 1 })
    const paidAt = system.clock.now()
    await center.pay(order)
    await center.told()
    system.clock.moveTo(paidAt.add({ hours: 73 }))
    await system.runJobs()
    const late = await buyer.follow(order.id)
    expect(late.licenses).toHaveLength(2)
    const [license] = late.licenses
    const { activated_at } = await buyer.license(license ?? '')
    expect(Math.abs(Date.parse(activated_at) - paidAt.epochMilliseconds)).toBeLessThan(5000)
    await system.runJobs()
    expect((await buyer.licenses()).count).toBe(2)
    await expectInvariants(system)
  })
})

describe('P27: a center whose first days nobody looked at', () => {
  it('hears of a dispute from then all the same', async () => {
    const center = await startTestSystem()
    onTestFinished(() => center.remove())
    const { system } = center
    const buyer = center.as('recover', 'first-days')
    const order = await buyer.buy(DR_MONTHLY)
    await center.pay(order)
    await center.told()
    await system.stripe.control({ drop: 2 })
    await system.stripe.control({ dispute: { order: order.id } })
    await center.told()
    system.clock.moveTo(system.clock.now().add({ hours: 24 * 6 }))
    await system.runJobs()
    const { data } = await buyer.licenses()
    expect(data.map(({ status }) => status)).toEqual(['suspended', 'suspended'])
  })
})

/** A month after the last look: whole days of each list that is asked for, of which some fail. */
async function afterAMonth(
  isAnswered: (list: number) => boolean,
  failure: Error = new Refused('payment.unavailable'),
) {
  const center = await startTestSystem()
  onTestFinished(() => center.remove())
  const { deps, clock } = center.system
  await reconcile(deps)
  clock.moveTo(deps.now().add({ hours: 24 * 30 }))
  const spans: number[] = []
  const listEvents: PaymentPort['listEvents'] = (from, until) => {
    spans.push(Math.floor(from.until(until).total('hours') / 24))
    return isAnswered(spans.length)
      ? deps.payments.listEvents(from, until)
      : Promise.reject(failure)
  }
  const run = () => reconcile({ ...deps, payments: { ...deps.payments, listEvents } })
  return { run, spans }
}

describe('P27: of a provider where nothing happened', () => {
  it('each list asks for twice as long, until now', async () => {
    const { run, spans } = await afterAMonth(() => true)
    await run()
    expect(spans).toEqual([1, 2, 4, 8, 15])
    await run()
    expect(spans.slice(5)).toEqual([0])
  })

  it('what was listed before it fell silent is not asked for again', async () => {
    const { run, spans } = await afterAMonth((list) => list !== 3)
    await run()
    await run()
    expect(spans).toEqual([1, 2, 4, 1, 2, 4, 8, 12])
  })

  it('a mistake of ours is not taken for silence', async () => {
    const { run } = await afterAMonth((list) => list === 1, new TypeError('not a function'))
    await expect(run()).rejects.toThrow(TypeError)
  })

  it('the first list that fails is a failure of the run', async () => {
    const { run } = await afterAMonth(() => false)
    await expect(run()).rejects.toThrow(Refused)
  })
})

/** The demo's system on a directory that outlives it, as a server does on its disk. */
async function start(directory: string, clockOffsetMs = 0): Promise<System> {
  return startSystem({
    directory,
    port: 0,
    stripePort: 0,
    assets: join(directory, 'dist'),
    catalogueFile: join(root, 'demo/catalogue.yaml'),
    hostsDirectory: join(root, 'demo/hosts'),
    log: () => {},
    clockOffsetMs,
    runsJobs: false,
  })
}

function as(system: System, customer: string): Buyer {
  return createBuyer({
    base: `${system.origin}/w/pk_demo_recover`,
    token: () => system.token('recover', demoCustomer(customer)),
  })
}

describe('C22: a database restored from an hour ago', () => {
  it('learns from the provider what was paid since, once, and reports what it cannot rebuild', async () => {
    const directory = await mkdtemp(join(scratch(), 'license-center-restore-'))
    onTestFinished(() => rm(directory, { recursive: true, force: true }))
    const database = join(directory, 'license-center.db')
    const before = await start(directory)
    const delivered = await as(before, 'delivered').buy(DR_MONTHLY)
    await pay(delivered)
    await before.stripe.delivered()
    const kept = await as(before, 'delivered').follow(delivered.id, 5)
    const waiting = await as(before, 'waiting').buy(DR_MONTHLY)
    await before.runJobs()
    const line = await openCommandLine({ DATABASE_URL: `file:${database}` }, { directory })
    expect(await line.run('backup', 'backup.db')).toMatchObject({ exit: 0 })

    await pay(waiting)
    const paidAt = before.clock.now()
    const lost = await as(before, 'lost').buy(DR_MONTHLY)
    await pay(lost)
    await before.stripe.delivered()
    expect((await as(before, 'lost').follow(lost.id, 5)).licenses).toHaveLength(2)
    const issuedBefore = await before.deps.db.orm.select().from(licenses)
    before.clock.moveTo(before.clock.now().add({ hours: 1 }))
    before.stateFile.save({ clockOffsetMs: before.clock.offsetMs() })
    await before.close()

    for (const end of ['', '-wal', '-shm']) await rm(database + end, { force: true })
    await copyFile(join(directory, 'backup.db'), database)
    const after = await start(directory)
    onTestFinished(() => after.close())
    const { orm } = after.deps.db
    expect((await orm.select().from(orders)).map(({ id }) => id)).not.toContain(lost.id)
    // It asks every ten minutes; what it cannot rebuild is tried again before somebody is asked.
    await after.advance('PT1H')

    expect((await as(after, 'delivered').follow(delivered.id)).licenses).toEqual(kept.licenses)
    const mended = await as(after, 'waiting').follow(waiting.id)
    expect(mended).toMatchObject({ state: 'fulfilled' })
    expect(Math.abs(Date.parse(mended.paid_at ?? '') - paidAt.epochMilliseconds)).toBeLessThan(5000)
    const tasks = await orm.select().from(operatorTasks)
    expect(tasks.map(({ kind, data }) => [kind, data['order']])).toEqual([
      ['provider_event.unhandled', lost.id],
    ])

    const issued = await orm.select().from(licenses)
    expect(issued).toHaveLength(4)
    expect(new Set(issued.map(({ keyHash }) => keyHash)).size).toBe(4)
    const reissued = issued.filter(({ orderId }) => orderId === waiting.id).map(({ id }) => id)
    expect(issuedBefore.map(({ id }) => id).filter((id) => reissued.includes(id))).toEqual([])
    await expectInvariants(after)
  })
})

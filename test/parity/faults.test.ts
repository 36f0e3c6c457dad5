/** Faults of the database behind libSQL over HTTP, and its return from a backup, on Node and in workerd. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trigger } from '../../demo/worker-system.ts'
import { openDatabase } from '../../server/db/open.ts'
import { journal, licenses } from '../../server/db/schema.ts'
import { applyCatalogue } from '../../server/usecases/apply-catalogue.ts'
import { DR_MONTHLY, RefusedAnswer, refusalOf } from '../support/buyer.ts'
import { startHranaServer, type HranaServer } from '../support/hrana/server.ts'
import { expectStored } from '../support/invariants.ts'
import { pay } from '../support/payment-page.ts'
import { installationOf } from './license-budgets.ts'
import { startRuntime, type Runtime } from './runtimes.ts'
import { scratch } from '../support/scratch.ts'

// What loops here waits for facts; it is to end by them, however busy the machine is.
let directory = ''
let server: HranaServer
let runtime: Runtime

async function start(name: 'node + http' | 'workerd + http') {
  directory = await mkdtemp(join(scratch(), 'license-center-faults-'))
  server = await startHranaServer({ file: join(directory, 'center.db') })
  runtime = await startRuntime(name, { libsql: server })
}
async function stop() {
  // It fails when anything of ours crashed, or told a secret, in all of these faults (T17).
  await runtime.stop()
  await server.close()
  await rm(directory, { recursive: true, force: true })
}

/** What SQLite itself does then; no file has fewer pages than it has. */
const FAULTS = [
  { fault: 'only reads', pragma: 'PRAGMA query_only = ON' },
  { fault: 'is full', pragma: 'PRAGMA max_page_count = 1' },
]

describe.each(['node + http', 'workerd + http'] as const)('%s', (name) => {
  beforeAll(() => start(name))
  afterAll(stop)

  it.each(FAULTS)(
    'C21: with a database that $fault says so, keeps nothing by half, and still answers checks',
    async ({ pragma }) => {
      const { orm } = runtime.system.deps.db
      const { installation } = await installationOf(runtime, 'dr')
      await installation.ask('activate', { fingerprint: 'host-a' })
      const buyer = runtime.as('recover', 'unlucky')
      server.configure(pragma)
      const { stored, refusal } = await untilRefused(
        () => buyer.quote(DR_MONTHLY),
        () => orm.$count(journal),
      )
      expect(refusal.problem).toMatchObject({ status: 503, code: 'database.unavailable' })
      expect(Number(refusal.response.headers.get('Retry-After'))).toBeGreaterThan(0)
      expect(await orm.$count(journal)).toBe(stored)
      const check = await installation.ask('validate', { fingerprint: 'host-a' })
      expect(check).toMatchObject({ valid: true, code: 'VALID' })

      server.configure(null)
      expect((await buyer.quote(DR_MONTHLY)).total).toBe(37_500)
      await expectStored(runtime.system.deps.db)
    },
  )

  it('C22: learns from the provider what was paid since the backup that it was restored from', async () => {
    const { orm } = runtime.system.deps.db
    const [file, backup] = [join(directory, 'center.db'), join(directory, 'backup.db')]
    const delivered = await fulfilled('delivered')
    const waiting = await runtime.as('recover', 'waiting').buy(DR_MONTHLY)
    await server.atRest(() => copyFile(file, backup))

    await pay(waiting)
    const lost = await fulfilled('lost')
    await settled(waiting.id)
    const before = await orm.select().from(licenses)
    await server.atRest(async () => {
      for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true })
      await copyFile(backup, file)
    })
    const { problem } = await refusalOf(runtime.as('recover', 'lost').follow(lost.id))
    expect(problem.status).toBe(404)
    await reconciled(name, waiting.id)

    const again = await runtime.as('recover', 'delivered').follow(delivered.id)
    expect(again.licenses).toEqual(delivered.licenses)
    const issued = await orm.select().from(licenses)
    expect(new Set(issued.map(({ keyHash }) => keyHash)).size).toBe(issued.length)
    const reissued = issued.filter(({ orderId }) => orderId === waiting.id).map(({ id }) => id)
    expect(reissued).toHaveLength(2)
    expect(before.filter(({ id }) => reissued.includes(id))).toEqual([])
    await expectStored(runtime.system.deps.db)
  })
})

describe('node + http', () => {
  beforeAll(() => start('node + http'))
  afterAll(stop)

  it('T06: refuses the tokens of a host’s key within a minute after another process revoked it', async () => {
    const { deps, clock, catalogue } = runtime.system
    const buyer = runtime.as('recover', 'signed')
    expect((await buyer.send('licenses')).status).toBe(200)
    const elsewhere = { ...deps, db: await openDatabase({ url: server.url }) }
    const products = catalogue.products.map((product) => ({ ...product, host_keys: [] }))
    const reason = { actor: 'operator:mia', reason: 'The key leaked.' }
    await applyCatalogue(elsewhere, { document: { products }, ...reason, keys: 'as_written' })
    elsewhere.db.close()
    clock.moveTo(clock.now().add({ seconds: 60 }))
    expect((await buyer.send('licenses')).status).toBe(401)
  })
})

/** Paid, told by the return page, and fulfilled. */
async function fulfilled(customer: string) {
  const buyer = runtime.as('recover', customer)
  const order = await buyer.buy(DR_MONTHLY)
  await pay(order)
  await settled(order.id)
  const found = await buyer.follow(order.id)
  expect(found.licenses).toHaveLength(2)
  return found
}

async function settled(orderId: string): Promise<void> {
  await fetch(`${runtime.system.origin}/pay/return?order=${orderId}`)
  await runtime.system.stripe.delivered()
}

/** Its job comes every ten minutes: on Node they pass, and workerd is told that they have. */
async function reconciled(name: string, orderId: string): Promise<void> {
  const { origin, clock, runJobs } = runtime.system
  const state = async () => (await runtime.as('recover', 'waiting').follow(orderId)).state
  // Three days in four runs; and an event of this second is listed when the second is over.
  while ((await state()) === 'pending') {
    if (name === 'workerd + http') await trigger(origin, '*/10 * * * *')
    else {
      clock.moveTo(clock.now().add({ minutes: 10 }))
      await runJobs()
    }
  }
  expect(await state()).toBe('fulfilled')
}

/** Pages that were begun still take a few. @returns what the journal held before the one that was refused */
async function untilRefused(ask: () => Promise<unknown>, count: () => Promise<number>) {
  for (let times = 0; times < 300; times++) {
    const stored = await count()
    const answer = await ask().catch((error: unknown) => error)
    if (answer instanceof RefusedAnswer) return { stored, refusal: answer }
    if (answer instanceof Error) throw answer
  }
  throw new Error('it was never full')
}

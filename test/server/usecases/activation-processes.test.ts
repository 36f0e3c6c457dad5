/** C06 where nothing but the database is shared: four processes on one file, one server over HTTP. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { eq } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import { activations } from '../../../server/db/schema.ts'
import { startHrana } from '../../support/hrana/for-test.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startVault } from '../../support/vault.ts'
import type { Race } from './activation-racer.ts'

const RACER = fileURLToPath(new URL('./activation-racer.ts', import.meta.url))
const PROCESSES = 4
const INSTALLATIONS = 50
/** Four processes have to start first, on however busy a machine. */
const LONGEST_MS = 120_000

interface Racer {
  readonly ready: Promise<unknown>
  /** Starts it. @returns its codes */
  run(): Promise<readonly string[]>
}

function racer(race: Race): Racer {
  const child = spawn('node', [RACER, JSON.stringify(race)], { stdio: ['pipe', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const closed = once(child, 'close')
  return {
    ready: once(child.stdout, 'data'),
    run: async () => {
      child.stdin.write('go\n')
      await closed
      return JSON.parse(said.split('\n')[1] ?? '[]')
    },
  }
}

it(
  'C06: lets exactly one of 50 installations in four processes have the only unit',
  async () => {
    const center = await startVault()
    onTestFinished(() => center.remove())
    const { key } = await center.bought('seats', 1)
    const { deps, stateFile } = center.system
    const racers = Array.from({ length: PROCESSES }, (_, process) =>
      racer({
        url: `file:${join(center.directory, 'license-center.db')}`,
        secrets: stateFile.state,
        at: deps.now().toString(),
        key,
        fingerprints: Array.from({ length: INSTALLATIONS }, (_, n) => `host-${n}`).filter(
          (_, n) => n % PROCESSES === process,
        ),
      }),
    )
    await Promise.all(racers.map(({ ready }) => ready))
    const codes = (await Promise.all(racers.map((one) => one.run()))).flat()
    expect(codes.filter((code) => code === 'VALID')).toHaveLength(1)
    expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(INSTALLATIONS - 1)
    const active = deps.db.orm.select().from(activations).where(eq(activations.state, 'active'))
    expect(await active).toHaveLength(1)
    await expectInvariants(center.system)
  },
  LONGEST_MS,
)

it('C06: lets exactly one of 50 installations have the only unit of a database over HTTP', async () => {
  const { url } = await startHrana()
  const center = await startVault({ databaseUrl: url })
  onTestFinished(() => center.remove())
  const product = await center.bought('seats', 1)
  const answers = await Promise.all(
    Array.from({ length: INSTALLATIONS }, (_, n) =>
      product.ask('activate', { fingerprint: `host-${n}` }),
    ),
  )
  const codes = answers.map(({ code }) => code)
  expect(codes.filter((code) => code === 'VALID')).toHaveLength(1)
  expect(codes.filter((code) => code === 'LIMIT_REACHED')).toHaveLength(INSTALLATIONS - 1)
  const stored = center.system.deps.db.orm.select().from(activations)
  expect(await stored).toMatchObject([{ state: 'active' }])
  await expectInvariants(center.system)
})

/** The same application three times: on Node with a file, on Node over HTTP, in workerd over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demoCustomer } from '../../demo/customers.ts'
import { startSystem, type System } from '../../demo/system.ts'
import { startWorkerSystem } from '../../demo/worker-system.ts'
import type { LogEntry } from '../../server/deps.ts'
import { createBuyer, type Buyer } from '../support/buyer.ts'
import { startHranaServer, type HranaServer } from '../support/hrana/server.ts'
import { CRASHES } from '../support/system.ts'

export interface Runtime {
  readonly name: RuntimeName
  readonly system: System
  /** Null where no request leaves the process. */
  readonly libsql: HranaServer | null
  as(product: string, customer: string, scope?: string): Buyer
  stop(): Promise<void>
}

export const RUNTIME_NAMES = ['node + file', 'node + http', 'workerd + http'] as const
export type RuntimeName = (typeof RUNTIME_NAMES)[number]

const root = fileURLToPath(new URL('../..', import.meta.url))

/** @throws Error on `stop` when a request or a job crashed on our side, where the log can be seen */
export async function startRuntime(name: RuntimeName): Promise<Runtime> {
  const directory = await mkdtemp(join(tmpdir(), 'license-center-parity-'))
  const logs: LogEntry[] = []
  const { system, libsql } = await started(name, directory, (entry) => void logs.push(entry))
  return {
    name,
    system,
    libsql,
    as: (product, customer, scope) =>
      createBuyer({
        base: `${system.origin}/w/pk_demo_${product}`,
        token: () =>
          system.token(product, { ...demoCustomer(customer), ...(scope ? { scope } : {}) }),
      }),
    stop: async () => {
      await system.close()
      if (name === 'node + http') await libsql?.close()
      await rm(directory, { recursive: true, force: true })
      const crash = logs.find(({ event }) => CRASHES.includes(event))
      if (crash !== undefined) throw new Error(`it crashed: ${JSON.stringify(crash)}`)
    },
  }
}

async function started(
  name: RuntimeName,
  directory: string,
  log: (entry: LogEntry) => void,
): Promise<{ system: System; libsql: HranaServer | null }> {
  const options = {
    directory,
    port: 0,
    stripePort: 0,
    catalogueFile: join(root, 'demo/catalogue.yaml'),
    hostsDirectory: join(root, 'demo/hosts'),
    log,
  }
  if (name === 'workerd + http') {
    const system = await startWorkerSystem({ ...options, configFile: join(root, 'wrangler.toml') })
    return { system, libsql: system.libsql }
  }
  const onNode = { ...options, assets: join(root, 'dist'), runsJobs: false }
  if (name === 'node + file') return { system: await startSystem(onNode), libsql: null }
  const libsql = await startHranaServer({ file: join(directory, 'center.db') })
  const system = await startSystem({ ...onNode, database: { url: libsql.url } })
  return { system, libsql }
}

/** The same application three times: on Node with a file, on Node over HTTP, in workerd over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DemoClock } from '../../demo/clock.ts'
import { demoCustomer } from '../../demo/customers.ts'
import { ownStripe, type StartStripe } from '../../demo/setting.ts'
import type { StripeService } from '../../demo/stripe/stand-in.ts'
import { startSystemWith, type System, type SystemOptions } from '../../demo/system.ts'
import { startWorkerSystemWith, type Libsql } from '../../demo/worker-system.ts'
import type { LogEntry } from '../../server/deps.ts'
import { createBuyer, type Buyer } from '../support/buyer.ts'
import { namedDatabase, startCounter } from '../support/hrana/named.ts'
import { startHranaServer } from '../support/hrana/server.ts'
import { leaksIn, secretsOf } from '../support/leaks.ts'
import { namedStripe } from '../support/named-stripe.ts'
import { CRASHES } from '../support/system.ts'
import { scratch } from '../support/scratch.ts'

export interface Runtime {
  readonly name: RuntimeName
  readonly system: System<StripeService>
  /** Null where no request leaves the process. */
  readonly libsql: Libsql | null
  /** What it has written so far, workerd's own output included. */
  readonly lines: readonly string[]
  as(product: string, customer: string, scope?: string): Buyer
  stop(): Promise<void>
}

export const RUNTIME_NAMES = ['node + file', 'node + http', 'workerd + http'] as const
export type RuntimeName = (typeof RUNTIME_NAMES)[number]

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface RuntimeOptions {
  /** Of Node; workerd's own cannot be another. */
  readonly clock?: DemoClock
  /** One that runs already, and goes on at the end. */
  readonly libsql?: Libsql
}

/**
 * @throws Error on `stop` when a request or a job crashed on our side, or when anything that it wrote
 *   holds a secret, a key, a token or an address (T17)
 */
export async function startRuntime(
  name: RuntimeName,
  options: RuntimeOptions = {},
): Promise<Runtime> {
  const directory = await mkdtemp(join(scratch(), 'license-center-parity-'))
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const log = (entry: LogEntry) => print(JSON.stringify(entry))
  const chosen = { ...options, directory, log }
  const { system, libsql } = await started(name, chosen, print)
  return {
    name,
    system,
    libsql,
    lines,
    as: (product, customer, scope) =>
      createBuyer({
        base: `${system.origin}/w/pk_demo_${product}`,
        token: () =>
          system.token(product, { ...demoCustomer(customer), ...(scope ? { scope } : {}) }),
      }),
    stop: async () => {
      await system.close()
      if (options.libsql === undefined) await libsql?.close()
      await rm(directory, { recursive: true, force: true })
      const crash = lines.find((line) => CRASHES.some((event) => line.includes(`"${event}"`)))
      if (crash !== undefined) throw new Error(`it crashed: ${crash}`)
      const leaks = leaksIn(lines.join('\n'), secretsOf(system.stateFile.state))
      if (leaks.length > 0) throw new Error(`it told secrets: ${leaks.join(', ')}`)
    },
  }
}

async function started(
  name: RuntimeName,
  chosen: Pick<SystemOptions, 'directory' | 'log'> & RuntimeOptions,
  print: (line: string) => void,
): Promise<{ system: System<StripeService>; libsql: Libsql | null }> {
  const stripe: StartStripe<StripeService> = namedStripe() ?? ownStripe({ port: 0 })
  const { directory } = chosen
  const options = {
    ...chosen,
    port: 0,
    stripePort: 0,
    catalogueFile: join(root, 'demo/catalogue.yaml'),
    hostsDirectory: join(root, 'demo/hosts'),
  }
  if (name === 'workerd + http') {
    const libsql = chosen.libsql ?? (await startLibsql(directory, 1))
    const configFile = join(root, 'wrangler.toml')
    const system = await startWorkerSystemWith({ ...options, configFile, libsql, print }, stripe)
    return { system, libsql }
  }
  const onNode = { ...options, assets: join(root, 'dist'), runsJobs: false }
  if (name === 'node + file') return { system: await startSystemWith(onNode, stripe), libsql: null }
  const libsql = chosen.libsql ?? (await startLibsql(directory, 0))
  const system = await startSystemWith({ ...onNode, database: { url: libsql.url } }, stripe)
  return { system, libsql }
}

/** Our stand-in, or a database that LIBSQL_URL names. */
function startLibsql(directory: string, index: number): Promise<Libsql> {
  const named = namedDatabase(index)
  if (named !== null) return startCounter(named)
  return startHranaServer({ file: join(directory, 'center.db') })
}

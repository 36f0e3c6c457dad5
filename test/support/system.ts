/** The whole system for one test file: server, libSQL file and Stripe stand-in, on free ports. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Temporal } from 'temporal-polyfill'
import { createStandingClock } from '../../demo/clock.ts'
import { demoCustomer } from '../../demo/customers.ts'
import type { HostCustomer } from '../../demo/host-backend.ts'
import { startSystem, type System } from '../../demo/system.ts'
import type { LogEntry } from '../../server/deps.ts'
import { createBuyer, type Buyer, type BuyerOptions } from './buyer.ts'
import { complete3ds, pay, payByBank } from './payment-page.ts'
import { scratch } from './scratch.ts'

export interface TestSystemOptions {
  /** `dist`, for tests with a browser, whose clock goes by itself; without it there is no widget. */
  readonly assets?: string
  /** YAML of what is sold; the demo's catalogue when absent. */
  readonly catalogue?: string
  /** How far ahead of real time the clock starts; only a test moves it from there, and forward. */
  readonly clockOffsetMs?: number
  /** The same as an instant, RFC 3339. */
  readonly startsAt?: string
  /** libSQL over HTTP; a file when absent. */
  readonly databaseUrl?: string
  /** The sweep runs by itself, as in production; tests rather walk the clock. */
  readonly runsJobs?: boolean
}

export interface TestSystem {
  readonly system: System
  readonly directory: string
  /** Everything that was logged, oldest first. */
  readonly logs: readonly LogEntry[]
  publishableKey(product: string): string
  /** A customer in the console of that product; any name is a customer of its own. */
  as(product: string, customer: string, facts?: Partial<HostCustomer>, via?: Via): Buyer
  readonly pay: typeof pay
  readonly payByBank: typeof payByBank
  readonly complete3ds: typeof complete3ds
  /** Moves the clock there at once; then everything that is due by then happens. */
  goTo(instant: Temporal.Instant): Promise<void>
  /** Resolves when all that was caused so far has been told to us, or was dropped. */
  told(): Promise<void>
  /** Stops everything, deletes its files. @throws Error when a request or a job crashed on our side */
  remove(): Promise<void>
}

/** An app with other dependencies, in place of the network. */
export type Via = NonNullable<BuyerOptions['fetch']>

/** What is logged of a bug of ours, wherever it was met. */
export const CRASHES: readonly string[] = ['request.crashed', 'job.failed']

const root = fileURLToPath(new URL('../..', import.meta.url))

export async function startTestSystem(options: TestSystemOptions = {}): Promise<TestSystem> {
  const directory = await mkdtemp(join(scratch(), 'license-center-system-'))
  const logs: LogEntry[] = []
  const system = await startSystem({
    directory,
    port: 0,
    stripePort: 0,
    assets: options.assets ?? join(directory, 'dist'),
    catalogueFile: await catalogueFile(directory, options.catalogue),
    hostsDirectory: join(root, 'demo/hosts'),
    ...(options.databaseUrl === undefined ? {} : { database: { url: options.databaseUrl } }),
    log: (entry) => void logs.push(entry),
    ...clockOf(options),
    runsJobs: options.runsJobs ?? false,
    isShortLived: true,
  })
  const publishableKey = (product: string) => keyOf(system, product)
  return {
    system,
    directory,
    logs,
    publishableKey,
    as: (product, customer, facts = {}, via = fetch) =>
      createBuyer({
        base: `${system.origin}/w/${publishableKey(product)}`,
        token: () => system.token(product, { ...demoCustomer(customer), ...facts }),
        fetch: via,
      }),
    pay,
    payByBank,
    complete3ds,
    goTo: async (instant) => {
      system.clock.moveTo(instant)
      await system.stripe.settleDue()
      await system.runJobs()
    },
    told: async () => {
      await system.stripe.settleDue()
      await system.stripe.delivered()
    },
    remove: async () => {
      await system.close()
      await rm(directory, { recursive: true, force: true })
      const crash = logs.find(({ event }) => CRASHES.includes(event))
      if (crash !== undefined) throw new Error(`it crashed: ${JSON.stringify(crash)}`)
    },
  }
}

async function catalogueFile(directory: string, yaml: string | undefined): Promise<string> {
  if (yaml === undefined) return join(root, 'demo/catalogue.yaml')
  const file = join(directory, 'catalogue.yaml')
  await writeFile(file, yaml)
  return file
}

function clockOf({ assets, clockOffsetMs, startsAt }: TestSystemOptions) {
  const ahead = clockOffsetMs ?? offsetMs(startsAt)
  return assets === undefined ? { clock: createStandingClock(ahead) } : { clockOffsetMs: ahead }
}

function offsetMs(startsAt: string | undefined): number {
  if (startsAt === undefined) return 0
  return (
    Temporal.Instant.from(startsAt).epochMilliseconds - Temporal.Now.instant().epochMilliseconds
  )
}

function keyOf({ catalogue }: System, product: string): string {
  const [key] = catalogue.products.find(({ id }) => id === product)?.publishable_keys ?? []
  if (key === undefined) throw new Error(`the catalogue has no product ${product}`)
  return key
}

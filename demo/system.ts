/**
 * The whole system on one machine, without a network: server, libSQL file, Stripe stand-in, clock and
 * host backends. `serve.ts` runs it for people, tests run it for themselves.
 */
import { serve } from '@hono/node-server'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Temporal } from 'temporal-polyfill'
import { createApp } from '../server/app.ts'
import { migrate } from '../server/db/migrate.ts'
import { MIGRATIONS } from '../server/db/migrations.ts'
import type { Deps, LogEntry } from '../server/deps.ts'
import type { CatalogueDocument } from '../server/domain/catalogue.ts'
import { JOBS, runJob, startJobs, type Job } from '../server/runtime/jobs.ts'
import { KEEP_ALIVE } from '../server/runtime/keep-alive.ts'
import { createNodeDeps } from '../server/runtime/node-deps.ts'
import { staticFiles } from '../server/runtime/static-files.ts'
import { applyCatalogue } from '../server/usecases/apply-catalogue.ts'
import { createDemoClock, firesBetween, nextStop, stepOf } from './clock.ts'
import type { DemoClock } from './clock.ts'
import type { DatabaseLocation } from '../server/db/open.ts'
import { configurationOf, located, ownStripe, readCatalogue, signerOf } from './setting.ts'
import type { StartStripe } from './setting.ts'
import type { HostCustomer } from './host-backend.ts'
import { startInbox } from './inbox.ts'
import type { Inbox } from './inbox.ts'
import { demoRoutes } from './routes.ts'
import { openState } from './state.ts'
import type { StateFile } from './state.ts'
import type { StandIn, StripeService } from './stripe/stand-in.ts'

export interface SystemOptions {
  /** Everything that is kept lies in here. */
  readonly directory: string
  /** A file in that directory when absent. */
  readonly database?: DatabaseLocation
  /** 0 takes any free port. */
  readonly port: number
  readonly stripePort: number
  /** `dist`, with the widget in it. */
  readonly assets: string
  readonly catalogueFile: string
  /** `demo/hosts`, the pages of the host consoles. */
  readonly hostsDirectory: string
  readonly log: (entry: LogEntry) => void
  /** Real time, and what it has been moved ahead, when absent. */
  readonly clock?: DemoClock
  /** Of a directory that starts afresh; 0 unless the past is to be seeded. */
  readonly clockOffsetMs?: number
  /** What Stripe and the inbox know is gone at the end: nobody starts here again. */
  readonly isShortLived?: boolean
  /** Jobs run by themselves; tests walk the clock instead. */
  readonly runsJobs: boolean
}

export interface JobRun {
  readonly job: string
  readonly at: string
  readonly handled: number
}

export interface System<Stripe extends StripeService = StandIn> {
  readonly origin: string
  readonly deps: Deps
  readonly stripe: Stripe
  /** Signs the webhooks that reach `/webhooks/stripe`. */
  readonly webhookSecret: string
  /** Where mails arrive. */
  readonly inbox: Inbox
  readonly clock: DemoClock
  readonly stateFile: StateFile
  readonly catalogue: CatalogueDocument
  readonly hostsDirectory: string
  /** What the host's backend of that product would mint for its customer. */
  token(product: string, customer: HostCustomer): Promise<string>
  /** Walks the clock forward through everything that is due. */
  advance(duration: string): Promise<readonly JobRun[]>
  runJobs(): Promise<readonly JobRun[]>
  close(): Promise<void>
}

export function startSystem(options: SystemOptions): Promise<System> {
  const { stripePort: port, directory } = options
  const kept = options.isShortLived === true ? {} : { dataFile: `${directory}/stripe.json` }
  return startSystemWith(options, ownStripe({ port, ...kept }))
}

/** With a Stripe of another kind; the port of its own stand-in is not used then. */
export async function startSystemWith<Stripe extends StripeService>(
  options: SystemOptions,
  startStripe: StartStripe<Stripe>,
): Promise<System<Stripe>> {
  const { directory, log } = options
  const listed = readCatalogue(options.catalogueFile)
  const stateFile = await openState(
    directory,
    listed.products.map(({ id }) => id),
    options.clockOffsetMs ?? 0,
  )
  const { state } = stateFile
  const clock = options.clock ?? createDemoClock(state.clockOffsetMs)
  let answer: (request: Request, env: unknown) => Response | Promise<Response> = () =>
    new Response('Starting …', { status: 503 })
  const { server, origin } = await listen(options.port, (request, env) => answer(request, env))
  const kept = options.isShortLived === true ? {} : { dataFile: `${directory}/mails.json` }
  const webhook = { url: `${origin}/webhooks/stripe`, secret: state.webhookSecret }
  const stripe = await startStripe({ webhook, now: clock.now })
  const inbox = await startInbox({ now: clock.now, ...kept })
  const database = options.database ?? { url: `file:${directory}/license-center.db` }
  const configuration = configurationOf({ origin, database, stripe, inbox, state })
  const deps = await createNodeDeps(configuration, { now: clock.now, log, sandbox: true })
  await migrate(deps.db, clock.now(), MIGRATIONS)
  const catalogue = located(listed, origin, state)
  await applyCatalogue(deps, {
    document: catalogue,
    actor: 'demo',
    reason: 'The demo was started.',
    keys: 'as_written',
  })

  const system: System<Stripe> = {
    origin,
    deps,
    stripe: stripe.service,
    webhookSecret: stripe.webhookSecret,
    inbox,
    clock,
    stateFile,
    catalogue,
    hostsDirectory: options.hostsDirectory,
    token: signerOf(stateFile, origin, clock.now),
    advance: (duration) => advance(system, duration),
    runJobs: () => runJobs(system),
    close: async () => {
      await stopJobs()
      await stripe.service.close()
      await inbox.close()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      deps.db.close()
    },
  }
  const stopJobs = options.runsJobs ? startJobs(deps) : () => {}
  answer = createApp(deps, [staticFiles(options.assets), demoRoutes(system)]).fetch
  return system
}

async function advance(
  system: System<StripeService>,
  duration: string,
): Promise<readonly JobRun[]> {
  const { clock, stripe, stateFile } = system
  const from = clock.now()
  const goal = from.toZonedDateTimeISO('UTC').add(duration).toInstant()
  const runs: JobRun[] = []
  const stepMs = stepOf(from, goal)
  for (let at = from; ;) {
    const due = await dueAhead(system)
    const stop = nextStop(at, goal, stepMs, [...due.values()])
    if (stop === null) break
    clock.moveTo(stop)
    await stripe.settleDue()
    const isOver = Temporal.Instant.compare(stop, goal) >= 0
    const comes = (job: Job) => firesBetween(job, at, stop) || isDue(due.get(job), stop)
    runs.push(...(await runJobs(system, isOver ? JOBS : JOBS.filter(comes))))
    at = stop
  }
  stateFile.save({ clockOffsetMs: clock.offsetMs() })
  return runs
}

/** What the jobs know of when they are needed next. */
async function dueAhead({
  deps,
}: Pick<System, 'deps'>): Promise<ReadonlyMap<Job, Temporal.Instant>> {
  const due = await Promise.all(
    JOBS.map(async (job) => [job, (await job.nextAt?.(deps)) ?? null] as const),
  )
  return new Map(due.flatMap(([job, at]) => (at === null ? [] : [[job, at]])))
}

function isDue(at: Temporal.Instant | undefined, now: Temporal.Instant): boolean {
  return at !== undefined && Temporal.Instant.compare(at, now) <= 0
}

async function runJobs({ deps }: Pick<System, 'deps'>, jobs = JOBS): Promise<readonly JobRun[]> {
  const runs: JobRun[] = []
  for (const job of jobs) {
    const at = deps.now().round('second').toString()
    const handled = await runJob(deps, job)
    if (handled) runs.push({ job: job.name, at, handled })
  }
  return runs
}

/** Answers as soon as the port is taken; what answers may come later. */
export function listen(
  port: number,
  fetch: (request: Request, env: unknown) => Response | Promise<Response>,
): Promise<{ server: Server; origin: string }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, serverOptions: KEEP_ALIVE }, (address: AddressInfo) =>
      resolve({ server: server as Server, origin: `http://localhost:${address.port}` }),
    )
    server.on('error', reject)
  })
}

/**
 * One schedule's world: a scheduler that owns every interleaving, Stripe, servers that can die, a
 * database that can fail, and somebody who checks the invariants after each write.
 */
import { Temporal } from 'temporal-polyfill'
import type { StripeEvent } from '../../../demo/stripe/objects.ts'
import type { Deps, LogEntry } from '../../../server/deps.ts'
import { chanceOf, lotOf } from '../core/chance.ts'
import { Faults, type Fault, type StepKind } from '../core/faults.ts'
import type { Schedule } from '../core/schedule.ts'
import { Scheduler, type Task } from '../core/scheduler.ts'
import type { Violation } from '../invariants/violation.ts'
import { busy, type Disk } from './database.ts'
import { rankOf, startOf } from './days.ts'
import { Servers } from './servers.ts'
import { createStripe, type SimulatedStripe } from './stripe.ts'
import { tellServer } from './webhooks.ts'

/** What outlives a schedule: the database and the application, which are dear to make. */
export interface Machine {
  readonly disk: Disk
  /** The dependencies of one process of the server. */
  depsOf(world: World): Deps
  answer(request: Request, deps: Deps): Promise<Response>
}

export const CONNECTION_BROKEN = 'fetch failed'

export class World {
  readonly schedule: Schedule
  readonly machine: Machine
  readonly scheduler: Scheduler
  readonly faults: Faults
  readonly stripe: SimulatedStripe
  readonly servers: Servers
  readonly logs: LogEntry[] = []
  readonly trace: string[] | null
  violation: Violation | null = null
  /** How far the servers' clock is off, which Stripe's never is. */
  clockErrorMs = 0
  /** How far it was ahead at most: what was put off by it waits for that long. */
  clockAheadMs = 0
  isStripeAway = false
  /** Requests that were answered with success, to be sent once more. */
  readonly requests: (() => Promise<void>)[] = []
  /** What Stripe has to tell is kept here while this is a list, for somebody else to tell it. */
  heldEvents: StripeEvent[] | null = null
  /** Called after each write, whether or not its answer arrives. */
  afterWrite: () => void = () => {}
  /** See `SchedulerOptions`. */
  beforeTimeMoves: (toMs: number) => boolean = () => false

  constructor(machine: Machine, schedule: Schedule, isTraced: boolean) {
    const { seed } = schedule
    this.machine = machine
    this.schedule = schedule
    this.trace = isTraced ? [] : null
    this.faults = new Faults(schedule)
    this.scheduler = new Scheduler({
      seed,
      startMs: startOf(seed),
      rank: rankOf(schedule),
      beforeTimeMoves: (toMs) => this.beforeTimeMoves(toMs),
      endless: (steps) => this.violate({ invariant: 'I2 has an end', says: `${steps} steps` }),
    })
    this.scheduler.failed = (task, error) => this.crash(task, error)
    this.servers = new Servers(this)
    const chance = chanceOf(seed, 'stripe')
    this.stripe = createStripe(
      () => this.nowMs,
      chance,
      (event) => tellServer(this, event),
    )
  }

  get nowMs(): number {
    return this.scheduler.nowMs
  }

  serverNow(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.nowMs + this.clockErrorMs)
  }

  /** A number in [0, 1) that hangs on the seed and this name alone. */
  lot(name: string): number {
    return lotOf(this.schedule.seed, name)
  }

  note(text: () => string): void {
    if (this.trace === null) return
    const at = Temporal.Instant.fromEpochMilliseconds(this.nowMs).toString()
    this.trace.push(`${at} ${this.scheduler.current.name}: ${text()}`)
  }

  violate(violation: Violation): void {
    this.violation ??= violation
    this.scheduler.isStopped = true
    this.note(() => `VIOLATED ${violation.invariant}: ${violation.says}`)
  }

  /**
   * One step of the running task: it waits its turn, and then something may go wrong.
   *
   * @param instead  what some faults answer in place of what would happen
   */
  async step<T>(
    kind: StepKind,
    label: () => string,
    perform: () => Promise<T>,
    instead: Partial<Record<Fault, () => T>> = {},
  ): Promise<T> {
    const task = this.scheduler.current
    const step = `${task.name}#${task.steps++}`
    const fault = this.faults.at(step, kind)
    await this.scheduler.wait(task, step, fault === 'slow' ? this.faults.slowMs(step) : 0)
    this.note(() => `${label()}${fault === null ? '' : ` [${step}=${fault}]`}`)
    if (fault === null || fault === 'slow') return perform()
    const answer = instead[fault]
    if (answer !== undefined) return answer()
    if (fault === 'busy') throw busy()
    if (fault === 'away') throw new TypeError(CONNECTION_BROKEN)
    if (fault === 'dies' || fault === 'cut') return this.servers.die(task, fault === 'dies')
    const value = await perform()
    if (fault === 'dead' || fault === 'ends') return this.servers.die(task, fault === 'dead')
    if (fault === 'lost') throw new TypeError(CONNECTION_BROKEN)
    return value
  }

  /** An actor or a job threw what nobody expected. */
  private crash(task: Task, error: unknown): void {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    this.violate({ invariant: 'crash', says: `${task.name} threw ${text}` })
  }
}

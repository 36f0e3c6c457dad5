/**
 * Decides who goes on. Whatever waits, waits here: exactly one task runs at a time, until it waits
 * again or ends, so that a seed replays exactly. Time moves only when nobody can go on.
 */
import { quiet } from './ambient.ts'
import { chanceOf, type Chance } from './chance.ts'

/** One thread of events: an actor, or a request that the server works on. */
export interface Task {
  readonly name: string
  readonly chance: Chance
  /** The server's process that it runs in; null for what happens elsewhere. */
  readonly process: string | null
  /** Steps taken so far: with the name they identify a step, whatever other tasks do. */
  steps: number
  /** `lost`: it never goes on, since its process died. */
  state: 'running' | 'ended' | 'lost'
}

interface Waiting {
  readonly task: Task
  /** Epoch milliseconds before which it cannot go on. */
  readonly at: number
  /** The lowest goes first. */
  readonly rank: number
  readonly goOn: () => void
}

export interface SchedulerOptions {
  readonly seed: number
  readonly startMs: number
  /** Where a step stands among those that wait: by chance, or by its turn. */
  readonly rank: (step: string, turn: number) => number
  /** Called before time moves; may start tasks of its own, which then go first. */
  readonly beforeTimeMoves: (toMs: number) => boolean
  /** Called when so many steps brought no end. */
  readonly endless: (steps: number) => void
}

const STEPS_MAX = 20_000

export class Scheduler {
  nowMs: number
  current: Task
  /** Ends the run as soon as the current task waits. */
  isStopped = false
  private readonly waiting: Waiting[] = []
  private readonly options: SchedulerOptions
  private turn = 0

  constructor(options: SchedulerOptions) {
    this.options = options
    this.nowMs = options.startMs
    this.current = this.newTask('world', null)
  }

  newTask(name: string, process: string | null): Task {
    const chance = chanceOf(this.options.seed, name)
    return { name, process, chance, steps: 0, state: 'running' }
  }

  /** Starts a task; it begins when its turn comes. @param whenEnded called when it ends, or is lost */
  start(task: Task, work: () => Promise<void>, afterMs = 0): void {
    void this.wait(task, 'start', afterMs)
      .then(work)
      .then(
        () => (task.state = 'ended'),
        (error: unknown) => {
          task.state = 'ended'
          this.failed(task, error)
        },
      )
  }

  /** What a task threw that nobody caught: a mistake of an actor or of this simulator. */
  failed: (task: Task, error: unknown) => void = (task, error) => {
    throw new Error(`${task.name} failed`, { cause: error })
  }

  /** The task goes on when it is chosen, not before `afterMs` of virtual time. */
  wait(task: Task, step: string, afterMs = 0): Promise<void> {
    return new Promise((resolve) => this.put(task, step, afterMs, resolve))
  }

  /** The same with a callback. @returns what `remove` takes */
  put(task: Task, step: string, afterMs: number, goOn: () => void): object {
    this.turn += 1
    const rank = this.options.rank(`${task.name}#${step}`, this.turn)
    const entry: Waiting = { task, at: this.nowMs + Math.ceil(afterMs), rank, goOn }
    this.waiting.push(entry)
    return entry
  }

  /** Nobody waits for anything. */
  get isIdle(): boolean {
    return this.waiting.length === 0
  }

  remove(entry: object): void {
    const index = this.waiting.findIndex((waiting) => waiting === entry)
    if (index >= 0) this.waiting.splice(index, 1)
  }

  /** They never go on. */
  lose(isLost: (task: Task) => boolean): void {
    for (let index = this.waiting.length - 1; index >= 0; index--) {
      const task = this.waiting[index]?.task
      if (task === undefined || !isLost(task)) continue
      task.state = 'lost'
      this.waiting.splice(index, 1)
    }
  }

  /** Runs until that is true, or nothing is left to do before `untilMs`. */
  async run(isOver: () => boolean, untilMs = Infinity): Promise<void> {
    for (let step = 0; step < STEPS_MAX; step++) {
      if (this.isStopped || isOver()) return
      const index = this.nextIndex()
      if (index >= 0) await this.goOn(index)
      else if (!this.moveTime(untilMs)) return
    }
    this.isStopped = true
    this.options.endless(STEPS_MAX)
  }

  private async goOn(index: number): Promise<void> {
    const [entry] = this.waiting.splice(index, 1)
    if (entry === undefined || entry.task.state === 'lost') return
    this.current = entry.task
    entry.goOn()
    await quiet()
  }

  private nextIndex(): number {
    let found = -1
    let lowest = Infinity
    for (let index = 0; index < this.waiting.length; index++) {
      const entry = this.waiting[index]
      if (entry !== undefined && entry.at <= this.nowMs && entry.rank < lowest) {
        found = index
        lowest = entry.rank
      }
    }
    return found
  }

  private moveTime(untilMs: number): boolean {
    const next = this.waiting.reduce((earliest, { at }) => Math.min(earliest, at), Infinity)
    const goal = Math.min(next, untilMs)
    if (this.options.beforeTimeMoves(goal)) return true
    if (goal === Infinity || goal <= this.nowMs) return false
    this.nowMs = goal
    return true
  }
}

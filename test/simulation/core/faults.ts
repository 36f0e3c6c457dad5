/** What can go wrong at a step, and whether it does. */
import { lotOf } from './chance.ts'
import type { Schedule } from './schedule.ts'

/** What a task does at a step. */
export type StepKind = 'read' | 'write' | 'stripe' | 'request' | 'reply' | 'webhook'

/**
 * - `busy`: the database did not get to it · `away`: nobody was reached, nothing happened
 * - `lost`: it happened, its answer did not arrive · `slow`: it happens a while later
 * - `dies`, `dead`: the process ends before, or after it happened, and takes along what it worked on
 * - `cut`, `ends`: the same for this one request only, as on Workers
 * - `twice`: it arrives two times · `error`, `limit`: Stripe answers 500 or 429, nothing happened
 * - `never`: it is not sent at all
 */
export type Fault =
  | 'busy'
  | 'away'
  | 'lost'
  | 'slow'
  | 'dies'
  | 'dead'
  | 'cut'
  | 'ends'
  | 'twice'
  | 'error'
  | 'limit'
  | 'never'

const MENU: Readonly<Record<StepKind, readonly [Fault, ...Fault[]]>> = {
  read: ['busy', 'away', 'slow', 'dies', 'cut'],
  write: ['busy', 'away', 'lost', 'lost', 'slow', 'dies', 'dead', 'cut', 'ends'],
  stripe: ['away', 'lost', 'error', 'limit', 'slow', 'dies', 'dead', 'cut', 'ends'],
  request: ['away', 'slow', 'twice', 'twice'],
  reply: ['lost', 'slow'],
  webhook: ['never', 'slow', 'slow', 'twice', 'twice'],
}

/** Share of steps at which something goes wrong, by the seed: calm days, and dreadful ones. */
const RATES = [0, 0.01, 0.02, 0.04, 0.04, 0.08, 0.15] as const

const SLOW_MS = [40, 400, 4000, 25_000, 90_000, 600_000] as const

export class Faults {
  /** None any more: from here on everything has to settle. */
  areOver = false
  /** Those that struck, as a schedule names them. */
  readonly struck: string[] = []
  private readonly seed: number
  private readonly rate: number
  private readonly listed: ReadonlySet<string> | null

  constructor({ seed, faults }: Schedule) {
    this.seed = seed
    this.rate = RATES[Math.floor(lotOf(seed, 'rate of faults') * RATES.length)] ?? 0
    this.listed = faults === null ? null : new Set(faults)
  }

  /** What goes wrong at this step; decided by its name alone, so that it stays when others go. */
  at(step: string, kind: StepKind): Fault | null {
    if (this.areOver) return null
    const menu = MENU[kind]
    if (this.listed === null && lotOf(this.seed, `fault ${step}`) >= this.rate) return null
    const fault = menu[Math.floor(lotOf(this.seed, `kind ${step}`) * menu.length)] ?? menu[0]
    const name = `${step}=${fault}`
    if (this.listed !== null && !this.listed.has(name)) return null
    this.struck.push(name)
    return fault
  }

  slowMs(step: string): number {
    return SLOW_MS[Math.floor(lotOf(this.seed, `slow ${step}`) * SLOW_MS.length)] ?? 0
  }
}

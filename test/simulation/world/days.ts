/** When a schedule happens, and in which spirit its tasks take turns. */
import { Temporal } from 'temporal-polyfill'
import { lotOf } from '../core/chance.ts'
import type { Schedule } from '../core/schedule.ts'

/** Ends of months, leap days, hours that daylight saving skips or repeats, and days like others. */
const STARTS = [
  '2026-01-31T10:00:00Z',
  '2024-02-29T12:00:00Z',
  '2025-02-28T23:30:00Z',
  '2026-03-29T00:30:00Z',
  '2026-10-31T16:45:10Z',
  '2025-12-31T23:40:00Z',
  '2026-05-15T08:00:00Z',
] as const

export function startOf(seed: number): number {
  const day = STARTS[Math.floor(lotOf(seed, 'start') * STARTS.length)] ?? STARTS[0]
  return Temporal.Instant.from(day).epochMilliseconds + Math.floor(lotOf(seed, 'offset') * 600_000)
}

/** How often a task is overtaken, by the seed: never, now and then, at every step. */
const UNREST = [0.1, 0.4, 1, 1] as const

/** A fixed place for each step, so that it stays when other tasks are taken away. */
export function rankOf({ seed, isInTurn }: Schedule): (step: string, turn: number) => number {
  if (isInTurn) return (_step, turn) => turn
  const unrest = UNREST[Math.floor(lotOf(seed, 'unrest') * UNREST.length)] ?? 1
  return (step, turn) => {
    const lot = lotOf(seed, `rank ${step}`)
    return lot < unrest ? lot / unrest : turn * 1e-9
  }
}

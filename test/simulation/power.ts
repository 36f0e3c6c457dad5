/**
 * Is the simulator any good? Bugs are planted, and it has to find each within a bounded search.
 * Where it found them is kept in `planted/found.json`, from which `npm test` replays them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle.ts'
import { PLANTED, type PlantedBug } from './planted/patches.ts'
import type { Pool } from './pool.ts'
import { search } from './search.ts'

const FOUND = fileURLToPath(new URL('planted/found.json', import.meta.url))
/** Within so many schedules each has to be found. */
export const SEARCH = 2000

export interface FoundBug {
  /** Of the schedule that found it: the searches count from 1. */
  readonly seed: number
  readonly schedule: string
  readonly invariant: string
}

export type FoundBugs = Readonly<Record<string, FoundBug>>

export function foundBugs(): FoundBugs {
  return JSON.parse(readFileSync(FOUND, 'utf8')) as FoundBugs
}

/** Kept in the order of the bugs, so that a new search shows what has changed. */
export function keepFound(found: FoundBugs): void {
  const known = PLANTED.flatMap(({ name }) => {
    const at = found[name]
    return at === undefined ? [] : [[name, at] as const]
  })
  writeFileSync(FOUND, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`)
}

/** @returns null when the bug survives the search */
export async function searchPlanted(pool: Pool, bug: PlantedBug): Promise<FoundBug | null> {
  const { failure } = await search(pool, { bundle: await bundle(bug), from: 1, count: SEARCH })
  if (failure === null) return null
  const { seed, schedule, invariant } = failure
  return { seed, schedule, invariant }
}

/** Each recorded schedule has to fail with its bug, and to pass without it. @returns sentences */
export async function replayPlanted(pool: Pool, sound: string): Promise<string[]> {
  const found = foundBugs()
  const queue = [...PLANTED]
  const problems: string[] = []
  const work = async () => {
    for (let bug = queue.shift(); bug !== undefined; bug = queue.shift()) {
      problems.push(...(await replayOne(pool, sound, bug, found[bug.name])))
    }
  }
  await Promise.all(Array.from({ length: pool.size }, work))
  console.log(`${PLANTED.length} planted bugs, ${problems.length} not found as recorded`)
  return problems
}

async function replayOne(
  pool: Pool,
  sound: string,
  bug: PlantedBug,
  at: FoundBug | undefined,
): Promise<string[]> {
  if (at === undefined) return [`The planted bug “${bug.name}” is nowhere found: ${ANEW}`]
  const planted = await pool.replay(await bundle(bug), at)
  const real = await pool.replay(sound, at)
  const by = planted.violation?.invariant ?? 'nothing'
  return [
    ...(isExpected(bug, by)
      ? []
      : [`The planted bug “${bug.name}” is found by ${by} in seed ${at.seed}: ${ANEW}`]),
    ...(real.violation === null
      ? []
      : [`Seed ${at.seed} breaks ${real.violation.invariant} without “${bug.name}”.`]),
  ]
}

const ANEW = 'search anew with npm run simulate:power'

export function isExpected({ foundBy }: PlantedBug, invariant: string): boolean {
  return foundBy.some((beginning) => invariant.startsWith(beginning))
}

/**
 * Is the simulator any good? Bugs are planted, and it has to find each within a bounded search.
 * Where it found them is kept in `planted/found.json`, from which `npm test` replays them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundle, misfitOf } from './bundle.ts'
import { bundleJointly } from './joint-bundle.ts'
import { PLANTED, type PlantedBug } from './planted/patches.ts'
import type { Pool } from './pool.ts'

const FOUND = fileURLToPath(new URL('planted/found.json', import.meta.url))
/** Within so many schedules each has to be found. */
export const SEARCH = 2000

export interface FoundBug {
  /** The searches count from 1. */
  readonly seed: number
  /** That day, with its actors by name, so that it stays when others join the cast. */
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

/** @param within  schedules. @returns null when the bug survives them */
export async function searchPlanted(
  pool: Pool,
  bug: PlantedBug,
  within = SEARCH,
): Promise<FoundBug | null> {
  // One worker for each bug: loading another bundle is dearer than most searches.
  const seeds = {
    bundle: await bundle(bug),
    from: 1,
    count: within,
    isShrunk: false,
    ...stageOf(bug),
  }
  const failure = await pool.search(seeds)
  if (failure === null) return null
  const { seed, schedule, invariant } = failure
  return { seed, schedule, invariant }
}

const stageOf = ({ stage }: PlantedBug) => (stage === undefined ? {} : { actors: stage })

/**
 * Each recorded schedule has to fail with its bug, and to pass without it.
 *
 * @param sound  the bundle of the sources as they are
 * @returns sentences
 */
export async function replayPlanted(pool: Pool, sound: string): Promise<string[]> {
  const misfits = PLANTED.map(misfitOf).filter((problem) => problem !== null)
  if (misfits.length > 0) return misfits
  const found = foundBugs()
  const joint = await bundleJointly(PLANTED)
  const planted = await forAll(pool, (bug) => replayWith(pool, joint, bug, found[bug.name]))
  const without = await forAll(pool, (bug) => replayWithout(pool, sound, bug, found[bug.name]))
  console.log(`${PLANTED.length - planted.length} of ${PLANTED.length} planted bugs found`)
  return [...planted, ...without]
}

async function forAll(
  pool: Pool,
  replay: (bug: PlantedBug) => Promise<string | null>,
): Promise<string[]> {
  const queue = [...PLANTED]
  const problems: string[] = []
  const work = async () => {
    for (let bug = queue.shift(); bug !== undefined; bug = queue.shift()) {
      const problem = await replay(bug)
      if (problem !== null) problems.push(problem)
    }
  }
  await Promise.all(Array.from({ length: pool.size }, work))
  return problems
}

async function replayWith(
  pool: Pool,
  joint: string,
  bug: PlantedBug,
  at: FoundBug | undefined,
): Promise<string | null> {
  if (at === undefined) return `The planted bug “${bug.name}” survives: ${ANEW} ${bug.name}`
  const together = await pool.replay(joint, { ...at, planted: bug.name })
  if (isExpected(bug, together.violation?.invariant ?? 'nothing')) return null
  const { violation } = await pool.replay(await bundle(bug), at)
  const by = violation?.invariant ?? 'nothing'
  if (isExpected(bug, by)) return null
  return `The planted bug “${bug.name}” is found by ${by} in seed ${at.seed}: ${ANEW} ${bug.name}`
}

async function replayWithout(
  pool: Pool,
  sound: string,
  { name }: PlantedBug,
  at: FoundBug | undefined,
): Promise<string | null> {
  if (at === undefined) return null
  const { violation } = await pool.replay(sound, at)
  if (violation === null) return null
  return `Seed ${at.seed} breaks ${violation.invariant} also without “${name}”.`
}

const ANEW = 'search anew with npm run simulate:power --'

export function isExpected({ foundBy }: PlantedBug, invariant: string): boolean {
  return foundBy.some((beginning) => invariant.startsWith(beginning))
}

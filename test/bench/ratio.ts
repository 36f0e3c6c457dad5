/** Measures work against a baseline in the same run: machines are noisy, ratios less so. */

export interface Rate {
  readonly perSecond: number
  readonly p99Ms: number
  /** Time of cores per call, of all threads: what others do on the machine is not in it. */
  readonly coreMs: number
}

const WARM_UP = 50
const ROUNDS = 3
const NONE: Rate = { perSecond: 0, p99Ms: Infinity, coreMs: Infinity }

export interface Load {
  readonly calls: number
  /** How many calls are under way at once. */
  readonly concurrency: number
  /** Calls that are not counted. */
  readonly warmUp?: number
  /** How often both are measured in turn; many short ones find a quiet moment of a busy machine. */
  readonly rounds?: number
}

export async function rateOf(
  work: () => Promise<unknown>,
  { calls, concurrency, warmUp = WARM_UP }: Load,
): Promise<Rate> {
  for (let call = 0; call < warmUp; call++) await work()
  const tookMs: number[] = []
  let left = calls
  const startedAt = performance.now()
  const before = process.cpuUsage()
  const worker = async () => {
    while (left > 0) {
      left -= 1
      const from = performance.now()
      await work()
      tookMs.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
  const seconds = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(before)
  const coreMs = (user + system) / 1000 / calls
  tookMs.sort((a, b) => a - b)
  return { perSecond: calls / seconds, p99Ms: tookMs[Math.floor(calls * 0.99)] ?? 0, coreMs }
}

/** Alternates both, so that a slow minute of the machine hits them alike; the better round of each counts. */
export async function compare(
  name: string,
  work: () => Promise<unknown>,
  baseline: () => Promise<unknown>,
  load: Load,
  baselineName = 'bare handler',
): Promise<void> {
  let ours = NONE
  let bare = NONE
  for (let round = 0; round < (load.rounds ?? ROUNDS); round++) {
    ours = faster(ours, await rateOf(work, load))
    bare = faster(bare, await rateOf(baseline, load))
  }
  report(name, [
    ['ours', `${ours.perSecond.toFixed(0)}/s, p99 ${ours.p99Ms.toFixed(1)} ms`],
    [baselineName, `${bare.perSecond.toFixed(0)}/s, p99 ${bare.p99Ms.toFixed(1)} ms`],
    ['ratio', (ours.perSecond / bare.perSecond).toFixed(2)],
    ['core time ratio', (bare.coreMs / ours.coreMs).toFixed(2)],
  ])
}

export function report(name: string, facts: readonly (readonly [string, string])[]): void {
  console.log(`${name.padEnd(34)} ${facts.map(([key, value]) => `${key} ${value}`).join(' · ')}`)
}

function faster(one: Rate, other: Rate): Rate {
  const best = one.perSecond > other.perSecond ? one : other
  return { ...best, coreMs: Math.min(one.coreMs, other.coreMs) }
}

/** Several processes that play schedules at once. */
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Failure, Replay } from './core/find.ts'
import type { End, Telling } from './world/permutation.ts'
import type { Answer, Order } from './worker.ts'

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url))
/** A schedule leaves much behind that nobody needs: with more room for what is young, a tenth is saved. */
const ROOM = ['--max-semi-space-size=64']

export interface Seeds {
  readonly bundle: string
  readonly from: number
  readonly count: number
  /** Who takes part; those of each seed when absent. */
  readonly actors?: readonly string[]
  /** Says a failure as shortly as possible, which takes dozens of plays. */
  readonly isShrunk: boolean
}

export interface Day {
  readonly seed: number
  readonly schedule: string
  /** A bug of the bundle that has all of them. */
  readonly planted?: string
}

/** All of them throw when the simulator itself broke. */
export interface Pool {
  readonly size: number
  /** The first failure of these seeds; null when all end well. */
  search(seeds: Seeds): Promise<Failure | null>
  replay(bundle: string, at: Day): Promise<Replay>
  /** One life in each of these orders. */
  tell(bundle: string, tellings: readonly Telling[]): Promise<readonly End[]>
  close(): void
}

export function openPool(size: number): Pool {
  const all: ChildProcess[] = Array.from({ length: size }, () =>
    fork(WORKER, { execArgv: [...process.execArgv, ...ROOM] }),
  )
  const idle = [...all]
  const waiting: ((worker: ChildProcess) => void)[] = []
  let number = 0
  const give = async (order: Order): Promise<Answer> => {
    const worker =
      idle.pop() ?? (await new Promise<ChildProcess>((resolve) => waiting.push(resolve)))
    try {
      return await ask(worker, number++, order)
    } finally {
      const next = waiting.shift()
      if (next === undefined) idle.push(worker)
      else next(worker)
    }
  }
  return {
    size,
    search: async (seeds) => (await give(seeds)).failure,
    replay: async (bundle, at) => {
      const { replay } = await give({ bundle, ...at })
      if (replay === null) throw new Error('a worker answered something else')
      return replay
    },
    tell: async (bundle, tellings) => (await give({ bundle, tellings })).ends,
    close: () => all.forEach((worker) => worker.disconnect()),
  }
}

function ask(worker: ChildProcess, number: number, order: Order): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('a worker died'))
    const answered = (answer: Answer) => {
      if (answer.number !== number) return
      worker.off('exit', ended)
      worker.off('message', answered)
      if (answer.crash === null) resolve(answer)
      else reject(new Error(answer.crash))
    }
    worker.on('message', answered)
    worker.once('exit', ended)
    worker.send({ number, order })
  })
}

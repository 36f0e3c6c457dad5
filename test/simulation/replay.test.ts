import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from './bundle.ts'
import { openPool, type Pool } from './pool.ts'

let pool: Pool
let built: string

beforeAll(async () => {
  built = await bundle(null)
  pool = openPool(2)
})
afterAll(() => pool.close())

const DAYS = [
  { seed: 3, schedule: 'buyer0,canceller1;*' },
  { seed: 32, schedule: 'page-maker0,operator1,latecomer2;*' },
  { seed: 77, schedule: 'renewer0,bank-payer1;*' },
  { seed: 128, schedule: 'subscriber0;*' },
  { seed: 1235, schedule: 'money-back0,forger1;*' },
]

describe('a seed', () => {
  it('replays to the byte, in another process and after other seeds', async () => {
    const run = async () => {
      const traces: string[] = []
      for (const day of DAYS) {
        const { trace } = await pool.replay(built, day)
        traces.push(trace.join('\n'))
      }
      return traces
    }
    const [first, second] = await Promise.all([run(), run()])
    expect(first).toEqual(second)
    expect(first.every((trace) => trace.includes('POST'))).toBe(true)
  })

  it('is another day than the next one', async () => {
    const [one, other] = await Promise.all(
      [5, 6].map((seed) => pool.replay(built, { seed, schedule: '*;*' })),
    )
    expect(one?.trace).not.toEqual(other?.trace)
  })
})

/**
 * Requests that our own OpenAPI document permits, and requests bent out of shape, against the running
 * system, which goes on living meanwhile: no 5xx, nothing undeclared, nothing that shows the inside.
 * `npm run fuzz -- --runs 100000 --seed 7 --minutes 10` for longer.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bent, valid, type FuzzRequest } from './requests.ts'
import { startTarget, type Target } from './target.ts'

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000)
const SEED = Number(process.env['FUZZ_SEED'] ?? 1)
const MINUTES = Number(process.env['FUZZ_MINUTES'] ?? 5)

let target: Target
beforeAll(async () => {
  target = await startTarget()
})
afterAll(() => target.center.remove())

type Step =
  | FuzzRequest
  | { readonly happens: 'payment' | 'time' | 'life'; readonly seconds: number }

/** `GET /w/{publishableKey}/licenses 2xx`: that it happened at all. */
const statuses = new Set<string>()
let requests = 0
let dearest = { to: '', coreMs: 0 }

it(
  'every answer is one that the document declares',
  { timeout: (MINUTES + 1) * 60_000 },
  async () => {
    const { operations } = target.document
    expect(operations.length).toBeGreaterThan(5)
    const asked = operations.flatMap((operation) => [
      { weight: 6, arbitrary: valid(operation, target.document) },
      { weight: 10, arbitrary: bent(operation, target.document) },
    ])
    const steps = fc.oneof(
      ...asked,
      { weight: operations.length, arbitrary: happening('payment') },
      { weight: Math.ceil(operations.length / 6), arbitrary: happening('life') },
      { weight: 2, arbitrary: happening('time') },
    )
    await fc.assert(fc.asyncProperty(steps, take), {
      numRuns: RUNS,
      seed: SEED,
      interruptAfterTimeLimit: MINUTES * 60_000,
      markInterruptAsFailure: false,
    })
    const never = operations.filter(({ name }) => !statuses.has(`${name} 2xx`))
    const reached = operations.length - never.length
    console.log(`${requests} requests, ${reached} of ${operations.length} operations with a 2xx`)
    console.log(`  dearest: ${dearest.to}, ${dearest.coreMs.toFixed(0)} ms of a core`)
    for (const { name } of never) console.log(`  never: ${name}`)
    // A fuzzer that is only refused tries nothing; some operations need a state that is rare.
    expect(never.length).toBeLessThan(operations.length / 3)
  },
)

function happening(happens: 'payment' | 'time' | 'life') {
  return fc.record({
    happens: fc.constant(happens),
    seconds: fc.integer({ min: 1, max: 3_000_000 }),
  })
}

async function take(step: Step): Promise<void> {
  if ('to' in step) {
    requests++
    const { status, took } = await target.expectSound(step)
    if (took.coreMs > dearest.coreMs) dearest = { to: step.to, coreMs: took.coreMs }
    statuses.add(`${step.to} ${Math.floor(status / 100)}xx`)
  } else if (step.happens === 'payment') {
    const [payment_url = null] = target.pool.paymentPages
    if (payment_url !== null) await target.center.pay({ payment_url })
  } else if (step.happens === 'life') {
    await target.live()
  } else {
    const { clock, stripe, runJobs } = target.center.system
    clock.moveTo(clock.now().add({ seconds: step.seconds }))
    await stripe.settleDue()
    await runJobs()
  }
}

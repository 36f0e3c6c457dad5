/** What only Workers have: isolates that start cold, and cron triggers, called as Cloudflare calls them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trigger } from '../../demo/worker-system.ts'
import { DR_MONTHLY, problemIn } from '../support/buyer.ts'
import { leaksIn, secretsOf } from '../support/leaks.ts'
import { pay } from '../support/payment-page.ts'
import { startRuntime, type Runtime } from './runtimes.ts'

const MINUTE = '* * * * *'
const TEN_MINUTES = '*/10 * * * *'
/** Reconciliation starts three days ago, and covers one day in each run. */
const RUNS_TO_TODAY = 4

let workerd: Runtime
beforeAll(async () => {
  workerd = await startRuntime('workerd + http')
  // No webhook arrives: only the triggers can tell.
  await workerd.system.stripe.control({ drop: 1 })
})
afterAll(() => workerd.stop())

/** Paid, and nobody was told. */
async function paidInSilence(customer: string) {
  const buyer = workerd.as('recover', customer)
  const order = await buyer.buy(DR_MONTHLY)
  await pay(order)
  const fire = async (cron: string) => {
    await trigger(workerd.system.origin, cron)
    return buyer.follow(order.id)
  }
  return { order, fire }
}

/** The clock of workerd cannot be moved, so what is due later becomes due now. */
async function makeDue(orderId: string): Promise<void> {
  const sql = 'UPDATE orders SET sweep_at = 0 WHERE id = ?'
  await workerd.system.deps.db.client.batch([{ sql, args: [orderId] }], 'write')
}

describe('guessing at license keys', () => {
  it('T10: is limited by the binding of wrangler.toml, as on Node', async () => {
    const guess = () =>
      fetch(`${workerd.system.origin}/v1/licenses/validate`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ key: 'RCV-0000', product: 'recover' }),
      })
    const answers: Response[] = []
    // The periods of the binding are minutes of the clock, and two of them may be touched.
    for (let guesses = 0; guesses < 2 * 20 + 1; guesses++) answers.push(await guess())
    const limited = answers.filter(({ status }) => status === 429)
    expect(limited.length).toBeGreaterThan(0)
    expect(answers.slice(0, 20).map(({ status }) => status)).toContain(200)
    expect(limited[0]?.headers.get('Retry-After')).toBe('60')
    expect(await problemIn(limited[0] ?? new Response())).toMatchObject({
      code: 'request.rate_limited',
    })
  })
})

describe('a cron trigger', () => {
  it('every minute sweeps: it fulfils what was paid though the webhook was lost (P27)', async () => {
    const { order, fire } = await paidInSilence('swept')
    await makeDue(order.id)
    expect(await fire(MINUTE)).toMatchObject({ state: 'fulfilled', licenses: { length: 2 } })
  })

  it('runs its own jobs only: reconciliation waits for its ten minutes', async () => {
    const { fire } = await paidInSilence('reconciled')
    for (let run = 0; run < RUNS_TO_TODAY; run++) await fire(MINUTE)
    expect(await fire(MINUTE)).toMatchObject({ state: 'pending' })
    let found = await fire(TEN_MINUTES)
    // Events are listed up to the second that is over: what was paid in this one comes with a later run.
    for (let run = 1; run < 10 * RUNS_TO_TODAY && found.state === 'pending'; run++) {
      found = await fire(TEN_MINUTES)
    }
    expect(found).toMatchObject({ state: 'fulfilled', licenses: { length: 2 } })
  })
})

describe('what workerd writes', () => {
  it('T17: names requests and what they came to, and nobody’s address, key, token or secret', async () => {
    const order = await workerd.as('recover', 'quiet').buy(DR_MONTHLY)
    await pay(order)
    await fetch(`${workerd.system.origin}/pay/return?order=${order.id}&email=quiet@acme.example`)
    const output = () => workerd.lines.join('\n')
    await expect.poll(output).toContain('"route":"/pay/return"')
    expect(leaksIn(output(), secretsOf(workerd.system.stateFile.state))).toEqual([])
  })

  it.each([
    ['an e-mail address', 'failed for quiet@acme.example'],
    ['a token', 'Bearer eyJhbGciOiJFZERTQSJ9.e30.c2ln'],
    ['a license key', 'RCVR-7Q2M-0000'],
    ['a key of Stripe', 'whsec_0123'],
    ['a key of a host', 'sk_0123456789abcdef0'],
    ['a payment page', 'http://localhost/c/pay/cs_test_1'],
    ['a private link', `/renew/${'a'.repeat(43)}`],
    ['a secret of its configuration', 'It is secret-of-ours.'],
  ])('would be refused with %s in it', (kind, line) => {
    expect(leaksIn(line, ['secret-of-ours'])).toEqual([kind])
  })
})

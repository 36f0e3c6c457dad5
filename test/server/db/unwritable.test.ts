/** C21: a disk that is full, and a database that only reads: 503, no half state, and checks still answered. */
import { describe, expect, it, onTestFinished } from 'vitest'
import { journal } from '../../../server/db/schema.ts'
import { DR_MONTHLY, RefusedAnswer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startVault } from '../../support/vault.ts'

/** What SQLite itself does then; no file has fewer pages than it has. */
const FAULTS = [
  { fault: 'only reads', on: 'PRAGMA query_only = ON', off: 'PRAGMA query_only = OFF' },
  {
    fault: 'is full',
    on: 'PRAGMA max_page_count = 1',
    off: 'PRAGMA max_page_count = 1073741823',
  },
]

describe.each(FAULTS)('a database that $fault', ({ on, off }) => {
  it('is said to be unavailable, keeps nothing by half, and still answers checks', async () => {
    const center = await startVault()
    onTestFinished(() => center.remove())
    const { db } = center.system.deps
    const installed = await center.bought('seats', 2)
    await installed.ask('activate', { fingerprint: 'host-a' })
    const buyer = center.as('vault', 'unlucky')
    const wish = { ...DR_MONTHLY, plan: 'seats', quantity: 200 }
    await db.client.execute(on)
    const { stored, refusal } = await untilRefused(
      () => buyer.quote(wish),
      () => db.orm.$count(journal),
    )
    expect(refusal.problem).toMatchObject({ status: 503, code: 'database.unavailable' })
    expect(Number(refusal.response.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(await db.orm.$count(journal)).toBe(stored)
    const check = await installed.ask('validate', { fingerprint: 'host-a' })
    expect(check).toMatchObject({ valid: true, code: 'VALID' })

    await db.client.execute(off)
    expect((await buyer.quote(wish)).total).toBeGreaterThan(0)
    await expectInvariants(center.system)
  })
})

/** Pages that were begun still take a few. @returns what the journal held before the one that was refused */
async function untilRefused(ask: () => Promise<unknown>, count: () => Promise<number>) {
  for (let times = 0; times < 100; times++) {
    const stored = await count()
    const answer = await ask().catch((error: unknown) => error)
    if (answer instanceof RefusedAnswer) return { stored, refusal: answer }
    if (answer instanceof Error) throw answer
  }
  throw new Error('it was never full')
}

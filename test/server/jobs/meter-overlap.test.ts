/** C15: two runs of the job at once: one has read what is owed, and the other asks for it and dies. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RenewalModeAnswer } from '../../../server/contract/renewals.ts'
import { orders } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { autoRenew } from '../../../server/jobs/auto-renew.ts'
import { meter } from '../../../server/jobs/meter.ts'
import { answerOf } from '../../support/buyer.ts'
import { withWeather, type Fate } from '../../support/faulty-client.ts'
import { consentTo } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2026-01-14T10:00:00Z' })
})
afterAll(() => center.remove())

/** Owes for a few days that are counted, since it stopped to pay by the day. */
async function owing(name: string) {
  const buyer = center.as('studio', name)
  await center.pay(await buyer.buy({ plan: 'solo', quantity: 4, cycle: 'month', auto_renew: true }))
  await center.told()
  const ids = (await buyer.licenses()).data.map(({ id }) => id)
  const consent = await consentTo(buyer, 'solo')
  const move = async (mode: string, words: object) => {
    const body = { license_ids: ids, mode, ...words }
    await answerOf(await buyer.send('renewals/mode', { body }), RenewalModeAnswer)
  }
  await move('pay_per_use', { consent })
  later({ hours: 24 * 34 })
  await meter(center.system.deps)
  await move('manual', {})
  later({ hours: 24 })
}

function later(time: { hours?: number; minutes?: number }): void {
  const { clock, deps } = center.system
  clock.moveTo(deps.now().add(time))
}

const bills = () =>
  center.system.deps.db.orm
    .select({ state: orders.state })
    .from(orders)
    .where(eq(orders.origin, 'meter'))

/** It has begun the bill, and never hears whether it was paid. */
const dying = (): Deps => {
  const { deps } = center.system
  const chargeSaved = () => Promise.reject(new Error('the process died'))
  return { ...deps, payments: { ...deps.payments, chargeSaved } }
}

describe('a run that another one overtakes', () => {
  it.each([1, 2, 3, 4, 5])(
    'asks for no day twice, when it happens before its call %i',
    async (at) => {
      const { deps } = center.system
      await owing(`overtaken-${at}`)
      const before = await bills()
      const { db } = withWeather(deps.db.client, async (call): Promise<Fate> => {
        if (call === at) await meter(dying())
        return 'fine'
      })
      await meter({ ...deps, db })
      later({ minutes: 2 })
      // It goes on with what a process left that died.
      await autoRenew(deps)
      await center.told()
      expect(await bills()).toEqual([...before, { state: 'fulfilled' }])
    },
  )
})

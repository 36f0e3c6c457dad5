/** P03: one order's events in every order, each up to three times, against what in-order delivery makes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { deliver, eventOf, holdWebhooks, type SentEvent } from '../../support/provider-events.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

const TYPES = ['completed', 'async_payment_succeeded', 'expired'] as const
type Type = (typeof TYPES)[number]

const PERMUTATIONS: readonly (readonly Type[])[] = TYPES.flatMap((first) =>
  TYPES.filter((type) => type !== first).map((second) => [
    first,
    second,
    ...TYPES.filter((type) => type !== first && type !== second),
  ]),
)
const CASES = PERMUTATIONS.flatMap((order) => [1, 2, 3].map((copies) => ({ order, copies })))

/** A settled bank debit and its events; the expiry is a stale one that Stripe would not send. */
async function settledOrder(name: string) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.payByBank(order)
  const completed = await eventOf(center.system, order.id, 'checkout.session.completed')
  await center.system.stripe.control({ settle: 'succeed' })
  const type = 'checkout.session.async_payment_succeeded'
  const events: Record<Type, SentEvent> = {
    completed,
    async_payment_succeeded: await eventOf(center.system, order.id, type),
    expired: { ...completed, id: `${completed.id}_stale`, type: 'checkout.session.expired' },
  }
  return { buyer, order, events }
}

describe('P03: the events of an order', () => {
  it('in order lead from processing to fulfilled', async () => {
    const buyer = center.as('recover', 'in-order')
    const order = await buyer.buy(DR_MONTHLY)
    await center.payByBank(order)
    const completed = await eventOf(center.system, order.id, 'checkout.session.completed')
    await deliver(center.system, completed)
    expect((await buyer.follow(order.id)).state).toBe('processing')
    await center.system.stripe.control({ settle: 'succeed' })
    const type = 'checkout.session.async_payment_succeeded'
    await deliver(center.system, await eventOf(center.system, order.id, type))
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
    await deliver(center.system, completed)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })

  it.each(CASES)(
    'as $order, $copies times each, end the same',
    async ({ order: types, copies }) => {
      const { buyer, order, events } = await settledOrder(`${types.join('-')}-${copies}`)
      for (const type of types) {
        const answers = await Promise.all(
          Array.from({ length: copies }, () => deliver(center.system, events[type])),
        )
        expect(answers.map(({ status }) => status)).toEqual(Array(copies).fill(200))
      }
      const after = await buyer.follow(order.id)
      expect(after).toMatchObject({ state: 'fulfilled', failure: null })
      expect(after.licenses).toHaveLength(2)
    },
  )

  it('hold the invariants in the end', () => expectInvariants(center.system))
})

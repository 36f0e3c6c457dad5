/** P03: refunds and disputes in every order beside the payment, each up to three times. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { deliver, holdWebhooks, type SentEvent } from '../../support/provider-events.ts'
import { bareSdk } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

const TYPES = [
  'checkout.session.completed',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
] as const

const ENDS = {
  won: { state: 'partially_refunded', status: 'active' },
  lost: { state: 'refunded', status: 'revoked' },
} as const

const CASES = permutations(TYPES).flatMap((types, index) =>
  [1, 3].map((copies) => ({
    types,
    copies,
    end: index % 2 === 0 ? ('won' as const) : ('lost' as const),
  })),
)

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((first) =>
    permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  )
}

/** Paid, 5.00 given back in the dashboard, disputed and decided; we have heard of nothing. */
async function decidedOrder(name: string, end: 'won' | 'lost') {
  const { stripe } = center.system
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order)
  await stripe.control({ refund: { order: order.id, amount: 500 } })
  await stripe.control({ dispute: { order: order.id } })
  await stripe.control({ close_dispute: { order: order.id, status: end } })
  const intent = stripe.truth.payments().find(({ orderId }) => orderId === order.id)?.intentId ?? ''
  const events: SentEvent[] = []
  for await (const event of bareSdk(stripe.origin).events.list({ limit: 30 })) {
    const text = JSON.stringify(event)
    if (text.includes(intent)) events.unshift(JSON.parse(text))
  }
  return { buyer, order, events }
}

describe('P03: what follows a payment', () => {
  it.each(CASES)(
    'as $types, $copies times each, ends the same: $end',
    async ({ types, copies, end }) => {
      const name = `${types.map((type) => type.split('.').at(-1)).join('-')}-${copies}`
      const { buyer, order, events } = await decidedOrder(name, end)
      for (const type of types) {
        const event = events.find((it) => it.type === type)
        if (event === undefined) throw new Error(`no ${type}`)
        const answers = await Promise.all(
          Array.from({ length: copies }, () => deliver(center.system, event)),
        )
        expect(answers.map(({ status }) => status)).toEqual(Array(copies).fill(200))
      }
      const { state, status } = ENDS[end]
      const after = await buyer.follow(order.id)
      expect(after).toMatchObject({ state, refunds: [{ amount: 500, kind: 'amount' }] })
      const { data } = await buyer.licenses()
      expect(data.map((license) => license.status)).toEqual([status, status])
    },
  )

  it('holds the invariants in the end', () => expectInvariants(center.system))
})

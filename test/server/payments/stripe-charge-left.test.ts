/** What an earlier call left of a charge, or does beside this one: it is gone on with, compared, or given up. */
import { describe, expect, it } from 'vitest'
import { aCharge } from '../../support/saved-card.ts'
import { startStripe, type StripeWorld } from '../../support/stripe.ts'

type Charge = Parameters<StripeWorld['payments']['chargeSaved']>[0]

/** Calls of a charge, in their order. */
const CALLS = { list: 1, create: 2, lines: 3, finalize: 4, pay: 5 } as const

/** The call before it is the last that Stripe heard. */
async function leftBefore(call: keyof typeof CALLS, changes: Partial<Charge> = {}) {
  const world = await startStripe()
  const request = { ...(await aCharge(world)), ...changes }
  await world.standIn.control({ outage: '500_final', after: CALLS[call] - 1 })
  await expect(world.payments.chargeSaved(request)).rejects.toMatchObject({
    code: 'payment.unavailable',
  })
  await world.standIn.control({ outage: null })
  const [invoice] = (await world.stripe.invoices.list({ customer: request.providerCustomer })).data
  return { world, request, id: invoice?.id ?? '' }
}

const statusesOf = async ({ stripe }: StripeWorld, customer: string) =>
  (await stripe.invoices.list({ customer })).data.map(({ status }) => status)

describe('two processes that charge one attempt at once', () => {
  it('P28: make one invoice, and one payment', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    const both = await Promise.allSettled([1, 2].map(() => world.payments.chargeSaved(request)))
    const after = await world.payments.chargeSaved(request)
    expect(after).toMatchObject({ payment: 'paid', amountTotal: 37500 })
    for (const one of both) {
      if (one.status === 'fulfilled') expect(one.value.id).toBe(after.id)
      else expect(one.reason).toMatchObject({ code: 'payment.unavailable' })
    }
    expect(await statusesOf(world, request.providerCustomer)).toEqual(['paid'])
  })

  it('make another one for the next attempt, and for another order', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    for (const next of [{}, { attempt: 2 }, { orderId: 'ord_other' }]) {
      await world.payments.chargeSaved({ ...request, ...next })
    }
    expect(await statusesOf(world, request.providerCustomer)).toHaveLength(3)
  })
})

describe('a charge that an earlier call began', () => {
  it.each(['lines', 'finalize', 'pay'] as const)(
    'goes on before %s, over the same amount',
    async (call) => {
      const { world, request, id } = await leftBefore(call)
      world.clock.advance('P2D')
      expect(await world.payments.chargeSaved(request)).toMatchObject({
        id,
        payment: 'paid',
        amountTotal: 37500,
      })
      expect(await world.stripe.invoices.retrieve(id)).toMatchObject({
        auto_advance: false,
        lines: { data: [{ quantity: 5, amount: 37500 }] },
      })
    },
  )

  it.each([{ total: 37400 }, { currency: 'EUR' }])(
    'P14: is given up when the order is about %o',
    async (changes) => {
      const { world, request, id } = await leftBefore('pay')
      await expect(world.payments.chargeSaved({ ...request, ...changes })).rejects.toThrow(
        `charge ${id} is over 37500 usd`,
      )
      expect(await world.stripe.invoices.retrieve(id)).toMatchObject({
        status: 'void',
        amount_paid: 0,
      })
    },
  )

  it.each([
    { call: 'lines', left: null },
    { call: 'pay', left: 'void' },
  ] as const)(
    'is over when it is given up before $call, again and again',
    async ({ call, left }) => {
      const { world, id } = await leftBefore(call)
      const given = await world.payments.expireCheckout(id)
      expect(given).toMatchObject({ id, state: 'expired', payment: 'unpaid' })
      const now = await world.payments.readCheckout(id)
      if (left === null) expect(now).toBe(null)
      else expect(await world.payments.expireCheckout(id)).toEqual(now)
    },
  )
})

describe('a charge that nobody knows', () => {
  it('is none of a customer whom Stripe does not know', async () => {
    const { payments } = await startStripe()
    expect(await payments.findCheckoutsOfOrder('ord_1', 'cus_nobody')).toEqual([])
    expect(await payments.readCheckout('in_nothing')).toBe(null)
    expect(await payments.findCheckoutByIntent('pi_nothing')).toBe(null)
  })

  it('names a line without a description by its name alone', async () => {
    const world = await startStripe()
    const request = await aCharge(world)
    const lines = request.lines.map((line) => ({ ...line, description: '' }))
    const { id } = await world.payments.chargeSaved({ ...request, lines })
    const { data } = (await world.stripe.invoices.retrieve(id)).lines
    expect(data.map(({ description }) => description)).toEqual(lines.map(({ name }) => name))
  })
})

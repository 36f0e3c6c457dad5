import { describe, expect, it } from 'vitest'
import { aCharge } from '../../support/saved-card.ts'
import { anOrder, GOOD_CARD, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

/** An order of $375.00, paid with that card on the page. */
async function paidOrder(world: StripeWorld, card = GOOD_CARD.card_number) {
  const order = await anOrder(world)
  const { id, url } = await world.payments.openCheckout(order)
  await submit(url, { ...GOOD_CARD, card_number: card })
  const intentId = (await world.payments.readCheckout(id))?.intentId ?? ''
  const { orderId, currency } = order
  return { orderId, currency, intentId, key: 'ref_1', amount: 10_000 }
}

describe('refund()', () => {
  it('gives a part back, with a credit note of the invoice', async () => {
    const world = await startStripe()
    const request = await paidOrder(world)
    expect(await world.payments.refund(request)).toMatchObject({
      intentId: request.intentId,
      key: 'ref_1',
      amount: 10_000,
      currency: 'USD',
      state: 'succeeded',
      failure: null,
    })
    expect((await world.stripe.creditNotes.list()).data).toMatchObject([
      { amount: 10_000, metadata: { order_id: request.orderId } },
    ])
  })

  it('gives money back once per key, however often and late it is repeated', async () => {
    const world = await startStripe()
    const request = await paidOrder(world)
    const first = await world.payments.refund(request)
    const again = await Promise.all([1, 2].map(() => world.payments.refund(request)))
    world.clock.advance('P3D')
    const late = await world.payments.refund(request)
    expect([...again, late].map(({ id }) => id)).toEqual([first.id, first.id, first.id])
    await world.payments.refund({ ...request, key: 'ref_2' })
    const { refunds } = await world.payments.readAftermath(request.intentId)
    expect(refunds.map(({ key }) => key)).toEqual(['ref_1', 'ref_2'])
    expect((await world.stripe.creditNotes.list()).data).toHaveLength(2)
  })

  it('of a charge of a saved card works as of a page', async () => {
    const world = await startStripe()
    const charge = await aCharge(world)
    const intentId = (await world.payments.chargeSaved(charge)).intentId ?? ''
    const { orderId, currency, total: amount } = charge
    await world.payments.refund({ orderId, currency, amount, intentId, key: 'ref_1' })
    expect((await world.stripe.creditNotes.list()).data).toMatchObject([{ amount: 37_500 }])
  })

  it('hands on why the provider refuses to give back more than is left', async () => {
    const world = await startStripe()
    const request = await paidOrder(world)
    await expect(world.payments.refund({ ...request, amount: 37_501 })).rejects.toMatchObject({
      code: 'payment.refused',
      detail: { detail: expect.stringContaining('greater than unrefunded amount') },
    })
  })

  it.each(['500', '500_stored', 'reset'] as const)(
    'P28: an outage (%s) is an unknown outcome, and the repeat gives back once',
    async (outage) => {
      const world = await startStripe()
      const request = await paidOrder(world)
      await world.standIn.control({ outage, calls: 3, after: 1 })
      await expect(world.payments.refund(request)).rejects.toMatchObject({
        code: 'payment.unavailable',
      })
      await world.standIn.control({ outage: null })
      world.clock.advance('P2D')
      await world.payments.refund(request)
      expect((await world.payments.readAftermath(request.intentId)).refunds).toHaveLength(1)
    },
  )

  it.each([
    { card: '4000000000007726', before: 'pending', after: 'succeeded', failure: null },
    {
      card: '4000000000005126',
      before: 'succeeded',
      after: 'failed',
      failure: 'expired_or_canceled_card',
    },
  ])('of card $card is $before, and $after later', async ({ card, before, after, failure }) => {
    const world = await startStripe()
    const request = await paidOrder(world, card)
    expect(await world.payments.refund(request)).toMatchObject({ state: before })
    await world.standIn.control({ settle_refunds: true })
    const { refunds } = await world.payments.readAftermath(request.intentId)
    expect(refunds).toMatchObject([{ state: after, failure }])
  })
})

describe('readAftermath()', () => {
  it('knows refunds of the dashboard by their missing key', async () => {
    const world = await startStripe()
    const { orderId, intentId } = await paidOrder(world)
    await world.standIn.control({ refund: { order: orderId, amount: 500 } })
    expect((await world.payments.readAftermath(intentId)).refunds).toMatchObject([
      { key: null, amount: 500, state: 'succeeded' },
    ])
    await world.standIn.delivered()
    expect(world.receiver.types()).toEqual(
      expect.arrayContaining(['refund.created', 'charge.refunded']),
    )
  })

  it('follows a dispute from its opening to its end', async () => {
    const world = await startStripe()
    const { intentId, orderId, ...request } = await paidOrder(world, '4000000000000259')
    const states = async () =>
      (await world.payments.readAftermath(intentId)).disputes.map(({ state }) => state)
    expect(await states()).toEqual(['open'])
    await expect(world.payments.refund({ ...request, intentId, orderId })).rejects.toMatchObject({
      code: 'payment.refused',
    })
    await world.standIn.control({ close_dispute: { order: orderId, status: 'won' } })
    expect(await states()).toEqual(['won'])
    await world.standIn.control({ dispute: { order: orderId, amount: 100 } })
    await world.standIn.control({ close_dispute: { order: orderId, status: 'lost' } })
    expect(await states()).toEqual(['won', 'lost'])
    const { disputes } = await world.payments.readAftermath(intentId)
    expect(disputes).toMatchObject([
      { intentId, amount: 37_500, currency: 'USD' },
      { intentId, amount: 100, currency: 'USD' },
    ])
  })

  it('tells an inquiry from a dispute, also when it becomes one', async () => {
    const world = await startStripe()
    const { intentId, orderId } = await paidOrder(world)
    const states = async () =>
      (await world.payments.readAftermath(intentId)).disputes.map(({ state }) => state)
    await world.standIn.control({ dispute: { order: orderId, inquiry: true } })
    expect(await states()).toEqual(['inquiry'])
    await world.standIn.control({ close_dispute: { order: orderId, status: 'needs_response' } })
    expect(await states()).toEqual(['open'])
  })

  it('P21: knows early fraud warnings', async () => {
    const world = await startStripe()
    const { intentId } = await paidOrder(world, '4000000000005423')
    expect((await world.payments.readAftermath(intentId)).warnings).toMatchObject([
      { intentId, isActionable: true },
    ])
  })

  it('is empty for a payment that the provider does not know', async () => {
    const { payments } = await startStripe()
    expect(await payments.readAftermath('pi_nothing')).toEqual({
      refunds: [],
      disputes: [],
      warnings: [],
    })
  })
})

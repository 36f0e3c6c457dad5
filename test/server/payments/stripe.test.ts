import { describe, expect, it } from 'vitest'
import { anOrder, GOOD_CARD, startStripe, submit } from '../../support/stripe.ts'

describe('openCheckout()', () => {
  it('opens a page for our order, at our price, until our time', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const session = await world.payments.openCheckout(order)
    expect(session).toMatchObject({
      orderId: order.orderId,
      attempt: 1,
      state: 'open',
      payment: 'unpaid',
      currency: 'USD',
      amountTotal: 37500,
      intentId: null,
      paidAt: null,
      submittedAt: null,
      failure: null,
      method: null,
      livemode: false,
    })
    expect(session.expiresAt.epochMilliseconds).toBe(order.expiresAt.epochMilliseconds)
    expect(session.url).toBe(`${world.standIn.origin}/c/pay/${session.id}`)
  })

  it('answers the same session when it is repeated', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const first = await world.payments.openCheckout(order)
    const second = await world.payments.openCheckout(order)
    expect(second.id).toBe(first.id)
  })

  it('answers what the page has become, not what the first answer said', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const first = await world.payments.openCheckout(order)
    await submit(first.url)
    expect(await world.payments.openCheckout(order)).toMatchObject({
      id: first.id,
      payment: 'paid',
    })
  })

  it('answers the same session though the repeat differs in a detail', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const first = await world.payments.openCheckout(order)
    const second = await world.payments.openCheckout({ ...order, locale: 'de' })
    expect(second.id).toBe(first.id)
  })

  it('opens another page for the next attempt', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const first = await world.payments.openCheckout(order)
    const second = await world.payments.openCheckout({ ...order, attempt: 2 })
    expect(second.id).not.toBe(first.id)
    expect(second.attempt).toBe(2)
  })

  it('P15: hands on why the provider refuses an amount that is too small', async () => {
    const world = await startStripe()
    const lines = [{ name: 'Trifle', description: '', quantity: 1, unitAmount: 49 }]
    const order = await anOrder(world, { lines, total: 49 })
    await expect(world.payments.openCheckout(order)).rejects.toMatchObject({
      code: 'payment.refused',
      detail: { detail: expect.stringContaining('at least $0.50 usd') },
    })
  })
})

describe('readCheckout()', () => {
  it('knows nothing of a session that does not exist', async () => {
    const { payments } = await startStripe()
    expect(await payments.readCheckout('cs_test_nothing')).toBeNull()
  })

  it('R7: a card is paid at the charge’s time, however late we look', async () => {
    const world = await startStripe()
    const { id, url } = await world.payments.openCheckout(await anOrder(world))
    world.clock.advance('PT5M')
    const paidAt = world.clock.now()
    await submit(url)
    world.clock.advance('PT3H')
    const session = await world.payments.readCheckout(id)
    expect(session).toMatchObject({ state: 'complete', payment: 'paid', url: null, failure: null })
    expect(session?.paidAt?.epochMilliseconds).toBe(paidAt.epochMilliseconds)
    expect(session?.submittedAt?.epochMilliseconds).toBe(paidAt.epochMilliseconds)
    expect(session?.method).toMatchObject({ kind: 'card', brand: 'visa', last4: '4242' })
  })

  it('keeps the method only when auto-renewal was chosen', async () => {
    const world = await startStripe()
    const order = await anOrder(world, { saveMethod: true })
    const saved = await world.payments.openCheckout(order)
    await submit(saved.url)
    expect((await world.payments.readCheckout(saved.id))?.method?.reusable).toBe(true)
    const once = await world.payments.openCheckout({ ...order, attempt: 2, saveMethod: false })
    await submit(once.url)
    expect((await world.payments.readCheckout(once.id))?.method?.reusable).toBe(false)
  })

  it.each([
    { card: '4000000000000002', code: 'generic_decline', message: 'Your card was declined.' },
    {
      card: '4000000000009995',
      code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
    },
  ])(
    'tells why card $card was declined, and leaves the page open',
    async ({ card, code, message }) => {
      const world = await startStripe()
      const { id, url } = await world.payments.openCheckout(await anOrder(world))
      expect((await submit(url, { ...GOOD_CARD, card_number: card })).status).toBe(402)
      expect(await world.payments.readCheckout(id)).toMatchObject({
        state: 'open',
        payment: 'unpaid',
        failure: { code, message },
        paidAt: null,
      })
      await submit(url)
      expect(await world.payments.readCheckout(id)).toMatchObject({
        payment: 'paid',
        failure: null,
      })
    },
  )
})

describe('P08: bank debits', () => {
  const bankDebit = { method: 'bank_debit', account_number: '000123456789' }

  it('are under way until the bank answers, and paid at that time (R7)', async () => {
    const world = await startStripe()
    const { id, url } = await world.payments.openCheckout(await anOrder(world))
    const submittedAt = world.clock.now()
    await submit(url, bankDebit)
    expect(await world.payments.readCheckout(id)).toMatchObject({
      state: 'complete',
      payment: 'processing',
      paidAt: null,
    })
    world.clock.advance('PT30S')
    const settledAt = world.clock.now()
    await world.standIn.settleDue()
    world.clock.advance('PT1H')
    const session = await world.payments.readCheckout(id)
    expect(session).toMatchObject({
      payment: 'paid',
      method: { kind: 'us_bank_account', last4: '6789' },
    })
    expect(session?.paidAt?.epochMilliseconds).toBe(settledAt.epochMilliseconds)
    expect(session?.submittedAt?.epochMilliseconds).toBe(submittedAt.epochMilliseconds)
  })

  it('can fail for good', async () => {
    const world = await startStripe()
    const { id, url } = await world.payments.openCheckout(await anOrder(world))
    await submit(url, bankDebit)
    await world.standIn.control({ settle: 'fail' })
    expect(await world.payments.readCheckout(id)).toMatchObject({
      state: 'complete',
      payment: 'failed',
      paidAt: null,
      failure: { code: 'payment_method_customer_decline' },
    })
  })
})

describe('expireCheckout()', () => {
  it('closes an open page', async () => {
    const world = await startStripe()
    const { id } = await world.payments.openCheckout(await anOrder(world))
    expect(await world.payments.expireCheckout(id)).toMatchObject({ state: 'expired', url: null })
    expect(await world.payments.expireCheckout(id)).toMatchObject({ state: 'expired' })
  })

  it('answers the payment when the buyer was faster', async () => {
    const world = await startStripe()
    const { id, url } = await world.payments.openCheckout(await anOrder(world))
    await submit(url)
    expect(await world.payments.expireCheckout(id)).toMatchObject({
      state: 'complete',
      payment: 'paid',
    })
  })
})

import { describe, expect, it } from 'vitest'
import { readSession, SESSION_EXPANSION } from '../../../server/payments/stripe-session.ts'
import { anOrder, startStripe, submit } from '../../support/stripe.ts'

/** A paid session as Stripe answers it, and its payment intent. */
async function aPaidSession() {
  const world = await startStripe()
  const { id, url } = await world.payments.openCheckout(await anOrder(world, { saveMethod: true }))
  await submit(url)
  const expand = [...SESSION_EXPANSION]
  const session = await world.stripe.checkout.sessions.retrieve(id, { expand })
  const { payment_intent: intent } = session
  if (intent === null || typeof intent === 'string') throw new Error('not expanded')
  const { payment_method: method } = intent
  if (method === null || typeof method === 'string') throw new Error('not expanded')
  return { session, intent, method }
}

describe('readSession()', () => {
  it.each([
    { usage: 'off_session', customer: 'cus_1', reusable: true },
    { usage: 'off_session', customer: null, reusable: false },
    { usage: 'on_session', customer: 'cus_1', reusable: false },
    { usage: null, customer: 'cus_1', reusable: false },
  ] as const)(
    'asked for $usage and kept for $customer, a method is reusable: $reusable',
    async ({ usage, customer, reusable }) => {
      const { session, intent, method } = await aPaidSession()
      const payment_intent = {
        ...intent,
        setup_future_usage: usage,
        payment_method: { ...method, customer },
      }
      expect(readSession({ ...session, payment_intent }).method?.reusable).toBe(reusable)
    },
  )

  it('falls back to the metadata for the order', async () => {
    const { session } = await aPaidSession()
    const orderId = session.client_reference_id
    expect(readSession({ ...session, client_reference_id: null }).orderId).toBe(orderId)
    expect(readSession({ ...session, client_reference_id: null, metadata: null })).toMatchObject({
      orderId: null,
      attempt: null,
    })
  })

  it.each([
    { intent: 'succeeded', payment: 'paid' },
    { intent: 'processing', payment: 'processing' },
    { intent: 'requires_action', payment: 'processing' },
    { intent: 'requires_payment_method', payment: 'failed' },
    { intent: 'canceled', payment: 'failed' },
  ] as const)(
    'P08: complete but unpaid, with an intent that is $intent, is $payment',
    async ({ intent: status, payment }) => {
      const { session, intent } = await aPaidSession()
      const payment_intent = { ...intent, status }
      expect(readSession({ ...session, payment_status: 'unpaid', payment_intent })).toMatchObject({
        state: 'complete',
        payment,
      })
    },
  )

  it('takes a state that it does not know for open, and unpaid', async () => {
    const { session } = await aPaidSession()
    const unknown = { ...session, status: 'open' as const, payment_status: 'unpaid' as const }
    expect(readSession({ ...unknown, status: null })).toMatchObject({
      state: 'open',
      payment: 'unpaid',
    })
  })

  it.each([
    { status: 'unpaid', intent: 'processing', payment: 'processing', isPaid: false },
    { status: 'paid', intent: 'succeeded', payment: 'paid', isPaid: true },
    { status: 'no_payment_required', intent: 'succeeded', payment: 'paid', isPaid: true },
  ] as const)(
    'a page that is $status is $payment, and has a time of payment: $isPaid',
    async ({ status, intent: paying, payment, isPaid }) => {
      const { session, intent } = await aPaidSession()
      const payment_intent = { ...intent, status: paying }
      const read = readSession({ ...session, payment_status: status, payment_intent })
      expect(read.payment).toBe(payment)
      expect(read.paidAt !== null).toBe(isPaid)
      expect(read.submittedAt).not.toBe(null)
      expect(read.url).toBe(null)
    },
  )

  it('without a payment is paid when it was made, by nobody knows which method', async () => {
    const { session } = await aPaidSession()
    const read = readSession({ ...session, payment_status: 'paid', payment_intent: null })
    expect(read).toMatchObject({ payment: 'paid', intentId: null, method: null })
    expect(read.paidAt?.epochMilliseconds).toBe(session.created * 1000)
    expect(read.submittedAt?.epochMilliseconds).toBe(session.created * 1000)
  })

  it('of a method that is gone says what the charge says of it', async () => {
    const { session, intent, method } = await aPaidSession()
    const left = { ...intent, payment_method: method.id }
    const read = readSession({ ...session, payment_intent: left })
    expect(read.method).toEqual({
      id: method.id,
      kind: 'card',
      brand: 'visa',
      last4: '4242',
      expires: null,
      reusable: false,
    })
    const bare = { ...left, latest_charge: null }
    expect(readSession({ ...session, payment_intent: bare }).method).toMatchObject({
      kind: 'unknown',
      brand: null,
      last4: null,
    })
  })

  it.each([
    { kind: 'card', at: 'created' },
    { kind: 'link', at: 'created' },
    { kind: 'us_bank_account', at: 'settled' },
  ] as const)('R7: a payment by $kind is paid when it is $at', async ({ kind, at }) => {
    const { session, intent } = await aPaidSession()
    const { latest_charge: charge } = intent
    if (charge === null || typeof charge === 'string') throw new Error('not expanded')
    const settled = { ...(charge.balance_transaction as object), created: charge.created + 60 }
    const latest_charge = {
      ...charge,
      payment_method_details: { type: kind },
      balance_transaction: settled,
    }
    const payment_intent = { ...intent, latest_charge: latest_charge as never }
    const { paidAt } = readSession({ ...session, payment_intent })
    const seconds = charge.created + (at === 'settled' ? 60 : 0)
    expect(paidAt?.epochMilliseconds).toBe(seconds * 1000)
  })
})

/** P28: a call that Stripe does not answer is never taken for the answer that there is nothing. */
import { describe, expect, it } from 'vitest'
import { aCharge } from '../../support/saved-card.ts'
import { anOrder, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

interface Known extends StripeWorld {
  readonly customer: string
  readonly methodId: string
  readonly orderId: string
  /** An open page, one that was paid, and the charge of a saved method, paid. */
  readonly page: string
  readonly paid: { readonly id: string; readonly intentId: string }
  readonly charge: { readonly id: string; readonly intentId: string }
}

async function aKnownCustomer(): Promise<Known> {
  const world = await startStripe()
  const { payments } = world
  const request = await aCharge(world)
  const { id, intentId } = await payments.chargeSaved(request)
  const order = await anOrder(world, { orderId: 'ord_paid' })
  const bought = await payments.openCheckout(order)
  await submit(bought.url)
  const paid = await payments.readCheckout(bought.id)
  const page = await payments.openCheckout({ ...order, orderId: 'ord_open' })
  return {
    ...world,
    customer: request.providerCustomer,
    methodId: request.methodId,
    orderId: request.orderId,
    page: page.id,
    paid: { id: bought.id, intentId: paid?.intentId ?? '' },
    charge: { id, intentId: intentId ?? '' },
  }
}

interface Question {
  /** What it asks Stripe, one after the other; what it asks at once counts as one. */
  readonly calls: number
  readonly ask: (known: Known) => Promise<unknown>
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  'reads a page': { calls: 1, ask: ({ payments, page }) => payments.readCheckout(page) },
  'reads a charge': { calls: 2, ask: ({ payments, charge }) => payments.readCheckout(charge.id) },
  'finds the page of a payment': {
    calls: 1,
    ask: ({ payments, paid }) => payments.findCheckoutByIntent(paid.intentId),
  },
  'finds the charge of a payment': {
    calls: 4,
    ask: ({ payments, charge }) => payments.findCheckoutByIntent(charge.intentId),
  },
  'finds the payments of an order': {
    calls: 1,
    ask: ({ payments, orderId, customer }) => payments.findCheckoutsOfOrder(orderId, customer),
  },
  'closes a page': { calls: 1, ask: ({ payments, page }) => payments.expireCheckout(page) },
  'closes a page that was paid': {
    calls: 2,
    ask: ({ payments, paid }) => payments.expireCheckout(paid.id),
  },
  'gives up a charge that was paid': {
    calls: 4,
    ask: ({ payments, charge }) => payments.expireCheckout(charge.id),
  },
  'lists methods': { calls: 1, ask: ({ payments, customer }) => payments.listMethods(customer) },
  'chooses a method': {
    calls: 1,
    ask: ({ payments, customer, methodId }) => payments.setDefaultMethod(customer, methodId),
  },
  'removes a method': {
    calls: 1,
    ask: ({ payments, methodId }) => payments.detachMethod(methodId),
  },
  'reads what became of a payment': {
    calls: 1,
    ask: ({ payments, paid }) => payments.readAftermath(paid.intentId),
  },
}

describe('P28: an outage', () => {
  it.each(Object.entries(QUESTIONS))(
    'of any call of what %s is no answer, and the repeat has one',
    async (_, { calls, ask }) => {
      const known = await aKnownCustomer()
      for (let after = 0; after < calls; after++) {
        await known.standIn.control({ outage: '500_final', after })
        await expect(ask(known)).rejects.toMatchObject({ code: 'payment.unavailable' })
        await known.standIn.control({ outage: null })
      }
      expect(await ask(known)).not.toBe(null)
    },
  )

  it('of the call that makes a page is not taken for a page that was made before', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    await world.payments.openCheckout({ ...order, attempt: 2 })
    await world.standIn.control({ outage: '500_final' })
    await expect(world.payments.openCheckout(order)).rejects.toMatchObject({
      code: 'payment.unavailable',
    })
  })
})

describe('a page that cannot be closed', () => {
  it('is refused as long as it is open', async () => {
    const { payments } = await startStripe()
    await expect(payments.expireCheckout('cs_test_nothing')).rejects.toMatchObject({
      code: 'payment.refused',
    })
    await expect(payments.expireCheckout('in_nothing')).rejects.toMatchObject({
      code: 'payment.refused',
    })
  })
})

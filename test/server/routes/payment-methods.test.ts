/** S41, S61: saved payment methods, from the page where they are saved to the day they are removed. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PaymentMethodList, PaymentMethodSetup } from '../../../server/contract/payment-methods.ts'
import { customers } from '../../../server/db/schema.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { answerOf, DR_AUTO, DR_MONTHLY, refusalOf, type Buyer } from '../../support/buyer.ts'
import { submit } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

const methodsOf = async (buyer: Buyer) =>
  (await answerOf(await buyer.send('payment-methods'), PaymentMethodList)).data

/** A customer with one order, whose card was not saved. */
async function aCustomer(name: string): Promise<Buyer> {
  const buyer = center.as('recover', name)
  await center.pay(await buyer.buy(DR_MONTHLY))
  await center.told()
  return buyer
}

async function openPage(buyer: Buyer): Promise<string> {
  const home = (await buyer.catalogue()).product.home_url
  const answer = await buyer.send('payment-methods', { body: { return_url: home } })
  return (await answerOf(answer, PaymentMethodSetup)).url
}

const later = (time: { minutes: number }) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add(time))
}

const card = (number: string) => ({ card_number: number, exp: '12/34', cvc: '123' })

describe('POST payment-methods', () => {
  it('opens a page; the card that is saved there is the default at once', async () => {
    const buyer = await aCustomer('saves')
    expect(await methodsOf(buyer)).toEqual([])
    await submit(await openPage(buyer))
    await center.told()
    expect(await methodsOf(buyer)).toMatchObject([
      { kind: 'card', brand: 'visa', last4: '4242', expires: '2034-12', is_default: true },
    ])
  })

  it('the return page says so, also when the webhook never came', async () => {
    const buyer = await aCustomer('returns')
    await center.system.stripe.control({ drop: 1 })
    const paid = await submit(await openPage(buyer))
    const page = await fetch(paid.headers.get('Location') ?? '', { redirect: 'manual' })
    await center.system.stripe.control({ reset: true })
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Your payment method is saved')
    expect(await methodsOf(buyer)).toMatchObject([{ is_default: true }])
  })

  it('the sweep finds it when neither came', async () => {
    const buyer = await aCustomer('swept')
    await center.system.stripe.control({ drop: 1 })
    await submit(await openPage(buyer))
    await center.system.stripe.control({ reset: true })
    later({ minutes: 2 })
    await sweep(center.system.deps)
    expect(await methodsOf(buyer)).toMatchObject([{ last4: '4242', is_default: true }])
  })

  it('answers with the same page until it was used, or is about to close', async () => {
    const buyer = await aCustomer('twice')
    const url = await openPage(buyer)
    expect(await openPage(buyer)).toBe(url)
    await submit(url)
    const next = await openPage(buyer)
    expect(next).not.toBe(url)
    later({ minutes: 31 })
    expect(await openPage(buyer)).not.toBe(next)
  })

  it('needs a customer, and a page of the product to return to', async () => {
    const stranger = center.as('recover', 'nobody-yet')
    expect((await refusalOf(openPage(stranger))).problem.code).toBe('customer.no_order_yet')
    const buyer = await aCustomer('elsewhere')
    const evil = await buyer.send('payment-methods', {
      body: { return_url: 'https://evil.example/' },
    })
    expect(evil.status).toBe(422)
  })

  it('a page that nobody used saves nothing', async () => {
    const buyer = await aCustomer('leaves')
    const url = await openPage(buyer)
    const left = await submit(url, { action: 'cancel' })
    const page = await fetch(left.headers.get('Location') ?? '')
    expect(await page.text()).toContain('No payment method was saved')
    later({ minutes: 40 })
    await center.told()
    expect(await methodsOf(buyer)).toEqual([])
  })
})

describe('the default', () => {
  async function twoCards(name: string) {
    const buyer = await aCustomer(name)
    await submit(await openPage(buyer))
    await submit(await openPage(buyer), card('5555555555554444'))
    await center.told()
    const [newest, oldest] = await methodsOf(buyer)
    if (newest === undefined || oldest === undefined) throw new Error('two were saved')
    return { buyer, newest, oldest }
  }

  it('is the one that was saved last, until another is chosen', async () => {
    const { buyer, newest, oldest } = await twoCards('chooses')
    expect([newest.is_default, oldest.is_default]).toEqual([true, false])
    const chosen = await buyer.send(`payment-methods/${oldest.id}/default`, { method: 'POST' })
    expect((await answerOf(chosen, PaymentMethodList)).data).toMatchObject([
      { id: newest.id, is_default: false },
      { id: oldest.id, is_default: true },
    ])
    const again = await buyer.send(`payment-methods/${oldest.id}/default`, { method: 'POST' })
    expect(again.status).toBe(200)
  })

  it('moves on when it is removed, and a repeat finds nothing', async () => {
    const { buyer, newest, oldest } = await twoCards('removes')
    const path = `payment-methods/${newest.id}`
    const left = await answerOf(await buyer.send(path, { method: 'DELETE' }), PaymentMethodList)
    expect(left.data).toMatchObject([{ id: oldest.id, is_default: true }])
    expect((await buyer.send(path, { method: 'DELETE' })).status).toBe(404)
    expect(await methodsOf(buyer)).toMatchObject([{ id: oldest.id, is_default: true }])
  })

  it('a card that was saved twice is listed once, and removed with all its copies', async () => {
    const { buyer, newest, oldest } = await twoCards('twice')
    await submit(await openPage(buyer))
    await center.told()
    const listed = await methodsOf(buyer)
    expect(listed.map(({ brand, last4 }) => [brand, last4])).toEqual([
      ['visa', '4242'],
      ['mastercard', '4444'],
    ])
    const [again] = listed
    expect(again).toMatchObject({ is_default: true })
    expect([newest.id, oldest.id]).not.toContain(again?.id)
    await buyer.send(`payment-methods/${again?.id}`, { method: 'DELETE' })
    expect((await methodsOf(buyer)).map(({ id }) => id)).toEqual([newest.id])
  })

  it('follows what the customer does in the billing portal', async () => {
    const { buyer, newest, oldest } = await twoCards('portal')
    await center.system.stripe.control({ detach: newest.id })
    await center.told()
    expect(await methodsOf(buyer)).toMatchObject([{ id: oldest.id, is_default: true }])
    await center.system.stripe.control({ detach: oldest.id })
    await center.told()
    const { orm } = center.system.deps.db
    const rows = await orm.select().from(customers)
    expect(rows.find(({ subject }) => subject.includes('portal'))?.savedMethod).toBeNull()
  })

  it('of another customer is nobody else’s', async () => {
    const { newest } = await twoCards('owner')
    const other = await aCustomer('other')
    const chosen = await other.send(`payment-methods/${newest.id}/default`, { method: 'POST' })
    expect(chosen.status).toBe(404)
    expect((await other.send(`payment-methods/${newest.id}`, { method: 'DELETE' })).status).toBe(
      404,
    )
  })
})

describe('a purchase with auto-renewal', () => {
  it('saves the card that paid it', async () => {
    const buyer = center.as('recover', 'auto')
    const order = await buyer.buy(DR_AUTO)
    await center.pay(order)
    await center.told()
    expect(await methodsOf(buyer)).toMatchObject([{ last4: '4242', is_default: true }])
    const { data } = await buyer.licenses()
    expect(data.find(({ type }) => type === 'dr')).toMatchObject({ renewal_mode: 'auto' })
  })
})

import { describe, expect, it } from 'vitest'
import { anOrder, GOOD_CARD, startStripe, submit, type StripeWorld } from '../../support/stripe.ts'

async function openPage(
  world: StripeWorld,
  changes: Parameters<typeof anOrder>[1] = {},
): Promise<{ id: string; url: string }> {
  const { id, url } = await world.payments.openCheckout(await anOrder(world, changes))
  return { id, url: url ?? '' }
}

const textOf = async (url: string) => {
  const html = await (await fetch(url)).text()
  return html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

describe('S17: the payment page', () => {
  it('shows product, unit price × quantity, subtotal, tax and total due today', async () => {
    const world = await startStripe()
    const lines = [
      { name: 'DR License', description: '1 month', quantity: 5, unitAmount: 7500 },
      { name: 'Tax', description: '', quantity: 1, unitAmount: 3000 },
    ]
    const text = await textOf((await openPage(world, { lines, total: 40500 })).url)
    expect(text).toContain('DR License $375.00 $75.00 × 5 1 month')
    expect(text).toContain('Subtotal $375.00 Tax $30.00 Total due today $405.00')
  })

  it('says when no tax is added', async () => {
    const world = await startStripe()
    expect(await textOf((await openPage(world)).url)).toContain('Tax None added')
  })

  it('has the e-mail filled in and locked, and a button that says "Subscribe"', async () => {
    const world = await startStripe()
    const html = await (await fetch((await openPage(world)).url)).text()
    expect(html).toMatch(/<input name="email"[^>]* value="buyer@acme.example" readonly/)
    expect(html).toMatch(/<button name="action" value="pay">Subscribe<\/button>/)
  })

  it('leads back without paying', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const html = await (await fetch(url)).text()
    expect(html).toContain('href="http://localhost:8787/pay/return?canceled=1"')
    const canceled = await submit(url, { action: 'cancel' })
    expect(canceled.status).toBe(303)
    expect(canceled.headers.get('Location')).toBe('http://localhost:8787/pay/return?canceled=1')
    expect(await world.payments.readCheckout(id)).toMatchObject({ state: 'open' })
  })

  it('writes product names as text', async () => {
    const world = await startStripe()
    const name = '<img src=x onerror=alert(1)>'
    const lines = [{ name, description: name, quantity: 1, unitAmount: 7500 }]
    const html = await (await fetch((await openPage(world, { lines, total: 7500 })).url)).text()
    expect(html).not.toContain('<img')
    expect(html).toContain('&lt;img')
  })

  it('offers a bank debit only where one exists', async () => {
    const world = await startStripe()
    const yen = await openPage(world, { currency: 'JPY', attempt: 2 })
    expect(await textOf(yen.url)).not.toContain('bank account')
    expect(await textOf(yen.url)).toContain('¥37,500')
    expect((await submit(yen.url, { method: 'bank_debit' })).status).toBe(402)
    expect(await textOf((await openPage(world)).url)).toContain('US bank account')
  })

  it('asks for consent to later charges when the method is saved', async () => {
    const world = await startStripe()
    const { url } = await openPage(world, { saveMethod: true })
    expect(await textOf(url)).toContain('future renewals')
    const once = await openPage(world, { attempt: 2 })
    expect(await textOf(once.url)).not.toContain('future renewals')
  })
})

describe('paying', () => {
  it('leads to the success page, with the session’s id in it', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const paid = await submit(url)
    expect(paid.status).toBe(303)
    expect(paid.headers.get('Location')).toBe(`http://localhost:8787/pay/return?session=${id}`)
  })

  it('can be scripted with JSON', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    const body = JSON.stringify({ ...GOOD_CARD, action: 'pay' })
    const headers = { 'Content-Type': 'application/json' }
    await fetch(url, { method: 'POST', body, headers, redirect: 'manual' })
    expect(await world.payments.readCheckout(id)).toMatchObject({ payment: 'paid' })
  })

  it('happens once, however often the button is pressed', async () => {
    const world = await startStripe()
    const { url } = await openPage(world)
    const replies = await Promise.all([submit(url), submit(url), submit(url)])
    expect(replies.map((reply) => reply.status)).toEqual([303, 303, 303])
    expect(world.standIn.truth.payments()).toHaveLength(1)
    expect(await textOf(url)).toContain('This order is already paid')
  })

  it('keeps what was typed when the card is declined, but not the security code', async () => {
    const world = await startStripe()
    const { url } = await openPage(world)
    const declined = await submit(url, {
      ...GOOD_CARD,
      card_number: '4000 0000 0000 9995',
      cvc: '987',
    })
    expect(declined.status).toBe(402)
    const html = await declined.text()
    expect(html).toContain('Your card has insufficient funds.')
    expect(html).toContain('4000 0000 0000 9995')
    expect(html).not.toContain('987')
  })

  it.each([
    {
      why: 'a mistyped number',
      field: { card_number: '4242424242424241' },
      says: /number is invalid/,
    },
    {
      why: 'a number that is no test card',
      field: { card_number: '4111111111111111' },
      says: /sandbox/,
    },
    { why: 'a past month', field: { exp: '02/26' }, says: /in the past/ },
    { why: 'a thirteenth month', field: { exp: '13/30' }, says: /incomplete/ },
    { why: 'no security code', field: { cvc: '' }, says: /security code/ },
  ])('is refused for $why', async ({ field, says }) => {
    const world = await startStripe()
    const { url } = await openPage(world)
    const reply = await submit(url, { ...GOOD_CARD, ...field })
    expect(reply.status).toBe(402)
    expect(await reply.text()).toMatch(says)
  })

  it('takes a card until the end of its last month', async () => {
    const world = await startStripe()
    const { url } = await openPage(world)
    expect((await submit(url, { ...GOOD_CARD, exp: '3 / 2026' })).status).toBe(303)
  })

  it('is not possible on a page that has expired, which leads back', async () => {
    const world = await startStripe()
    const { url } = await openPage(world)
    world.clock.advance('PT35M')
    const late = await submit(url)
    expect(late.status).toBe(410)
    const html = await late.text()
    expect(html).toContain('Nothing was charged')
    expect(html).toContain('canceled=1')
    expect(world.standIn.truth.payments()).toEqual([])
  })

  it('knows no other page', async () => {
    const { standIn } = await startStripe()
    expect((await submit(`${standIn.origin}/c/pay/cs_test_nothing`)).status).toBe(404)
  })
})

describe('3-D Secure', () => {
  const secured = { ...GOOD_CARD, card_number: '4000002500003155' }
  const answer = (url: string, action: string) => submit(`${url}/challenge`, { action })

  it('charges only after the challenge is completed', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    expect((await submit(url, secured)).headers.get('Location')).toBe(`/c/pay/${id}/challenge`)
    expect(await world.payments.readCheckout(id)).toMatchObject({
      state: 'open',
      payment: 'unpaid',
    })
    expect(await textOf(`${url}/challenge`)).toContain('$375.00')
    const completed = await answer(url, 'complete')
    expect(completed.headers.get('Location')).toContain(`session=${id}`)
    expect(await world.payments.readCheckout(id)).toMatchObject({
      payment: 'paid',
      method: { last4: '3155' },
    })
  })

  it('tells of a failed challenge and lets the buyer try again', async () => {
    const world = await startStripe()
    const { id, url } = await openPage(world)
    await submit(url, secured)
    expect((await answer(url, 'fail')).status).toBe(402)
    expect(await world.payments.readCheckout(id)).toMatchObject({
      state: 'open',
      failure: { code: 'payment_intent_authentication_failure' },
    })
    expect((await answer(url, 'complete')).headers.get('Location')).toBe(`/c/pay/${id}`)
    await submit(url)
    expect(await world.payments.readCheckout(id)).toMatchObject({ payment: 'paid' })
  })
})

describe('I12: the truth log', () => {
  it('holds every payment with its order, amount and state', async () => {
    const world = await startStripe()
    const order = await anOrder(world)
    const pay = async (attempt: number, fields: Record<string, string>) =>
      submit((await world.payments.openCheckout({ ...order, attempt })).url, fields)
    await pay(1, GOOD_CARD)
    await pay(2, { ...GOOD_CARD, card_number: '4000000000000002' })
    await pay(3, { method: 'bank_debit', account_number: '000123451116' })
    const states = () => world.standIn.truth.payments().map(({ status }) => status)
    expect(states()).toEqual(['succeeded', 'requires_payment_method', 'processing'])
    world.clock.advance('PT30S')
    await world.standIn.settleDue()
    expect(states()).toEqual(['succeeded', 'requires_payment_method', 'requires_payment_method'])
    expect(world.standIn.truth.payments()[0]).toMatchObject({
      orderId: order.orderId,
      amount: 37500,
      currency: 'usd',
    })
  })
})

/** S41: an order paid with a saved method, its customer waiting. One charge, whatever happens. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { customers, orders } from '../../../server/db/schema.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { DR_AUTO, DR_MONTHLY, refusalOf, type Buyer } from '../../support/buyer.ts'
import { mortal } from '../../support/faulty-deps.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { bought, month } from '../../support/renewing.ts'
import { saveCard, type TestCard } from '../../support/saved-card.ts'
import { bareSdk } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem, type Via } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(async () => {
  await center.told()
  await expectInvariants(center.system)
  await center.remove()
})

const sdk = () => bareSdk(center.system.stripe.origin)

async function providerCustomer(name: string): Promise<string> {
  const rows = await center.system.deps.db.orm.select().from(customers)
  return rows.find(({ subject }) => subject.includes(name))?.providerCustomer ?? ''
}

/** A customer with five DR licenses and that card in the provider's vault. */
async function owner(name: string, card: TestCard = 'visa', via: Via = fetch) {
  const buyer = center.as('recover', name)
  const licenseId = await bought(center, buyer)
  const method = await saveCard({ stripe: sdk() }, await providerCustomer(name), card)
  return { buyer, licenseId, method, other: center.as('recover', name, {}, via) }
}

/** What the provider really took for an order, by page and by charge. */
function taken(orderId: string): number[] {
  const { truth } = center.system.stripe
  return [...truth.payments(), ...truth.charges()]
    .filter((payment) => payment.orderId === orderId && payment.status === 'succeeded')
    .map(({ amount }) => amount)
}

const ordersOf = (quoteId: string) => {
  const { db } = center.system.deps
  return db.orm.$count(orders, sql`quote_id = ${quoteId}`)
}

const openInvoices = async (orderId: string) =>
  (await sdk().invoices.list({ limit: 100 })).data.filter(
    ({ metadata, status }) =>
      metadata?.['order_id'] === orderId && ['open', 'draft'].includes(status ?? ''),
  )

const pays = (buyer: Buyer, quote: Awaited<ReturnType<Buyer['price']>>, method: string) =>
  buyer.order(quote, { payment_method: method })

describe('POST orders with a saved method', () => {
  it('charges it at once: the answer is fulfilled, and a repeat is the same order', async () => {
    const { buyer, licenseId, method } = await owner('at-once')
    const quote = await buyer.price(month(licenseId))
    const order = await pays(buyer, quote, method)
    expect(order).toMatchObject({
      state: 'fulfilled',
      payment_url: null,
      failure: null,
      total: 37_500,
      licenses: [licenseId],
    })
    expect(await pays(buyer, quote, method)).toMatchObject({ id: order.id, state: 'fulfilled' })
    expect(taken(order.id)).toEqual([37_500])
    expect((await buyer.license(licenseId)).expires_at).toBe(quote.lines[0]?.ends_at)
  })

  it('also pays a purchase, with whose auto-renewal the method is kept', async () => {
    const { buyer, method } = await owner('purchase')
    const order = await pays(buyer, await buyer.quote(DR_AUTO), method)
    expect(order.state).toBe('fulfilled')
    expect(await buyer.license(order.licenses[0] ?? '')).toMatchObject({ renewal_mode: 'auto' })
    const [row] = await center.system.deps.db.orm
      .select()
      .from(customers)
      .where(eq(customers.providerCustomer, await providerCustomer('purchase')))
    expect(row?.savedMethod?.id).toBe(method)
  })

  it.each<{ card: TestCard; code: string }>([
    { card: 'chargeCustomerFail', code: 'card_declined' },
    { card: 'authenticationRequired', code: 'authentication_required' },
  ])('a $card leads to the payment page, with the reason', async ({ card, code }) => {
    const { buyer, licenseId, method } = await owner(`no-${card}`, card)
    const quote = await buyer.price(month(licenseId))
    const order = await pays(buyer, quote, method)
    await center.told()
    expect(order).toMatchObject({ state: 'pending', failure: { code: expect.any(String) } })
    expect([code, 'generic_decline']).toContain(order.failure?.code)
    expect(await openInvoices(order.id)).toEqual([])
    expect(await pays(buyer, quote, method)).toMatchObject({
      state: 'pending',
      payment_url: order.payment_url,
      failure: order.failure,
    })
    await center.pay(order)
    expect(await buyer.follow(order.id, 10)).toMatchObject({ state: 'fulfilled', failure: null })
    expect(taken(order.id)).toEqual([37_500])
  })

  it('a method that is removed in between leads to the page, too', async () => {
    const { buyer, licenseId, method } = await owner('removed')
    const quote = await buyer.price(month(licenseId))
    for (let atCall = 1; (await ordersOf(quote.id)) === 0; atCall++) {
      const dying = center.as('recover', 'removed', {}, server(atCall, 'after').fetch)
      await expect(pays(dying, quote, method)).rejects.toThrow()
    }
    await center.system.stripe.control({ detach: method })
    const order = await pays(buyer, quote, method)
    expect(order).toMatchObject({ state: 'pending', failure: { code: 'payment_method.not_found' } })
    await center.pay(order)
    expect((await buyer.follow(order.id, 10)).state).toBe('fulfilled')
  })

  it('is refused for a method of somebody else, and nothing is ordered', async () => {
    const { method } = await owner('rich')
    const { buyer, licenseId } = await owner('poor')
    const quote = await buyer.price(month(licenseId))
    const { problem } = await refusalOf(pays(buyer, quote, method))
    expect([problem.status, problem.code]).toEqual([404, 'payment_method.not_found'])
    expect((await buyer.order(quote)).state).toBe('pending')
    const stranger = center.as('recover', 'first-order')
    const first = await stranger.quote(DR_MONTHLY)
    expect((await refusalOf(pays(stranger, first, method))).problem.status).toBe(404)
  })

  it('two tabs at once, one by card and one by page: one order, one charge', async () => {
    for (const round of [1, 2, 3]) {
      const { buyer, licenseId, method } = await owner(`tabs-${round}`)
      const quote = await buyer.price(month(licenseId))
      const tabs = [pays(buyer, quote, method), buyer.order(quote), pays(buyer, quote, method)]
      const answers = (await Promise.allSettled(tabs)).flatMap((tab) =>
        tab.status === 'fulfilled' ? [tab.value] : [],
      )
      const order = await buyer.order(quote)
      if (order.payment_url !== null) await center.pay(order)
      expect(new Set([...answers, order].map(({ id }) => id)).size).toBe(1)
      expect((await buyer.follow(order.id, 10)).state).toBe('fulfilled')
      expect(taken(order.id)).toEqual([37_500])
    }
  })

  it('a bank debit is under way, and when it fails the order fails and lets its license go', async () => {
    const buyer = center.as('recover', 'debit')
    await center.payByBank(await buyer.buy(DR_AUTO))
    await center.system.stripe.control({ settle: 'succeed' })
    await center.told()
    const licenseId = (await buyer.licenses({ type: 'dr' })).data[0]?.id ?? ''
    const [debit] = (await sdk().customers.listPaymentMethods(await providerCustomer('debit'))).data
    const order = await pays(buyer, await buyer.price(month(licenseId)), debit?.id ?? '')
    expect(order).toMatchObject({ state: 'processing', payment_url: null })
    await center.system.stripe.control({ settle: 'fail' })
    await center.told()
    expect(await buyer.follow(order.id, 10)).toMatchObject({ state: 'failed' })
    expect(await openInvoices(order.id)).toEqual([])
    expect((await buyer.price(month(licenseId))).total).toBe(37_500)
  })
})

/** A server of its own on the same database and provider, which dies as given. */
function server(atCall: number, when: 'before' | 'after') {
  const { deps, calls } = mortal(center.system.deps, { atCall, when })
  const app = createApp(deps)
  return { calls, fetch: (request: Request) => app.fetch(request) }
}

describe('C01, C02: a process that dies while a saved method is charged', () => {
  /** What is stored before a call is what is stored after the one before it. */
  async function withEveryDeath(act: (dies: Via, name: string) => Promise<void>) {
    for (let atCall = 1; ; atCall++) {
      const dying = server(atCall, 'after')
      await act(dying.fetch, `after call ${atCall}`)
      if (dying.calls() < atCall) return
    }
  }

  it('a repeat ends in one order and one charge', async () => {
    const { buyer, licenseId, method } = await owner('dies')
    await withEveryDeath(async (dies, when) => {
      const quote = await buyer.price(month(licenseId))
      await pays(center.as('recover', 'dies', {}, dies), quote, method).catch(() => {})
      const order = await pays(buyer, quote, method)
      expect([order.state, taken(order.id)], when).toEqual(['fulfilled', [37_500]])
      expect((await buyer.license(licenseId)).expires_at, when).toBe(quote.lines[0]?.ends_at)
    })
  })

  it('a refused one ends in one page and no charge', async () => {
    const { buyer, licenseId, method } = await owner('dies-refused', 'chargeCustomerFail')
    await withEveryDeath(async (dies, when) => {
      const quote = await buyer.price(month(licenseId))
      await pays(center.as('recover', 'dies-refused', {}, dies), quote, method).catch(() => {})
      const order = await pays(buyer, quote, method)
      expect([order.state, order.failure !== null, taken(order.id)], when).toEqual([
        'pending',
        true,
        [],
      ])
      expect(await openInvoices(order.id), when).toEqual([])
      expect((await sdk().checkout.sessions.retrieve(pageOf(order.payment_url))).status).toBe(
        'open',
      )
      await buyer.cancel(order.id)
    })
  })

  it('the sweep settles what was charged when the customer never comes back, or ends it', async () => {
    const { clock, deps } = center.system
    const { buyer, licenseId, method } = await owner('gone')
    await center.system.stripe.control({ drop: 1 })
    const outcomes: number[] = []
    await withEveryDeath(async (dies, when) => {
      const quote = await buyer.price(month(licenseId))
      const before = center.system.stripe.truth.charges().length
      await pays(center.as('recover', 'gone', {}, dies), quote, method).catch(() => {})
      for (const minutes of [2, 40]) {
        clock.moveTo(clock.now().add({ minutes }))
        await sweep(deps)
      }
      const charged = center.system.stripe.truth.charges().slice(before)
      const ends = (await buyer.license(licenseId)).expires_at
      const isRenewed = ends === quote.lines[0]?.ends_at
      expect(
        charged.map(({ status }) => status),
        when,
      ).toEqual(isRenewed ? ['succeeded'] : [])
      outcomes.push(charged.length)
    })
    await center.system.stripe.control({ reset: true })
    expect(new Set(outcomes), 'both ends were seen').toEqual(new Set([0, 1]))
  })
})

function pageOf(url: string | null): string {
  return /cs_\w+/.exec(url ?? '')?.[0] ?? ''
}

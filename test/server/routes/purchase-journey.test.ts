/** The elements' own client against the real server: what they will see, they see here first. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client } from '../../../widget/api/client.ts'
import { ApiProblem } from '../../../widget/api/problem.ts'
import { RenewalClient } from '../../../widget/api/renewal-client.ts'
import { demoCustomer } from '../../../demo/customers.ts'
import { DR_AUTO } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

function client(customer: string | null, tokens: string[] = []): Client {
  return new Client({
    center: center.system.origin,
    publishableKey: 'pk_demo_recover',
    language: () => 'zh-CN',
    getToken: () => {
      if (customer === null) return null
      return tokens.shift() ?? center.system.token('recover', demoCustomer(customer))
    },
  })
}

async function place(buyer: Client) {
  const quote = await buyer.quote({ items: [DR_AUTO] })
  const order = { quote_id: quote.id, notices_version: quote.notices.version, locale: 'zh-CN' }
  return { quote, order: await buyer.placeOrder(order) }
}

describe('the client of the elements', () => {
  it('buys, pays, waits, and finds licenses, export and billing portal', async () => {
    const buyer = client('huaxia')
    const { plans, notices } = await buyer.catalogue()
    expect(plans.map(({ id }) => id)).toEqual(['dr', 'failback'])
    expect(notices['dr']?.items).toHaveLength(4)
    const { quote, order } = await place(buyer)
    expect(quote.renewal).toMatchObject({ amount: 37_500, every: 'month' })
    const waiting = buyer.order(order.id, 25)
    await center.pay(order)
    const paid = await waiting
    expect(paid).toMatchObject({ state: 'fulfilled', email: 'ops@huaxia.example' })
    const { data } = await buyer.licenses({ type: 'dr' })
    expect(data).toMatchObject([{ total: 5, renewal_mode: 'auto', time_zone: 'Asia/Shanghai' }])
    expect(await buyer.license(data[0]?.id ?? '')).toEqual(data[0])
    expect(await (await buyer.licensesCsv({})).text()).toContain(data[0]?.id)
    expect((await new RenewalClient(buyer).billingPortal(null)).url).toMatch(/^http/)
  })

  it('S20: hears of a payment within moments while it waits', async () => {
    const buyer = client('waits')
    const { order } = await place(buyer)
    const waiting = buyer.order(order.id, 25).then((answer) => ({ answer, at: performance.now() }))
    await center.pay(order)
    const paidAt = performance.now()
    const { answer, at } = await waiting
    expect(answer.state).toBe('fulfilled')
    expect(at - paidAt).toBeLessThan(10_000)
    const again = performance.now()
    await buyer.order(order.id, 25)
    expect(performance.now() - again).toBeLessThan(10_000)
  })

  it('waits in vain no longer than it asked to', async () => {
    const buyer = client('in-vain')
    const { order } = await place(buyer)
    expect((await buyer.order(order.id, 1)).state).toBe('pending')
    expect((await buyer.cancelOrder(order.id)).state).toBe('canceled')
  })

  it('asks the host for a fresh token when the first one is over', async () => {
    const stale = await center.system.token('recover', demoCustomer('slow'))
    center.system.clock.moveTo(center.system.clock.now().add({ minutes: 11 }))
    expect((await client('slow', [stale]).licenses({})).count).toBe(0)
  })

  it('shows prices to an anonymous visitor, and the order’s refusal as a problem', async () => {
    const visitor = client(null)
    const quote = await visitor.quote({ items: [DR_AUTO] })
    const order = { quote_id: quote.id, notices_version: quote.notices.version }
    const problem = await visitor.placeOrder(order).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(ApiProblem)
    expect(problem).toMatchObject({ code: 'token.missing', status: 401 })
  })

  it('reads the fields at fault from a refused quote', async () => {
    const items = [{ ...DR_AUTO, quantity: 0 }]
    const problem = await client('faulty')
      .quote({ items })
      .catch((error: unknown) => error)
    expect(problem).toMatchObject({ errors: [{ pointer: '/items/0/quantity' }] })
  })
})

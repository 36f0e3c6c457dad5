/** T11, T12: a stolen card list is not tried here; headers that a client writes change nothing. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const CATALOGUE = `
products:
  - id: studio
    name: Studio
    publishable_keys: [pk_test_studio]
    home_url: http://localhost/console/
    key_prefix: STUDIO
    currencies: [USD]
    limits: { checkouts_per_customer_hour: 3, checkouts_per_source_hour: 5 }
    plans:
      - id: solo
        name: Solo
        type: studio
        auto_renewal: choice
        prices: [{ currency: USD, cycle: month, unit_amount: 1900 }]
`
const SOLO = { plan: 'solo', quantity: 1, cycle: 'month', auto_renew: false } as const

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ catalogue: CATALOGUE, startsAt: '2031-01-10T09:00:00Z' })
})
afterAll(() => center.remove())

describe('payment pages within an hour', () => {
  it('are limited per customer and per source, and open again when the hour is over', async () => {
    const [ana, bo, cy] = ['ana', 'bo', 'cy'].map((name) => center.as('studio', name))
    if (!ana || !bo || !cy) throw new Error('three customers')
    for (const _ of [1, 2, 3]) await ana.buy(SOLO)
    const fourth = await refusalOf(ana.buy(SOLO))
    expect(fourth.problem).toMatchObject({ status: 429, code: 'request.rate_limited' })
    await bo.buy(SOLO)
    await bo.buy(SOLO)
    expect((await refusalOf(cy.buy(SOLO))).problem.status).toBe(429)
    const quote = await cy.quote(SOLO)
    const spoofed = await cy.send('orders', {
      body: { quote_id: quote.id, notices_version: quote.notices.version },
      headers: { 'X-Forwarded-For': '203.0.113.9', 'CF-Connecting-IP': '203.0.113.9' },
    })
    expect(spoofed.status).toBe(429)
    expect(Number(spoofed.headers.get('Retry-After'))).toBeGreaterThan(3000)
    await center.system.advance('PT1H')
    expect((await cy.buy(SOLO)).state).toBe('pending')
  })

  it('do not count what is only sent again', async () => {
    await center.system.advance('PT2H')
    const ana = center.as('studio', 'ana')
    const quote = await ana.quote(SOLO)
    const first = await ana.order(quote)
    for (const _ of [1, 2, 3, 4, 5, 6]) expect((await ana.order(quote)).id).toBe(first.id)
  })
})

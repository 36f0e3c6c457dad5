/** S79, N07–N09: the private renew link, from the mail to the payment, and what it must not open. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../../../server/db/commit.ts'
import { customers, journal, licenses, renewLinks } from '../../../server/db/schema.ts'
import type { Id } from '../../../server/domain/ids.ts'
import { newRenewLink, renewUrl } from '../../../server/usecases/renew-link.ts'
import { revokeRenewLink } from '../../../server/usecases/renew-session.ts'
import { createBuyer, DR_MONTHLY, problemIn, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
/** In the link, and not in it. */
let own: Id<'lic'>
let other: Id<'lic'>
beforeAll(async () => {
  center = await startTestSystem()
  acme = center.as('recover', 'acme')
  own = await bought()
  other = await bought()
})
afterAll(() => center.remove())

async function bought(): Promise<Id<'lic'>> {
  const order = await acme.buy(DR_MONTHLY)
  await center.pay(order)
  const { licenses: issued } = await acme.follow(order.id, 10)
  return issued[0] as Id<'lic'>
}

/** As a reminder brings it. */
async function aLink(days = 30) {
  const { deps } = center.system
  const [row] = await deps.db.orm
    .select({ customer: customers })
    .from(licenses)
    .innerJoin(customers, eq(customers.id, licenses.customerId))
    .where(eq(licenses.id, own))
  if (row === undefined) throw new Error('no customer')
  const { id, query } = await newRenewLink(deps, {
    productId: 'recover',
    customerId: row.customer.id,
    licenseIds: [own],
    expiresAt: deps.now().add({ hours: days * 24 }),
  })
  const entry = { type: 'test.linked', actor: 'test', productId: null, data: {} }
  await commit(deps.db, deps.now(), {
    journal: [{ ...entry, stream: `test:${id}`, version: 1 }],
    statements: [query],
  })
  return { id, url: await renewUrl(deps, id) }
}

async function press(url: string): Promise<{ status: number; text: string; token: string }> {
  const response = await fetch(url, { method: 'POST' })
  const text = await response.text()
  return { status: response.status, text, token: / token="([^"]+)"/.exec(text)?.[1] ?? '' }
}

/** The desk of the page, as its element talks to us. */
async function desk(url: string): Promise<Buyer> {
  const { token } = await press(url)
  const base = `${center.system.origin}/w/${center.publishableKey('recover')}`
  return createBuyer({ base, token: async () => token })
}

describe('the page of a private renew link', () => {
  it('names its licenses, and leads to the desk by a button', async () => {
    const { url } = await aLink()
    const page = await (await fetch(url)).text()
    expect(page).toContain('Renew your Recover licenses')
    expect(page).toMatch(/DR License × 5/)
    expect(page).toContain('<form method="post">')
    expect(page).not.toContain('token=')
    const { text } = await press(url)
    expect(text).toContain('<license-manager')
    expect(text).toContain('view="renewals"')
    // What the session may not do has no button there.
    expect(text).toContain('renew-only')
  })

  it('N08: opened fifty times by a scanner, changes and mints nothing', async () => {
    const { url } = await aLink()
    const { orm } = center.system.deps.db
    const before = [await orm.select().from(renewLinks), (await orm.select().from(journal)).length]
    for (let times = 0; times < 25; times++) {
      const [got, head] = await Promise.all([fetch(url), fetch(url, { method: 'HEAD' })])
      expect([got.status, head.status]).toEqual([200, 200])
      expect(await got.text()).not.toMatch(/eyJ/)
    }
    expect([
      await orm.select().from(renewLinks),
      (await orm.select().from(journal)).length,
    ]).toEqual(before)
    expect((await press(url)).status).toBe(200)
  })

  it('N07: is not kept, not indexed, sends no address along, and loads nothing from elsewhere', async () => {
    const { url } = await aLink()
    for (const method of ['GET', 'POST']) {
      const response = await fetch(url, { method })
      expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(response.headers.get('X-Robots-Tag')).toContain('noindex')
      expect(response.headers.get('Content-Security-Policy')).toMatch(
        /default-src 'none'.*script-src 'self'/,
      )
      const text = await response.text()
      const addresses = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address]) => address)
      for (const address of addresses) expect(address).toMatch(/^(\/|#|data:,)/)
    }
    const secret = url.split('/').at(-1) ?? ''
    expect(JSON.stringify(center.logs)).not.toContain(secret)
  })

  it('N09: expired, revoked, one character off or nonsense, it is the same page', async () => {
    const expired = await aLink(-1)
    const revoked = await aLink()
    await revokeRenewLink(center.system.deps, revoked.id, { actor: 'operator:mia', reason: 'Lost' })
    const { url } = await aLink()
    const off = url.slice(0, -1) + (url.endsWith('A') ? 'B' : 'A')
    const nobody = `${center.system.origin}/renew/x`
    const pages = await Promise.all(
      [expired.url, revoked.url, off, nobody].flatMap((address) =>
        ['GET', 'POST'].map(async (method) => {
          const response = await fetch(address, { method })
          const headers = Object.fromEntries(response.headers)
          delete headers['x-request-id']
          delete headers['date']
          return [response.status, headers, await response.text()]
        }),
      ),
    )
    const [first, ...others] = pages
    expect(first?.[0]).toBe(404)
    for (const page of others) expect(page).toEqual(first)
  })

  it('keeps nothing from which the link could be made', async () => {
    const { id, url } = await aLink()
    const { orm } = center.system.deps.db
    const stored = JSON.stringify(await orm.select().from(renewLinks).where(eq(renewLinks.id, id)))
    expect(stored).not.toContain(url.split('/').at(-1))
  })
})

describe('the session of a private renew link', () => {
  it('sees its licenses, quotes their renewal and orders it for Checkout', async () => {
    const buyer = await desk((await aLink()).url)
    expect((await buyer.licenses()).data.map(({ id }) => id)).toEqual([own])
    const quote = await buyer.price({
      renewals: [{ license_id: own }],
      duration: { months: 1 },
      align: false,
    })
    expect(quote.total).toBe(37_500)
    const order = await buyer.order(quote)
    expect(order.payment_url).toMatch(/^http/)
    expect((await buyer.follow(order.id)).state).toBe('pending')
    expect((await buyer.cancel(order.id)).state).toBe('canceled')
  })

  it('does not know other licenses, orders and quotes of the same customer', async () => {
    const buyer = await desk((await aLink()).url)
    expect((await buyer.send(`licenses/${other}`)).status).toBe(404)
    const renewals = [{ license_id: own }, { license_id: other }]
    const body = { renewals, duration: { months: 1 }, align: false }
    expect((await problemIn(await buyer.send('quotes', { body }))).code).toBe('license.not_found')
    const order = await acme.buy(DR_MONTHLY)
    expect((await buyer.send(`orders/${order.id}`)).status).toBe(404)
    expect((await buyer.send(`orders/${order.id}/cancel`, { method: 'POST' })).status).toBe(404)
    const quote = await acme.quote(DR_MONTHLY)
    expect((await buyer.send(`quotes/${quote.id}`)).status).toBe(404)
    const taken = { quote_id: quote.id, notices_version: quote.notices.version }
    expect((await problemIn(await buyer.send('orders', { body: taken }))).code).toBe(
      'quote.not_found',
    )
  })

  it.each([
    ['buys nothing', 'POST', 'quotes', { items: [DR_MONTHLY] }],
    ['adds no units', 'POST', 'quotes', { add_units: [{ license_id: 'lic_x', quantity: 1 }] }],
    ['upgrades nothing', 'POST', 'quotes', { upgrades: [{ license_id: 'lic_x', plan: 'dr' }] }],
    ['pays with no saved card', 'POST', 'orders', { quote_id: 'quo_x', payment_method: 'pm_x' }],
    ['changes no mode', 'POST', 'renewals/mode', { license_ids: [], mode: 'auto' }],
    ['sets no renewal day', 'PUT', 'renewal-day', { day: 1 }],
    ['sees no saved cards', 'GET', 'payment-methods', undefined],
    ['saves no card', 'POST', 'payment-methods', {}],
    ['reveals no key', 'POST', 'licenses/lic_x/reveal', {}],
    ['exports nothing', 'GET', 'licenses.csv', undefined],
    ['opens no billing portal', 'POST', 'billing-portal', {}],
    ['refunds nothing', 'POST', 'orders/ord_x/refund', {}],
  ])('%s', async (_, method, path, body) => {
    const buyer = await desk((await aLink()).url)
    const problem = await problemIn(
      await buyer.send(path, { method, ...(body === undefined ? {} : { body }) }),
    )
    expect([problem.status, problem.code]).toEqual([403, 'token.scope_missing'])
  })

  it('ends after half an hour, and at once when its link is revoked', async () => {
    const { id, url } = await aLink()
    const buyer = await desk(url)
    expect((await buyer.send('licenses')).status).toBe(200)
    await revokeRenewLink(center.system.deps, id, { actor: 'operator:mia', reason: 'Forwarded' })
    expect((await problemIn(await buyer.send('licenses'))).code).toBe('token.invalid')
    const late = await desk((await aLink()).url)
    const { clock } = center.system
    clock.moveTo(clock.now().add({ minutes: 31 }))
    expect((await problemIn(await late.send('licenses'))).code).toBe('token.invalid')
  })

  it('is none for another product, and cannot be made of its name alone', async () => {
    const { token } = await press((await aLink()).url)
    const shift = `${center.system.origin}/w/${center.publishableKey('shift')}`
    const elsewhere = createBuyer({ base: shift, token: async () => token })
    expect((await problemIn(await elsewhere.send('licenses'))).code).toBe('token.invalid')
    const [head, body] = token.split('.')
    const base = shift.replace(center.publishableKey('shift'), center.publishableKey('recover'))
    const forged = createBuyer({ base, token: async () => `${head}.${body}.${'A'.repeat(43)}` })
    expect((await problemIn(await forged.send('licenses'))).code).toBe('token.invalid')
  })
})

/** Automatic renewal among other things that happen to a license (section 5). */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PaymentMethodSetup } from '../../../server/contract/payment-methods.ts'
import { commit } from '../../../server/db/commit.ts'
import { licenses, orders } from '../../../server/db/schema.ts'
import { autoRenew } from '../../../server/jobs/auto-renew.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { answerOf, DR_AUTO, type Buyer } from '../../support/buyer.ts'
import { mortal } from '../../support/faulty-deps.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { takenFor } from '../../support/receipts.ts'
import { licenseIdOf, month, paid, storedLicense } from '../../support/renewing.ts'
import { submit } from '../../support/stripe.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2026-01-31T16:55:10Z' })
})
afterAll(async () => {
  await center.system.stripe.control({ reset: true })
  await expectInvariants(center.system)
  await center.remove()
})

async function subscribed(name: string): Promise<{ buyer: Buyer; id: string; order: string }> {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_AUTO)
  await center.pay(order)
  await center.told()
  return { buyer, id: (await buyer.licenses({ type: 'dr' })).data[0]?.id ?? '', order: order.id }
}

/** Its charge falls due now, whatever the date. */
async function fallDue(id: string): Promise<void> {
  const { db, now } = center.system.deps
  const theirs = eq(licenses.id, licenseIdOf(id))
  const row = await storedLicense(center, id)
  const version = (row?.version ?? 0) + 1
  const entry = { type: 'test.due', actor: 'test', productId: 'recover', data: {} }
  await commit(db, now(), {
    journal: [{ stream: `license:${id}`, version, ...entry }],
    statements: [db.orm.update(licenses).set({ nextChargeAt: now(), version }).where(theirs)],
  })
}

const later = (time: { hours?: number; seconds?: number }) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add(time))
}

async function ownOrders(name: string) {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(orders).where(eq(orders.origin, 'auto_renewal'))
  return rows.filter(({ email }) => email.startsWith(`${name}@`))
}

describe('a manual renewal', () => {
  it('keeps auto on, and moves the next charge to the new end', async () => {
    const { buyer, id } = await subscribed('by-hand')
    await paid(center, buyer, await buyer.price(month(id)))
    expect(await buyer.license(id)).toMatchObject({
      renewal_mode: 'auto',
      expires_at: expect.stringMatching(/^2026-03-31/),
      next_charge_at: '2026-03-24T03:00:00Z',
    })
    await autoRenew(center.system.deps)
    expect(await ownOrders('by-hand')).toEqual([])
  })

  it('that waits to be paid is closed at the provider before the charge', async () => {
    const { buyer, id } = await subscribed('waits')
    const open = await buyer.order(await buyer.price(month(id)))
    await fallDue(id)
    await autoRenew(center.system.deps)
    await center.told()
    expect((await center.pay(open)).status).toBe(410)
    expect(takenFor(center, open.id)).toEqual([])
    expect((await ownOrders('waits')).map(({ state, total }) => [state, total])).toEqual([
      ['fulfilled', 37_500],
    ])
    expect((await buyer.license(id)).expires_at).toMatch(/^2026-03-31/)
  })

  it('with fewer units is charged for those from then on (R14)', async () => {
    const { buyer, id } = await subscribed('fewer')
    const fewer = month(id, { renewals: [{ license_id: id, quantity: 2 }] })
    await paid(center, buyer, await buyer.price(fewer))
    await fallDue(id)
    await autoRenew(center.system.deps)
    await center.told()
    expect((await ownOrders('fewer')).map(({ total }) => total)).toEqual([15_000])
    expect(await buyer.license(id)).toMatchObject({ total: 5, next_total: 2 })
  })
})

describe('a card that is refused for good', () => {
  it('is not tried again; another one is, at once', async () => {
    const { buyer, id } = await subscribed('lost')
    const { stripe, deps } = center.system
    await stripe.control({ decline: 'lost_card' })
    await fallDue(id)
    await autoRenew(deps)
    await stripe.control({ decline: null })
    expect(await buyer.license(id)).toMatchObject({
      renewal_mode: 'auto',
      next_charge_at: null,
      auto_renewal: { state: 'stopped' },
    })
    later({ hours: 50 })
    await autoRenew(deps)
    expect((await ownOrders('lost')).map(({ state }) => state)).toEqual(['failed'])
    const body = { return_url: (await buyer.catalogue()).product.home_url }
    const page = await answerOf(await buyer.send('payment-methods', { body }), PaymentMethodSetup)
    await submit(page.url, { card_number: '5555555555554444', exp: '12/34', cvc: '123' })
    await center.told()
    await autoRenew(deps)
    await center.told()
    expect((await ownOrders('lost')).map(({ state }) => state)).toEqual(['failed', 'fulfilled'])
  })
})

describe('C01: a process that dies during an automatic renewal', () => {
  it.each([
    { when: 'before', name: 'dies-before' },
    { when: 'after', name: 'dies-after' },
  ] as const)(
    '$when any of its calls leaves one month and one charge',
    async ({ when, name }) => {
      const { buyer, id } = await subscribed(name)
      const { deps } = center.system
      for (let atCall = 1; ; atCall++) {
        const before = Temporal.Instant.from((await buyer.license(id)).expires_at)
        const charged = (await ownOrders(name)).length
        await fallDue(id)
        const server = mortal(deps, { atCall, when })
        await autoRenew(server.deps).catch(() => {})
        later({ seconds: 121 })
        await autoRenew(deps)
        await sweep(deps)
        await center.told()
        const own = await ownOrders(name)
        const last = own.slice(charged)
        const where = `${when} call ${atCall}`
        expect(
          last.map(({ state }) => state),
          where,
        ).toEqual(['fulfilled'])
        expect(
          last.flatMap((order) => takenFor(center, order.id)),
          where,
        ).toEqual([37_500])
        const moved = before.until(Temporal.Instant.from((await buyer.license(id)).expires_at))
        expect(Math.round(moved.total('hours') / 24), where).toBeLessThanOrEqual(31)
        expect(moved.sign, where).toBe(1)
        if (server.calls() < atCall) return
      }
    },
    180_000,
  )
})

describe('a license whose payment is disputed', () => {
  it('waits without being written to, and is charged once the dispute is won', async () => {
    const { system } = center
    const { buyer, id, order } = await subscribed('disputed')
    await system.stripe.control({ dispute: { order } })
    await center.told()
    await fallDue(id)
    const held = await storedLicense(center, id)
    for (const hours of [0, 1, 24]) {
      later({ hours })
      await autoRenew(system.deps)
    }
    expect(await storedLicense(center, id)).toEqual(held)
    const { next_charge_at, auto_renewal } = await buyer.license(id)
    expect(next_charge_at).toBe(null)
    expect(Date.parse(auto_renewal?.charge_at ?? '')).toBeGreaterThan(
      held?.nextChargeAt?.epochMilliseconds ?? Infinity,
    )
    await system.stripe.control({ close_dispute: { order, status: 'won' } })
    await center.told()
    await autoRenew(system.deps)
    await center.told()
    expect(await ownOrders('disputed')).toMatchObject([{ state: 'fulfilled' }])
  })
})

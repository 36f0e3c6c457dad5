/** Automatic renewal, with the real stand-in and a clock that only moves forward (section 5, R18). */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { License } from '../../../server/contract/licenses.ts'
import { RenewalModeAnswer } from '../../../server/contract/renewals.ts'
import { autoCharges, mails, orders } from '../../../server/db/schema.ts'
import { autoRenew } from '../../../server/jobs/auto-renew.ts'
import { answerOf, DR_AUTO, type Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { consentTo } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

/** Its owner can pay with it, and later charges find it without funds. */
const FAILS_LATER = '4000008260003178'
/** Its bank wants to see its owner each time. */
const ASKS_ALWAYS = '4000002760003184'
const GOOD = '4242424242424242'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2026-01-31T16:55:10Z' })
})
afterAll(() => center.remove())

async function subscribed(name: string, card = GOOD, items: object[] = [DR_AUTO]) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(items as never)
  await center.pay(order, card)
  if (card !== GOOD) await center.complete3ds(order)
  await center.told()
  return { buyer, license: await dr(buyer) }
}

async function dr(buyer: Buyer): Promise<License> {
  const found = (await buyer.licenses({ type: 'dr' })).data[0]
  if (found === undefined) throw new Error('no license')
  return found
}

async function until(instant: string): Promise<void> {
  const now = center.system.clock.now()
  const ahead = now.until(Temporal.Instant.from(instant), { largestUnit: 'second' })
  await center.system.advance(ahead.round('second').add({ seconds: 1 }).toString())
}

async function ownOrders(name: string) {
  const { orm } = center.system.deps.db
  const rows = await orm.select().from(orders).where(eq(orders.origin, 'auto_renewal'))
  return rows.filter(({ email }) => email.startsWith(name))
}

async function lettersTo(name: string, kind: string) {
  const rows = await center.system.deps.db.orm.select().from(mails).where(eq(mails.kind, kind))
  return rows.filter(({ recipient }) => recipient.startsWith(name))
}

const chargesOf = (orderId: string) =>
  center.system.stripe.truth
    .charges()
    .filter((payment) => payment.orderId === orderId && payment.status === 'succeeded')
    .map(({ amount }) => amount)

describe('automatic renewal', () => {
  it('charges the announced price seven days ahead, once, and extends the same key', async () => {
    const { buyer, license } = await subscribed('healthy')
    expect(license.next_charge_at).toBe('2026-02-21T03:00:00Z')
    await until('2026-02-21T02:59:00Z')
    expect(await ownOrders('healthy')).toEqual([])
    await until('2026-02-21T03:05:00Z')
    const [order, ...others] = await ownOrders('healthy')
    expect(others).toEqual([])
    expect(order).toMatchObject({ state: 'fulfilled', total: 37_500 })
    expect(chargesOf(order?.id ?? '')).toEqual([37_500])
    const renewed = await buyer.license(license.id)
    expect(renewed.expires_at.slice(0, 16)).toBe('2026-03-31T16:55')
    expect(renewed).toMatchObject({
      next_charge_at: '2026-03-24T03:00:00Z',
      renewal_mode: 'auto',
      key_last4: license.key_last4,
    })
    expect(await lettersTo('healthy', 'auto_renewal.succeeded')).toHaveLength(1)
    await expectInvariants(center.system)
  })

  it('C15: ten runs at once, and a second process, charge once', async () => {
    const { license } = await subscribed('overlap')
    const { clock, deps } = center.system
    clock.moveTo(Temporal.Instant.from(license.next_charge_at ?? '').add({ minutes: 1 }))
    await Promise.all(Array.from({ length: 10 }, () => autoRenew(deps)))
    await center.told()
    const all = await ownOrders('overlap')
    expect(all.map(({ state }) => state)).toEqual(['fulfilled'])
    expect(all.flatMap(({ id }) => chargesOf(id))).toEqual([37_500])
  })

  it('fails, is told, tries again on its dates, and renews at once with another card', async () => {
    const { buyer, license } = await subscribed('broke', FAILS_LATER)
    const first = Temporal.Instant.from(license.next_charge_at ?? '')
    await until(first.add({ minutes: 2 }).toString())
    const failing = await buyer.license(license.id)
    expect(failing).toMatchObject({ renewal_mode: 'auto', expires_at: license.expires_at })
    expect(failing.next_charge_at).toBe(first.add({ hours: 48 }).toString())
    await until(first.add({ hours: 48, minutes: 2 }).toString())
    expect((await ownOrders('broke')).map(({ state }) => state)).toEqual(['failed', 'failed'])
    expect(await lettersTo('broke', 'auto_renewal.failed')).toHaveLength(2)

    const another = await buyer.buy({ ...DR_AUTO, quantity: 1 })
    await center.pay(another, GOOD)
    await center.told()
    await autoRenew(center.system.deps)
    const states = (await ownOrders('broke')).map(({ state }) => state)
    expect(states).toEqual(['failed', 'failed', 'fulfilled'])
    const renewed = await buyer.license(license.id)
    expect(renewed.expires_at > license.expires_at).toBe(true)
    await expectInvariants(center.system)
  })

  it('is renewed by hand once the grace is over without a charge, after at most eight tries', async () => {
    const { buyer, license } = await subscribed('never', FAILS_LATER)
    const end = Temporal.Instant.from(license.expires_at)
    await until(end.add({ hours: 24 * 7 - 1 }).toString())
    expect((await buyer.license(license.id)).renewal_mode).toBe('auto')
    await until(
      end
        .add({ hours: 24 * 7 })
        .add({ minutes: 2 })
        .toString(),
    )
    expect(await buyer.license(license.id)).toMatchObject({
      renewal_mode: 'manual',
      next_charge_at: null,
      status: 'retained',
    })
    const tries = await ownOrders('never')
    expect(tries).toHaveLength(8)
    expect(new Set(tries.map(({ createdAt }) => createdAt.toString().slice(0, 10))).size).toBe(8)
    expect(await lettersTo('never', 'auto_renewal.stopped')).toHaveLength(1)
    const { orm } = center.system.deps.db
    const [charge] = await orm
      .select()
      .from(autoCharges)
      .where(eq(autoCharges.orderId, tries.at(-1)?.id ?? 'ord_'))
    expect(charge).toMatchObject({ state: 'ended', attempts: 8 })
  })

  it('asks its owner to confirm where the bank wants to see them, by a link that pays in person', async () => {
    const { buyer, license } = await subscribed('strict', ASKS_ALWAYS)
    await until(
      Temporal.Instant.from(license.next_charge_at ?? '')
        .add({ minutes: 2 })
        .toString(),
    )
    expect((await ownOrders('strict')).map(({ state }) => state)).toEqual(['failed'])
    const [letter, ...others] = await lettersTo('strict', 'auto_renewal.action_required')
    expect(others).toEqual([])
    expect(letter?.data['renewLinkId']).toMatch(/^rnl_/)
    const open = center.system.stripe.truth.charges().filter(({ status }) => status === 'succeeded')
    expect(open.map(({ orderId }) => orderId)).not.toContain(letter?.reference)
    expect((await buyer.license(license.id)).renewal_mode).toBe('auto')
  })

  it('charges what a customer has in one order, and each alone once that failed twice', async () => {
    const two = [DR_AUTO, { ...DR_AUTO, quantity: 2 }]
    const { license } = await subscribed('grouped', FAILS_LATER, two)
    const first = Temporal.Instant.from(license.next_charge_at ?? '')
    const totals = async () => (await ownOrders('grouped')).map(({ total }) => total)
    await until(first.add({ minutes: 2 }).toString())
    expect(await totals()).toEqual([52_500])
    await until(first.add({ hours: 48, minutes: 2 }).toString())
    expect(await totals()).toEqual([52_500, 52_500])
    await until(first.add({ hours: 96, minutes: 2 }).toString())
    expect((await totals()).slice(2).toSorted()).toEqual([15_000, 37_500])
    await expectInvariants(center.system)
  })

  it('makes up for three days without a run by one charge', async () => {
    const { buyer, license } = await subscribed('outage')
    const { clock, deps } = center.system
    clock.moveTo(Temporal.Instant.from(license.next_charge_at ?? '').add({ hours: 72 }))
    await autoRenew(deps)
    await autoRenew(deps)
    await center.told()
    expect((await ownOrders('outage')).map(({ state }) => state)).toEqual(['fulfilled'])
    expect((await buyer.license(license.id)).expires_at > license.expires_at).toBe(true)
  })

  it('is switched off and on again, and charges at once when the charge time is over', async () => {
    const { buyer, license } = await subscribed('switch')
    const move = async (mode: string) => {
      const body = { license_ids: [license.id], mode, consent: await consentTo(buyer, 'dr') }
      const { data } = await answerOf(
        await buyer.send('renewals/mode', { body }),
        RenewalModeAnswer,
      )
      return data[0]
    }
    expect(await move('manual')).toMatchObject({ renewal_mode: 'manual', next_charge_at: null })
    const end = Temporal.Instant.from(license.expires_at)
    await until(end.subtract({ hours: 48 }).toString())
    expect(await ownOrders('switch')).toEqual([])
    const on = await move('auto')
    expect(on?.next_charge_at?.slice(0, 10)).toBe(
      end.subtract({ hours: 48 }).toString().slice(0, 10),
    )
    await autoRenew(center.system.deps)
    await center.told()
    expect((await ownOrders('switch')).map(({ state }) => state)).toEqual(['fulfilled'])
  })
})

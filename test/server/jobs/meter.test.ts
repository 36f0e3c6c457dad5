/** Pay-per-use after expiry, with the real stand-in and a clock that only moves forward (section 4). */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { License } from '../../../server/contract/licenses.ts'
import { RenewalModeAnswer } from '../../../server/contract/renewals.ts'
import { coverage, mails, meterDays, orders } from '../../../server/db/schema.ts'
import { meter } from '../../../server/jobs/meter.ts'
import { answerOf, refusalOf, type Buyer } from '../../support/buyer.ts'
import { expectOneTotal } from '../../support/receipts.ts'
import { consentTo } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const SOLO = { plan: 'solo', quantity: 4, cycle: 'month', auto_renew: true } as const
/** Its owner can pay with it, and later charges find it without funds. */
const FAILS_LATER = '4000008260003178'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2026-01-14T10:00:00Z' })
})
afterAll(() => center.remove())

/** Bought with the card that later charges use, and paid by the day once it has expired. */
async function metered(name: string, card = '4242424242424242'): Promise<[Buyer, License]> {
  const buyer = center.as('studio', name)
  const order = await buyer.buy(SOLO)
  await center.pay(order, card)
  if (card === FAILS_LATER) await center.complete3ds(order)
  await center.told()
  const [license] = (await buyer.licenses()).data
  if (license === undefined) throw new Error('no license')
  const [moved] = await move(buyer, license.id, 'pay_per_use')
  if (moved === undefined) throw new Error('not moved')
  return [buyer, moved]
}

async function move(buyer: Buyer, id: string, mode: string, words?: object | null) {
  const consent = words === undefined ? await consentTo(buyer, 'solo') : words
  const body = { license_ids: [id], mode, ...(consent ? { consent } : {}) }
  return (await answerOf(await buyer.send('renewals/mode', { body }), RenewalModeAnswer)).data
}

const until = (instant: string) => {
  const span = Date.parse(instant) - center.system.clock.now().epochMilliseconds
  return center.system.advance(`PT${Math.ceil(span / 1000)}S`)
}
const daysOf = ({ id }: { id: string }) =>
  center.system.deps.db.orm
    .select()
    .from(meterDays)
    .where(eq(meterDays.licenseId, id as `lic_${string}`))
    .orderBy(meterDays.countedOn)
const ordersOf = async (buyer: Buyer) => {
  const { data } = await buyer.licenses()
  const all = await center.system.deps.db.orm
    .select()
    .from(orders)
    .where(eq(orders.origin, 'meter'))
  const own = await Promise.all(
    all.map(async (order) => ((await buyer.send(`orders/${order.id}`)).ok ? order : null)),
  )
  expect(data).toHaveLength(1)
  return own.filter((order) => order !== null)
}
const charged = () =>
  center.system.stripe.truth
    .charges()
    .filter(({ status }) => status === 'succeeded')
    .map(({ amount }) => amount)

describe('pay-per-use after expiry', () => {
  it('is active for 40 days, billed monthly at the rate, then switched back to the end of that day', async () => {
    const [buyer, license] = await metered('forty')
    expect(license).toMatchObject({ renewal_mode: 'pay_per_use', next_charge_at: null })
    expect(license.expires_at.slice(0, 10)).toBe('2026-02-14')
    await until('2026-03-01T06:00:00Z')
    expect((await buyer.license(license.id)).status).toBe('active')
    const february = await daysOf(license)
    expect(february).toHaveLength(15)
    expect(february.slice(0, 14).every(({ orderId }) => orderId !== null)).toBe(true)
    const [bill] = await ordersOf(buyer)
    // 14 days × 4 units × $0.90, and 19 % VAT on it.
    expect(bill).toMatchObject({ state: 'fulfilled', subtotal: 5040, tax: 958, total: 5998 })
    expect(charged()).toContain(5998)
    await expectOneTotal(center, 5998, await buyer.follow(bill?.id ?? ''))

    await until('2026-03-26T12:00:00Z')
    const [back] = await move(buyer, license.id, 'manual', null)
    expect(await daysOf(license)).toHaveLength(40)
    expect(back).toMatchObject({
      renewal_mode: 'manual',
      expires_at: '2026-03-26T23:59:59Z',
      status: 'active',
    })
    const entries = await center.system.deps.db.orm
      .select()
      .from(coverage)
      .where(
        and(
          eq(coverage.licenseId, license.id as `lic_${string}`),
          eq(coverage.kind, 'pay_per_use'),
        ),
      )
    expect(entries).toHaveLength(1)

    await until('2026-03-28T00:00:00Z')
    const [, last] = await ordersOf(buyer)
    expect(last).toMatchObject({ state: 'fulfilled', subtotal: 26 * 4 * 90 })
    // With 19 % VAT, half up.
    await expectOneTotal(center, 9360 + 1778, await buyer.follow(last?.id ?? ''))
    expect((await daysOf(license)).every(({ orderId }) => orderId !== null)).toBe(true)
    expect(await daysOf(license)).toHaveLength(40)
    expect((await buyer.license(license.id)).status).toBe('grace')
  })

  it('C15: counts each day once, however many runs there are at once and after days without one', async () => {
    const [, license] = await metered('overlap')
    const { clock, deps } = center.system
    clock.moveTo(deps.now().add({ hours: 24 * 34 }))
    await Promise.all(Array.from({ length: 8 }, () => meter(deps)))
    await meter(deps)
    const days = await daysOf(license)
    expect(new Set(days.map(({ countedOn }) => countedOn)).size).toBe(days.length)
    expect(days.length).toBeGreaterThanOrEqual(2)
    const own = new Set(days.flatMap(({ orderId }) => orderId ?? []))
    expect(own.size).toBeLessThanOrEqual(2)
  })

  it('can be left and chosen again in the same moment, before the expiry and after it', async () => {
    const [buyer, license] = await metered('torn')
    await move(buyer, license.id, 'manual', null)
    const [again] = await move(buyer, license.id, 'pay_per_use')
    expect(again).toMatchObject({ renewal_mode: 'pay_per_use', expires_at: license.expires_at })
    await center.system.advance('P33DT1H')
    const counted = await daysOf(license)
    expect(counted.length).toBeGreaterThan(0)
    const twice = async () => {
      await move(buyer, license.id, 'manual', null)
      await move(buyer, license.id, 'pay_per_use')
    }
    await twice()
    await twice()
    expect(await daysOf(license)).toEqual(counted)
    await center.system.advance('PT48H')
    expect(await daysOf(license)).toHaveLength(counted.length + 2)
  })

  it('asks for a saved method and for what was agreed to', async () => {
    const buyer = center.as('studio', 'without-method')
    const order = await buyer.buy({ ...SOLO, auto_renew: false })
    await center.pay(order)
    await center.told()
    const [license] = (await buyer.licenses()).data
    const refusal = await refusalOf(move(buyer, license?.id ?? '', 'pay_per_use'))
    expect(refusal.problem.code).toBe('payment_method.required')
    const [, other] = await metered('without-words')
    await move(center.as('studio', 'without-words'), other.id, 'manual', null)
    const words = await refusalOf(
      move(center.as('studio', 'without-words'), other.id, 'pay_per_use', null),
    )
    expect(words.pointers).toEqual(['/consent'])
    const old = { notices_version: '0123456789abcdef' }
    const changed = await refusalOf(
      move(center.as('studio', 'without-words'), other.id, 'pay_per_use', old),
    )
    expect(changed.problem.code).toBe('notices.changed')
  })

  it('is suspended when nobody paid for seven days, and counts no further day', async () => {
    const [buyer, license] = await metered('unpaid', FAILS_LATER)
    const expiry = Date.parse(license.expires_at)
    const nextMonth = new Date(expiry)
    nextMonth.setUTCMonth(nextMonth.getUTCMonth() + 1, 1)
    nextMonth.setUTCHours(0, 0, 0, 0)
    await until(new Date(nextMonth.getTime() + 6 * 86_400_000).toISOString())
    expect((await buyer.license(license.id)).status).toBe('active')
    await until(new Date(nextMonth.getTime() + 7.2 * 86_400_000).toISOString())
    expect((await buyer.license(license.id)).status).toBe('suspended')
    const counted = (await daysOf(license)).length
    await until(new Date(nextMonth.getTime() + 12 * 86_400_000).toISOString())
    expect(await daysOf(license)).toHaveLength(counted)
    const tries = await ordersOf(buyer)
    expect(tries.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed'])
    const letters = await center.system.deps.db.orm
      .select()
      .from(mails)
      .where(eq(mails.kind, 'pay_per_use.billed'))
    expect(
      letters.filter(({ reference }) => tries.some(({ id }) => id === reference)),
    ).toHaveLength(4)
  })
})

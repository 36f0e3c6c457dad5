/** An order holds its licenses while it is open, and is held to what was shown (C10). */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverage, openRenewals, operatorTasks } from '../../../server/db/schema.ts'
import { refusalOf } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { bought, licenseIdOf, month, paid, revoke } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-01-31T16:55:10Z' })
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})
const orm = () => center.system.deps.db.orm

describe('an open order', () => {
  it('refuses a second one on the license and names itself; canceled it lets go (C10)', async () => {
    const buyer = center.as('recover', 'open')
    const id = await bought(center, buyer)
    const order = await buyer.order(await buyer.price(month(id)))
    const { problem } = await refusalOf(buyer.price(month(id)))
    expect(problem).toMatchObject({ code: 'license.order_open', order_id: order.id })
    await buyer.cancel(order.id)
    expect((await buyer.price(month(id))).total).toBe(37_500)
  })

  it('is one of many that are placed at the same time', async () => {
    const buyer = center.as('recover', 'many')
    const id = await bought(center, buyer)
    const quotes = await Promise.all(Array.from({ length: 12 }, () => buyer.price(month(id))))
    const results = await Promise.allSettled(quotes.map((quote) => buyer.order(quote)))
    const placed = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(placed).toHaveLength(1)
    for (const one of results) {
      if (one.status === 'rejected') {
        expect(one.reason).toMatchObject({ problem: { code: 'license.order_open' } })
      }
    }
    for (const order of placed) await center.pay(order)
    await buyer.follow(placed[0]?.id ?? '', 10)
    const entries = await orm()
      .select()
      .from(coverage)
      .where(eq(coverage.licenseId, licenseIdOf(id)))
    expect(entries.filter(({ kind }) => kind === 'renewal')).toHaveLength(1)
    expect(await orm().select().from(openRenewals)).toEqual([])
  })

  it('is refused when something changed since the preview, and says what', async () => {
    const buyer = center.as('recover', 'changed')
    const [one, other] = [await bought(center, buyer), await bought(center, buyer)]
    const renewals = [one, other].map((id) => ({ license_id: id }))
    const stale = await buyer.price({ renewals, duration: { months: 1 } })
    await paid(center, buyer, await buyer.price(month(one)))
    await paid(
      center,
      buyer,
      await buyer.price({ add_units: [{ license_id: other, quantity: 1 }] }),
    )
    const { problem } = await refusalOf(buyer.order(stale))
    expect(problem.code).toBe('quote.outdated')
    expect(problem.errors).toEqual([
      { pointer: '/lines/0/license_id', detail: expect.stringContaining(`The end of ${one} was`) },
      {
        pointer: '/lines/1/license_id',
        detail: `${other} had 5 units and now has 6.`,
      },
    ])
  })
})

describe('a paid order whose license is gone', () => {
  it('extends the others and tells an operator what to give back', async () => {
    const buyer = center.as('recover', 'gone')
    const [kept, gone] = [await bought(center, buyer), await bought(center, buyer)]
    const renewals = [kept, gone].map((id) => ({ license_id: id }))
    const order = await buyer.order(await buyer.price({ renewals, duration: { months: 1 } }))
    await revoke(center, gone)
    await center.pay(order)
    const done = await buyer.follow(order.id, 10)
    expect([done.state, done.licenses]).toEqual(['fulfilled', [kept]])
    const tasks = await orm().select().from(operatorTasks)
    expect(tasks.map(({ kind, data }) => ({ kind, ...data }))).toEqual([
      {
        kind: 'order.line_refund_due',
        order: order.id,
        license: gone,
        amount: 37_500,
        currency: 'USD',
      },
    ])
  })
})

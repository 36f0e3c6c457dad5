/** An order holds its licenses while it is open, and is held to what was shown (C10). */
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { coverage, mails, openRenewals, operatorTasks } from '../../../server/db/schema.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { refusalOf } from '../../support/buyer.ts'
import { deliver, eventOf } from '../../support/provider-events.ts'
import { receiptOf, takenFor } from '../../support/receipts.ts'
import { bought, licenseIdOf, month, paid, revoke } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))
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
  it('extends the others, and gives back the rest by itself, once, with a mail', async () => {
    const buyer = center.as('recover', 'gone')
    const [kept, gone] = [await bought(center, buyer), await bought(center, buyer)]
    const renewals = [kept, gone].map((id) => ({ license_id: id }))
    const order = await buyer.order(await buyer.price({ renewals, duration: { months: 1 } }))
    await revoke(center, gone)
    await center.pay(order)
    const done = await buyer.follow(order.id, 10)
    expect([done.state, done.licenses]).toEqual(['fulfilled', [kept]])
    for (let run = 0; run < 3; run++) {
      center.system.clock.moveTo(center.system.clock.now().add({ minutes: 2 }))
      await Promise.all([sweep(center.system.deps), sweep(center.system.deps)])
    }
    await center.told()
    expect(center.system.stripe.truth.refunds().map(({ amount }) => amount)).toEqual([37_500])
    const after = await buyer.follow(order.id)
    expect(after).toMatchObject({
      state: 'partially_refunded',
      refunds: [{ amount: 37_500, state: 'succeeded' }],
      refundable: { amount: 37_500 },
    })
    const receipt = await receiptOf(after)
    expect([receipt.charged, receipt.refunded, receipt.kept]).toEqual([[75_000], [-37_500], 37_500])
    expect(receipt.html).toContain('This line could not be carried out.')
    const letters = await orm().select().from(mails).where(eq(mails.kind, 'order.refunded'))
    expect(letters.map(({ data }) => [data['amount'], data['refundKind']])).toEqual([
      [37_500, 'undelivered'],
    ])
    expect(await orm().select().from(operatorTasks)).toEqual([])
    expect((await buyer.license(kept)).expires_at.slice(0, 10)).toBe('2027-03-31')
  })
})

describe('money for a license that another order has renewed meanwhile', () => {
  it('is checked by a person and renews nothing twice (late success)', async () => {
    const buyer = center.as('recover', 'meanwhile')
    const id = await bought(center, buyer)
    const late = await buyer.order(await buyer.price(month(id)))
    await center.system.stripe.control({ drop: 1 })
    await center.pay(late)
    await center.told()
    await center.system.stripe.control({ drop: 0 })
    await letGo(late.id)
    await paid(center, buyer, await buyer.price(month(id)))
    await deliver(
      center.system,
      await eventOf(center.system, late.id, 'checkout.session.completed'),
    )
    const after = await buyer.follow(late.id)
    expect(after).toMatchObject({ state: 'review', payment_received: true, licenses: [] })
    const tasks = await orm()
      .select()
      .from(operatorTasks)
      .where(eq(operatorTasks.reference, late.id))
    expect(tasks.map(({ kind }) => kind)).toEqual(['order.renewed_meanwhile'])
    const letters = await orm().select().from(mails).where(eq(mails.reference, late.id))
    expect(letters.map(({ kind }) => kind)).toEqual(['order.review'])
    expect((await buyer.license(id)).expires_at.slice(0, 10)).toBe('2027-03-31')
    expect(takenFor(center, late.id)).toEqual([37_500])
  })

  /** As a sweep would that could not see the page. */
  async function letGo(orderId: string): Promise<void> {
    await center.system.deps.db.client.batch(
      [
        {
          sql: `UPDATE orders SET state = 'expired', sweep_at = NULL WHERE id = ?`,
          args: [orderId],
        },
        { sql: 'DELETE FROM open_renewals WHERE order_id = ?', args: [orderId] },
      ],
      'write',
    )
  }
})

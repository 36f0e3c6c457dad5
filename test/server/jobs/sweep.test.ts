/** The third caller of fulfilment: what is done though nobody told us anything. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { journal, mails, operatorTasks, providerEvents } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { deliver, eventOf, holdWebhooks } from '../../support/provider-events.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

async function openOrder(name: string) {
  const buyer = center.as('recover', name)
  return { buyer, order: await buyer.buy(DR_MONTHLY) }
}

function moveBy(duration: { seconds?: number; minutes?: number }): void {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

describe('the sweep', () => {
  it('fulfils what was paid though the webhook and the return page never came', async () => {
    const { buyer, order } = await openOrder('silent')
    await center.pay(order)
    moveBy({ seconds: 61 })
    expect(await sweep(center.system.deps)).toBeGreaterThan(0)
    expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
    moveBy({ seconds: 61 })
    expect(await sweep(center.system.deps)).toBe(0)
  })

  it('P17: leaves an open order alone for 35 minutes, and expires it by minute 40', async () => {
    const { buyer, order } = await openOrder('left')
    await center.system.advance('PT34M')
    expect((await buyer.follow(order.id)).state).toBe('pending')
    await center.system.advance('PT6M')
    expect(await buyer.follow(order.id)).toMatchObject({ state: 'expired', payment_url: null })
    expect((await center.pay(order)).status).toBe(410)
  })

  it('settles a bank debit days later', async () => {
    const { buyer, order } = await openOrder('debit')
    await center.payByBank(order)
    moveBy({ seconds: 61 })
    await sweep(center.system.deps)
    await center.system.stripe.control({ settle: 'succeed', drop: 1 })
    moveBy({ seconds: 61 })
    await sweep(center.system.deps)
    expect((await buyer.follow(order.id)).state).toBe('fulfilled')
  })

  it('C15: run ten times at once does the work once', async () => {
    const all = await Promise.all(['a', 'b', 'c'].map((name) => openOrder(`overlap-${name}`)))
    await Promise.all(all.map(({ order }) => center.pay(order)))
    moveBy({ seconds: 61 })
    await Promise.all(Array.from({ length: 10 }, () => sweep(center.system.deps)))
    const { orm } = center.system.deps.db
    for (const { buyer, order } of all) {
      expect((await buyer.follow(order.id)).licenses).toHaveLength(2)
      const letters = await orm.select().from(mails).where(eq(mails.reference, order.id))
      expect(letters).toHaveLength(1)
      const entries = await orm
        .select()
        .from(journal)
        .where(eq(journal.stream, `order:${order.id}`))
      expect(entries.filter(({ type }) => type === 'order.fulfilled')).toHaveLength(1)
    }
    await expectInvariants(center.system)
  })
})

describe('P26: an event that cannot be acted on', () => {
  /** Our dependencies, where the provider cannot tell anything about one order’s page. */
  function withPoison(orderId: string): Deps {
    const { deps } = center.system
    const readCheckout: Deps['payments']['readCheckout'] = async (id) => {
      const session = await deps.payments.readCheckout(id)
      if (session?.orderId === orderId) throw new Error('poison')
      return session
    }
    return { ...deps, payments: { ...deps.payments, readCheckout } }
  }

  it('is isolated after a few tries as an operator’s task, while others flow', async () => {
    const { order } = await openOrder('poison')
    const other = await openOrder('flows')
    await Promise.all([center.pay(order), center.pay(other.order)])
    const event = await eventOf(center.system, order.id, 'checkout.session.completed')
    const poisoned = withPoison(order.id)
    const { orm } = center.system.deps.db
    await storeUnhandled(event.id, order.id)
    for (let run = 0; run < 10; run++) {
      moveBy({ seconds: 61 })
      await sweep(poisoned)
    }
    expect((await other.buyer.follow(other.order.id)).state).toBe('fulfilled')
    const [row] = await orm.select().from(providerEvents).where(eq(providerEvents.id, event.id))
    expect(row).toMatchObject({ handledAt: null, sweepAt: null, outcome: 'failed' })
    const tasks = await orm
      .select()
      .from(operatorTasks)
      .where(eq(operatorTasks.reference, event.id))
    expect(tasks).toHaveLength(1)
    expect((await deliver(center.system, event)).status).toBe(200)
    await expectInvariants(center.system)
  })

  /** As a webhook that was stored and then met a fault. */
  async function storeUnhandled(id: string, orderId: string): Promise<void> {
    const { deps } = center.system
    const now = deps.now().epochMilliseconds
    await deps.db.client.batch(
      [
        {
          sql: `INSERT INTO journal (stream, version, type, at, actor, data) VALUES (?, 1, 'provider_event.received', ?, 'provider', '{}')`,
          args: [`provider_event:${id}`, BigInt(now)],
        },
        {
          sql: `INSERT INTO provider_events (id, type, order_id, session_id, received_at, attempts, sweep_at)
                SELECT ?, 'checkout.session.completed', order_id, session_id, ?, 1, ? FROM payments WHERE order_id = ?`,
          args: [id, BigInt(now), BigInt(now), orderId],
        },
      ],
      'write',
    )
  }
})

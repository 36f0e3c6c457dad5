/** P29: the optional Idempotency-Key of POST orders. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY, refusalOf } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

const KEY = { 'Idempotency-Key': 'click-1' }

describe('P29: the same key', () => {
  it('with the same body is the same order, also many times at once', async () => {
    const buyer = center.as('recover', 'same')
    const quote = await buyer.quote(DR_MONTHLY)
    const orders = await Promise.all(Array.from({ length: 8 }, () => buyer.order(quote, {}, KEY)))
    expect(new Set(orders.map(({ id }) => id)).size).toBe(1)
  })

  it('with another body is refused, and nothing is done', async () => {
    const buyer = center.as('recover', 'other-body')
    const [one, other] = [await buyer.quote(DR_MONTHLY), await buyer.quote(DR_MONTHLY)]
    await buyer.order(one, {}, KEY)
    for (const refused of [
      await refusalOf(buyer.order(other, {}, KEY)),
      await refusalOf(buyer.order(one, { locale: 'zh-CN' }, KEY)),
    ]) {
      expect(refused.problem).toMatchObject({ status: 422, code: 'idempotency.key_reused' })
    }
    expect((await buyer.order(other)).state).toBe('pending')
  })

  it('of another customer or product is another key', async () => {
    const buyers = [
      center.as('recover', 'one'),
      center.as('recover', 'two'),
      center.as('shift', 'one'),
    ]
    const items = [DR_MONTHLY, DR_MONTHLY, { plan: 'migration', quantity: 1 }]
    const orders = await Promise.all(
      buyers.map(async (buyer, index) =>
        buyer.order(await buyer.quote(items[index] ?? DR_MONTHLY), {}, KEY),
      ),
    )
    expect(new Set(orders.map(({ id }) => id)).size).toBe(3)
  })

  it('that is too long is refused at its name', async () => {
    const buyer = center.as('recover', 'long')
    const quote = await buyer.quote(DR_MONTHLY)
    const headers = { 'Idempotency-Key': 'x'.repeat(256) }
    expect((await refusalOf(buyer.order(quote, {}, headers))).pointers).toEqual([
      '/idempotency-key',
    ])
  })

  it('is not needed: a second key for the same quote returns the same order', async () => {
    const buyer = center.as('recover', 'second-key')
    const quote = await buyer.quote(DR_MONTHLY)
    const first = await buyer.order(quote, {}, KEY)
    const second = await buyer.order(quote, {}, { 'Idempotency-Key': 'click-2' })
    expect(second.id).toBe(first.id)
  })
})

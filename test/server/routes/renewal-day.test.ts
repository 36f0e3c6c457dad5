import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DR_MONTHLY, problemIn } from '../../support/buyer.ts'
import { bought, month } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

describe('the standard renewal day (S51)', () => {
  const put = (name: string, day: unknown) =>
    center.as('recover', name).send('renewal-day', { method: 'PUT', body: { day } })
  const read = async (name: string) => (await center.as('recover', name).send('renewal-day')).json()

  it('is the first of the month until the customer sets another one', async () => {
    await center.as('recover', 'acme').buy(DR_MONTHLY)
    expect(await read('acme')).toEqual({ day: 1 })
    for (const day of [28, 'last', 'last', 15]) {
      const response = await put('acme', day)
      expect([response.status, await response.json()]).toEqual([200, { day }])
      expect(await read('acme')).toEqual({ day })
    }
  })

  it('belongs to one customer of one product', async () => {
    await center.as('recover', 'acme').buy(DR_MONTHLY)
    await put('acme', 20)
    expect(await read('huaxia')).toEqual({ day: 1 })
    const elsewhere = await center.as('shift', 'acme').send('renewal-day')
    expect(await elsewhere.json()).toEqual({ day: 1 })
  })

  it('stays as it is while a renewal asks what another day would mean', async () => {
    const buyer = center.as('recover', 'curious')
    const id = await bought(center, buyer)
    const own = await buyer.price(month(id, { align: true }))
    const asked = await buyer.price(month(id, { align: 'last' }))
    expect([own.aligned_day, asked.aligned_day]).toEqual([1, 'last'])
    expect(asked.lines[0]?.ends_at).toMatch(/-(28|29|30|31)T/)
    expect(await read('curious')).toEqual({ day: 1 })
    const problem = await problemIn(
      await buyer.send('quotes', { body: { ...month(id), align: 29 } }),
    )
    expect([problem.status, problem.errors?.[0]?.pointer]).toEqual([422, '/align'])
  })

  it.each([0, 29, 31, 1.5, '1', 'first', null])('refuses %j and names the field', async (day) => {
    const problem = await problemIn(await put('acme', day))
    expect([problem.status, problem.errors?.[0]?.pointer]).toEqual([422, '/day'])
  })

  it('waits for the first order', async () => {
    const problem = await problemIn(await put('newcomer', 5))
    expect([problem.status, problem.code]).toEqual([409, 'customer.no_order_yet'])
  })
})

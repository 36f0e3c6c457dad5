/** Section 5: suspended time counts neither towards grace nor towards retention, in rows and in lists. */
import { describe, expect, it } from 'vitest'
import { holdLicense, type Hold } from '../../../server/usecases/hold-license.ts'
import type { Buyer } from '../../support/buyer.ts'
import { bought, licenseIdOf, month, paid } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))

const days = (count: number) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add({ milliseconds: Math.round(count * 86_400_000) }))
}

const hold = (id: string, what: Hold) =>
  holdLicense(center.system.deps, licenseIdOf(id), {
    hold: what,
    actor: 'operator:test',
    reason: 'being looked at',
  })

/** What the license says of itself, and under which status the list finds it. */
async function statusOf(buyer: Buyer, id: string): Promise<string> {
  const { status } = await buyer.license(id)
  const { data } = await buyer.licenses({ status, type: 'dr' })
  expect(
    data.map((it) => it.id),
    `listed as ${status}`,
  ).toEqual([id])
  return status
}

/** A license two days into its grace of seven. */
async function inGrace(name: string): Promise<{ buyer: Buyer; id: string }> {
  const buyer = center.as('recover', name)
  const id = await bought(center, buyer)
  const { expires_at } = await buyer.license(id)
  days((Date.parse(expires_at) - center.system.clock.now().epochMilliseconds) / 86_400_000 + 2)
  return { buyer, id }
}

describe('a license that was held', () => {
  it('has the rest of its grace and retention once it is reinstated', async () => {
    const { buyer, id } = await inGrace('suspended')
    expect(await statusOf(buyer, id)).toBe('grace')
    await hold(id, 'suspend')
    expect(await statusOf(buyer, id)).toBe('suspended')
    days(30)
    await hold(id, 'reinstate')
    expect(await statusOf(buyer, id)).toBe('grace')
    days(4.9)
    expect(await statusOf(buyer, id)).toBe('grace')
    days(0.2)
    expect(await statusOf(buyer, id)).toBe('retained')
    await hold(id, 'flag')
    days(20)
    await hold(id, 'clear')
    days(14.8)
    expect(await statusOf(buyer, id)).toBe('retained')
    days(0.2)
    expect(await statusOf(buyer, id)).toBe('ended')
  })

  it('can be renewed with what is left of its retention, and then has the usual grace again', async () => {
    const { buyer, id } = await inGrace('renews')
    await hold(id, 'suspend')
    days(22)
    await hold(id, 'reinstate')
    const order = await paid(
      center,
      buyer,
      await buyer.price(month(id, { duration: { months: 2 } })),
    )
    expect(order.state).toBe('fulfilled')
    const { expires_at } = await buyer.license(id)
    days((Date.parse(expires_at) - center.system.clock.now().epochMilliseconds) / 86_400_000)
    expect(await statusOf(buyer, id)).toBe('grace')
    days(7)
    expect(await statusOf(buyer, id)).toBe('retained')
  })

  it('held twice at the same time, loses that time once', async () => {
    const { buyer, id } = await inGrace('twice')
    await hold(id, 'suspend')
    days(5)
    await hold(id, 'flag')
    days(5)
    await hold(id, 'reinstate')
    days(5)
    await hold(id, 'clear')
    days(4.9)
    expect(await statusOf(buyer, id)).toBe('grace')
    days(0.2)
    expect(await statusOf(buyer, id)).toBe('retained')
  })
})

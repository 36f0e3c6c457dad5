import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { SEED_PAST_MS, seed } from '../../demo/seed.ts'
import { InstallationList } from '../../server/contract/installations.ts'
import type { License } from '../../server/contract/licenses.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

let test: TestSystem

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  test = await startTestSystem({ clockOffsetMs: -SEED_PAST_MS })
  await seed(test.system)
})
afterAll(async () => {
  vi.restoreAllMocks()
  await test.remove()
})

async function licensesOf(product: string): Promise<readonly License[]> {
  return (await test.as(product, 'acme').licenses({ limit: 200 })).data
}

/** `total plan cycle: status`, oldest first. */
function outline(licenses: readonly License[]): string[] {
  return licenses
    .filter(({ complimentary_of }) => complimentary_of === null)
    .toSorted((one, other) => one.activated_at.localeCompare(other.activated_at))
    .map(({ total, plan, cycle, status, expiring, renewal_mode }) =>
      [total, plan, cycle, renewal_mode, expiring ? 'expiring' : status].filter(Boolean).join(' '),
    )
}

describe('the seed of the demo', () => {
  it('buys twelve times, so that each status can be seen', async () => {
    const recover = outline(await licensesOf('recover'))
    // Where the end of January falls among the others depends on the day of the year.
    expect(recover.filter((line) => !line.startsWith('4 dr'))).toEqual([
      '20 dr year manual ended',
      '8 dr year manual retained',
      '15 dr year manual grace',
      '6 dr year manual expiring',
      '50 dr year auto active',
      '5 failback ended',
      '3 failback active',
      '12 dr month auto active',
      '5 dr month pay_per_use active',
    ])
    expect(recover).toHaveLength(10)
    expect(outline(await licensesOf('shift'))).toEqual([
      '10 migration expiring',
      '25 migration active',
    ])
  })

  it('S22, S25: brings as many failback licenses with each DR license, to the same second', async () => {
    const licenses = await licensesOf('recover')
    const given = licenses.filter(({ complimentary_of }) => complimentary_of !== null)
    const sold = licenses.filter(({ plan }) => plan === 'dr')
    expect(given).toHaveLength(8)
    const facts = ({ total, expires_at }: License) => `${total} until ${expires_at}`
    expect(given.map(facts).toSorted()).toEqual(sold.map(facts).toSorted())
  })

  it('S24, S33: uses them, so that installations, one-time units and requests can be seen', async () => {
    const acme = test.as('recover', 'acme')
    const licenses = await licensesOf('recover')
    const largest = licenses.find(({ total, plan }) => total === 50 && plan === 'dr')
    expect(largest).toMatchObject({ reserved: 8, consumed: 0 })
    const answer = await acme.send(`licenses/${largest?.id}/activations`)
    const { data } = InstallationList.parse(await answer.json())
    const told = data.map(({ name, state, rebind }) => [name, state, rebind?.state ?? null])
    expect(told).toContainEqual(['replica-09', 'deactivated', null])
    expect(told).toContainEqual(['replica-01-new', 'active', null])
    expect(told).toContainEqual(['replica-02', 'active', 'requested'])
    const given = licenses.filter(({ kind, total }) => kind === 'complimentary' && total === 12)
    expect(given).toMatchObject([{ reserved: 1, consumed: 2 }])
    const { now, unused_soon: unused } = await acme.licenses({})
    const soon = Date.parse(now) + 30 * 86_400_000
    const ending = licenses.filter(
      ({ kind, status, expires_at }) =>
        kind === 'complimentary' && status === 'active' && Date.parse(expires_at) < soon,
    )
    const free = ending.reduce((sum, { total, in_use }) => sum + total - in_use, 0)
    // The two monthly purchases alone have 9 and 5.
    expect(free).toBeGreaterThanOrEqual(14)
    expect(unused).toMatchObject({ type: 'failback', units: free })
  })

  it('ends today', () => {
    expect(Math.abs(test.system.clock.offsetMs())).toBeLessThan(60_000)
  })

  it('happens once', async () => {
    await seed(test.system)
    expect(outline(await licensesOf('shift'))).toHaveLength(2)
  })

  it('goes on where a start was stopped', async () => {
    test.system.stateFile.save({ isSeeded: false, seededPurchases: 11 })
    await seed(test.system)
    expect(outline(await licensesOf('recover'))).toHaveLength(11)
    expect(outline(await licensesOf('shift'))).toHaveLength(2)
  })
})

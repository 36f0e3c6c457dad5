/** What used each unit of a one-time license, and which free ones end soon (S24, S26, S28, S30). */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UnitList } from '../../../server/contract/installations.ts'
import { License, LicenseList, type UnusedSoon } from '../../../server/contract/licenses.ts'
import { DR_MONTHLY, type Buyer } from '../../support/buyer.ts'
import { createInstallation } from '../../support/installation.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'
import { startVault, type Bought, type Vault } from '../../support/vault.ts'

describe('the units of a one-time license', () => {
  let center: Vault
  beforeAll(async () => {
    center = await startVault()
  })
  afterAll(() => center.remove())

  const unitsOf = async ({ id, owner }: Bought, query = '') => {
    const answer = await owner.send(`licenses/${id}/units${query}`)
    return UnitList.parse(await answer.json())
  }

  it('tells which are reserved, used up, given back, and how many are left', async () => {
    const moves = await center.bought('moves', 5)
    expect(await unitsOf(moves)).toMatchObject({ data: [], count: 0, total: 5, left: 5 })
    for (const reference of ['vm-1', 'vm-2', 'vm-3']) {
      await moves.ask('activate', { reference })
      await center.system.advance('PT1M')
    }
    await moves.ask('consume', { reference: 'vm-2' })
    await moves.ask('release', { reference: 'vm-3' })
    expect(await unitsOf(moves)).toMatchObject({
      data: [
        { reference: 'vm-3', use: 'released', ended_at: expect.stringMatching(/T09:03/) },
        { reference: 'vm-2', use: 'consumed', ended_at: expect.stringMatching(/T09:03/) },
        { reference: 'vm-1', use: 'reserved', ended_at: null },
      ],
      next_cursor: null,
      count: 3,
      total: 5,
      reserved: 1,
      consumed: 1,
      left: 3,
    })
    const license = License.parse(await (await moves.owner.send(`licenses/${moves.id}`)).json())
    expect(license).toMatchObject({ kind: 'paid', in_use: 2, reserved: 1, consumed: 1 })
  })

  it('is paged without losing or repeating a unit, whatever their names (N04)', async () => {
    const moves = await center.bought('moves', 5)
    const references = ['vm-🚚\u202e17', 'vm-ж', 'vm-Z', 'vm-虚拟', 'vm-0']
    for (const reference of references) await moves.ask('activate', { reference })
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: UnitList = await unitsOf(moves, `?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.count).toBe(5)
      seen.push(...page.data.map(({ reference }) => reference))
      cursor = page.next_cursor
    }
    expect(seen.toSorted()).toEqual(references.toSorted())
  })

  it('counts installations of a license of another kind, and hides what is not theirs (T01)', async () => {
    const seats = await center.bought('seats', 3)
    await seats.ask('activate', { fingerprint: 'host-a' })
    expect(await unitsOf(seats)).toMatchObject({ data: [], total: 3, reserved: 1, left: 2 })
    const stranger = await center.bought('moves', 1)
    const answer = await stranger.owner.send(`licenses/${seats.id}/units`)
    expect(answer.status).toBe(404)
  })
})

describe('complimentary units that end soon', () => {
  let center: TestSystem
  let buyer: Buyer
  beforeAll(async () => {
    center = await startTestSystem({ startsAt: '2027-01-10T10:00:00Z' })
    buyer = center.as('recover', 'acme')
  })
  afterAll(() => center.remove())

  async function buy(quantity: number, cycle: 'month' | 'year' = 'month'): Promise<string> {
    const order = await buyer.buy({ ...DR_MONTHLY, quantity, cycle })
    await center.pay(order)
    const { licenses } = await buyer.follow(order.id, 10)
    const found = await Promise.all(licenses.map((id) => buyer.license(id)))
    return found.find(({ type }) => type === 'failback')?.id ?? ''
  }
  const soon = async (query = ''): Promise<UnusedSoon | null> =>
    LicenseList.parse(await (await buyer.send(`licenses${query}`)).json()).unused_soon
  const keyOf = async (id: string) => {
    const answer = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
    return ((await answer.json()) as { key: string }).key
  }

  it('come with every list: how many, and when the first of them ends', async () => {
    expect(await soon()).toBe(null)
    await buy(7, 'year')
    expect(await soon()).toBe(null)
    const first = await buy(3)
    center.system.clock.moveTo(Temporal.Instant.from('2027-01-15T10:00:00Z'))
    await buy(2)
    const { expires_at } = await buyer.license(first)
    // The second one has 31 days, and is not near its end before tomorrow.
    expect(await soon()).toMatchObject({ licenses: 1, units: 3, type: 'failback', expires_at })
    center.system.clock.moveTo(Temporal.Instant.from('2027-01-17T10:00:00Z'))
    expect(await soon('?type=dr')).toMatchObject({ licenses: 2, units: 5, expires_at })
    const { origin } = center.system
    const key = await keyOf(first)
    const host = createInstallation({ origin, key, product: 'recover' })
    await host.ask('activate', { reference: 'vm-1' })
    await host.ask('consume', { reference: 'vm-2' })
    expect(await soon()).toMatchObject({ licenses: 2, units: 3 })
    await host.ask('consume', { reference: 'vm-3' })
    expect(await soon()).toMatchObject({ licenses: 1, units: 2 })
    expect(await center.as('recover', 'other').send('licenses').then(unusedOf)).toBe(null)
    center.system.clock.moveTo(Temporal.Instant.from('2027-02-20T10:00:00Z'))
    expect(await soon()).toBe(null)
  })
})

const unusedOf = async (answer: Response) => LicenseList.parse(await answer.json()).unused_soon

/** Golden cases through the API: a customer's zone, month ends and clock changes, while the clock walks through 2025. */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { License } from '../../../server/contract/licenses.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2025-01-31T16:54:00Z' })
})
afterAll(() => center.remove())

/** Buys and pays just after that instant; the clock only moves forward. */
async function paidAt(instant: string, zone: string): Promise<readonly License[]> {
  const { clock } = center.system
  const target = Temporal.Instant.from(instant)
  const buyer = center.as('recover', `buyer-${target.epochMilliseconds}`, { zone })
  clock.moveTo(target.subtract({ minutes: 1 }))
  const order = await buyer.buy(DR_MONTHLY)
  clock.moveTo(target)
  await center.pay(order)
  await buyer.follow(order.id, 10)
  const { data } = await buyer.licenses()
  expect(data).toHaveLength(2)
  expect(data.map(({ time_zone }) => time_zone)).toEqual([zone, zone])
  return data
}

/** The instant with the date and hour of the golden case, and the minutes and seconds of the payment. */
function shifted(activatedAt: string, dateAndHour: string): string {
  return `${dateAndHour}${activatedAt.slice(dateAndHour.length)}`
}

describe('a month that is paid', () => {
  it.each([
    {
      golden: '1: on 31 January ends on 28 February',
      paid: '2025-01-31T16:55:10Z',
      zone: 'UTC',
      ends: '2025-02-28T16',
      days: 28,
    },
    {
      golden: '2: in New York before the gap moves forward with it',
      paid: '2025-02-09T07:30:00Z',
      zone: 'America/New_York',
      ends: '2025-03-09T07',
      days: 28,
    },
    {
      golden: 'R2: in New York keeps its time of day over the change',
      paid: '2025-02-15T15:00:00Z',
      zone: 'America/New_York',
      ends: '2025-03-15T14',
      days: 28,
    },
    {
      golden: 'R2: in Shanghai belongs to the next day there',
      paid: '2025-03-30T17:00:00Z',
      zone: 'Asia/Shanghai',
      ends: '2025-04-29T17',
      days: 30,
    },
    {
      golden: '2: in New York takes the second reading of an hour that comes twice',
      paid: '2025-10-02T05:30:00Z',
      zone: 'America/New_York',
      ends: '2025-11-02T06',
      days: 31,
    },
  ])('golden case $golden', async ({ paid, zone, ends, days }) => {
    const licenses = await paidAt(paid, zone)
    const [one, other] = licenses
    expect(one?.activated_at.slice(0, 16)).toBe(paid.slice(0, 16))
    expect(one?.expires_at).toBe(shifted(one?.activated_at ?? '', ends))
    expect(one?.service_life_days).toBe(days)
    expect([other?.activated_at, other?.expires_at]).toEqual([one?.activated_at, one?.expires_at])
  })
})

describe('the zone of a customer', () => {
  it('R2: is the one of the first order, whatever later requests say', async () => {
    const first = center.as('recover', 'traveller', { zone: 'Asia/Shanghai' })
    await first.buy(DR_MONTHLY)
    const later = center.as('recover', 'traveller', { zone: 'America/New_York' })
    expect((await later.quote(DR_MONTHLY)).time_zone).toBe('Asia/Shanghai')
  })

  it('R2: is the request’s where the host names none, else the product’s', async () => {
    const unplaced = center.as('studio', 'unplaced')
    const token = await center.system.token('studio', {
      id: 'unplaced',
      email: 'a@studio.example',
      name: 'A',
    })
    const headers = { Authorization: `Bearer ${token}` }
    const items = [{ plan: 'solo', quantity: 1, cycle: 'month', auto_renew: false }]
    const zoneOf = async (extra: object) => {
      const response = await unplaced.send('quotes', { body: { items, ...extra }, headers })
      return (await response.json()).time_zone
    }
    expect(await zoneOf({ time_zone: 'Asia/Kathmandu' })).toBe('Asia/Kathmandu')
    expect(await zoneOf({})).toBe('Europe/Berlin')
  })
})

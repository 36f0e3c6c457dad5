/** What the renewal desk reads: offers, tabs with counts, ids of all that match, the timeline. */
import { Temporal } from 'temporal-polyfill'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  LicenseExpiries,
  LicenseIds,
  LicenseList,
  type License,
} from '../../../server/contract/licenses.ts'
import { commit } from '../../../server/db/commit.ts'
import { licenses } from '../../../server/db/schema.ts'
import { wholeSecond } from '../../../server/domain/calendar.ts'
import { answerOf, DR_AUTO, DR_MONTHLY, problemIn, type Buyer } from '../../support/buyer.ts'
import { bought, licenseIdOf, month, revoke } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
let acme: Buyer
const ids: Record<string, string> = {}
const DR_YEARLY = { ...DR_MONTHLY, cycle: 'year' } as const

beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-01-10T10:00:00Z' })
  acme = center.as('recover', 'acme')
  const { clock } = center.system
  ids['grace'] = await bought(center, acme)
  clock.moveTo(Temporal.Instant.from('2027-02-11T10:00:00Z'))
  ids['plain'] = await bought(center, acme)
  ids['auto'] = await bought(center, acme, DR_AUTO)
  ids['yearly'] = await bought(center, acme, DR_YEARLY)
  ids['open'] = await bought(center, acme)
  ids['revoked'] = await bought(center, acme)
  await revoke(center, ids['revoked'])
  ids['order'] = (await acme.order(await acme.price(month(ids['open'])))).id
})
afterAll(() => center.remove())

const read = async (name: string) => acme.license(ids[name] ?? '')
const list = async (query: string) =>
  answerOf(await acme.send(`licenses?type=dr&limit=200&${query}`), LicenseList)
const idsOf = (found: readonly Pick<License, 'id'>[]) => found.map(({ id }) => id).toSorted()
const named = (...names: string[]) => names.map((name) => ids[name]).toSorted()

describe('a license', () => {
  it('says that it can be renewed, and what a plain cycle costs today', async () => {
    expect(await read('plain')).toMatchObject({
      renewal: {
        possible: true,
        reason: null,
        sentence: null,
        open_order_id: null,
        amount: 37_500,
        currency: 'USD',
        can_add_units: true,
        upgrades: [],
        undo: null,
      },
      auto_renewal: { available: true, reason: null, state: 'off', amount: 37_500 },
      pay_per_use: { available: true, reason: null, daily_rate: 300, metering: false, days: 0 },
      lost_days: 0,
      next_total: null,
    })
    expect((await read('yearly')).renewal?.amount).toBe(375_000)
  })

  it('cannot renew by itself before a payment method is saved', async () => {
    const cardless = center.as('recover', 'cardless')
    const { auto_renewal } = await cardless.license(await bought(center, cardless))
    expect(auto_renewal).toMatchObject({ available: false, reason: 'no_method', method: null })
  })

  it('says why it cannot, in the language that is asked for', async () => {
    expect((await read('open')).renewal).toMatchObject({
      possible: false,
      reason: 'order_open',
      open_order_id: ids['order'],
    })
    const inChinese = await acme.send(`licenses/${ids['revoked']}`, {
      headers: { 'Accept-Language': 'zh-CN' },
    })
    expect((await inChinese.json()).renewal).toMatchObject({
      reason: 'revoked',
      sentence: '该许可证已被吊销。',
      can_add_units: false,
    })
  })

  it('tells in grace how many days a renewal would lose', async () => {
    const license = await read('grace')
    expect([license.status, license.lost_days]).toEqual(['grace', 1])
    expect(license.renewal).toMatchObject({ possible: true, can_add_units: false })
  })

  it('that renews by itself tells when, and with which card', async () => {
    const license = await read('auto')
    expect(license.auto_renewal).toMatchObject({
      state: 'due',
      charge_at: license.next_charge_at,
      method: { brand: 'visa', last4: '4242' },
      failure: null,
    })
  })

  it('that never renews says nothing about it', async () => {
    const { data } = await acme.licenses({ type: 'failback' })
    for (const { renewal, auto_renewal, pay_per_use } of data) {
      expect([renewal, auto_renewal, pay_per_use]).toEqual([null, null, null])
    }
  })
})

describe('the list', () => {
  it('counts the four tabs under the same other filters', async () => {
    const all = await list('counts=renewal_mode')
    expect(all.mode_counts).toEqual({ manual: 5, auto: 1, pay_per_use: 0, canceled: 0 })
    const tab = await list('counts=renewal_mode&renewal_mode=auto')
    expect([tab.count, tab.mode_counts]).toEqual([1, all.mode_counts])
    const within = await list('counts=renewal_mode&expires_within=60')
    expect(within.mode_counts).toMatchObject({ manual: 3, auto: 1 })
    expect((await list('')).mode_counts).toBeUndefined()
  })

  it('keeps to what can be renewed now', async () => {
    const { data } = await list('renewable=true')
    expect(idsOf(data)).toEqual(named('auto', 'grace', 'plain', 'yearly'))
    const everything = (await list('')).data
    const possible = everything.filter(({ renewal }) => renewal?.possible === true)
    expect(idsOf(data)).toEqual(idsOf(possible))
  })

  it('filters by dates of the customer’s calendar, first and last day included', async () => {
    const { expires_at, time_zone } = await read('grace')
    const day = Temporal.Instant.from(expires_at).toZonedDateTimeISO(time_zone).toPlainDate()
    const found = async (from: Temporal.PlainDate, to: Temporal.PlainDate) =>
      idsOf((await list(`expires_from=${from}&expires_to=${to}`)).data)
    expect(await found(day, day)).toEqual(named('grace'))
    expect(await found(day.add({ days: 1 }), day.add({ days: 20 }))).toEqual([])
    expect(await found(day.subtract({ days: 9 }), day.subtract({ days: 1 }))).toEqual([])
  })

  it('filters by order, and matches nothing of another product', async () => {
    const { order_id } = await read('yearly')
    expect(idsOf((await list(`order=${order_id}`)).data)).toEqual(named('yearly'))
    expect((await list('product=shift')).count).toBe(0)
    expect((await list('product=recover')).count).toBe(6)
  })

  it('names a date that does not exist', async () => {
    const problem = await problemIn(await acme.send('licenses?expires_to=2027-02-30'))
    expect([problem.status, problem.errors?.[0]?.pointer]).toEqual([422, '/expires_to'])
  })
})

describe('licenses/ids', () => {
  it('names all that match, soonest first, and how many there are', async () => {
    const response = await acme.send('licenses/ids?type=dr&renewal_mode=manual')
    const { ids: found, count } = await answerOf(response, LicenseIds)
    expect(found[0]).toBe(ids['grace'])
    expect(found.toSorted()).toEqual(named('grace', 'open', 'plain', 'revoked', 'yearly'))
    expect(count).toBe(5)
  })
})

describe('licenses/expiries', () => {
  it('counts licenses and units by the date on the customer’s calendar', async () => {
    const response = await acme.send('licenses/expiries?type=dr&months=1')
    const found = await answerOf(response, LicenseExpiries)
    expect(found.from).toBe('2027-02-11')
    expect(found.to).toBe('2027-03-11')
    expect(found.data).toEqual([])
    const year = await answerOf(
      await acme.send('licenses/expiries?type=dr&months=13'),
      LicenseExpiries,
    )
    expect(year.data).toEqual([
      { date: '2027-03-11', count: 4, quantity: 20 },
      { date: '2028-02-11', count: 1, quantity: 5 },
    ])
  })

  it('is empty for somebody without licenses, in the zone of the product', async () => {
    const response = await center.as('studio', 'nobody').send('licenses/expiries')
    const found = await answerOf(response, LicenseExpiries)
    expect([found.data, found.time_zone]).toEqual([[], 'Europe/Berlin'])
  })
})

it('renewable=true is what each license says of itself, whatever happened to it', async () => {
  const { db } = center.system.deps
  const target = eq(licenses.id, licenseIdOf(ids['plain'] ?? ''))
  const [before] = await db.orm.select().from(licenses).where(target)
  const now = wholeSecond(center.system.clock.now())
  const endingAt = (hoursAgo: number) => {
    const endsAt = now.subtract({ hours: hoursAgo })
    return { endsAt, anchorDay: endsAt.toZonedDateTimeISO(before?.zone ?? 'UTC').day }
  }
  const states: Partial<typeof licenses.$inferSelect>[] = [
    { suspendedAt: now },
    { underReviewAt: now },
    { renewalMode: 'canceled' },
    { renewalMode: 'pay_per_use' },
    { renewalMode: 'pay_per_use', ...endingAt(1) },
    endingAt(24 * 22),
    endingAt(24 * 22 - 1),
    { currency: 'EUR' },
    { currency: null },
    { planId: 'failback' },
    { planId: 'gone' },
    endingAt(-24 * 365 * 5),
    endingAt(-24 * 365 * 4),
  ]
  let version = 0
  const write = (state: Partial<typeof licenses.$inferSelect>) =>
    commit(db, now, {
      journal: [
        {
          stream: 'test:states',
          version: ++version,
          type: 'state.set',
          actor: 'test',
          productId: null,
          data: {},
        },
      ],
      statements: [db.orm.update(licenses).set(state).where(target)],
    })
  for (const state of states) {
    await write(state)
    const { renewal } = await read('plain')
    const { data } = await list('renewable=true')
    expect([state, data.some(({ id }) => id === ids['plain'])]).toEqual([state, renewal?.possible])
    if (before) await write(before)
  }
})

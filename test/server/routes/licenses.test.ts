/** The list of licenses: pages, filters, the export, and what people write into its query. */
import fc from 'fast-check'
import Papa from 'papaparse'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { License } from '../../../server/contract/licenses.ts'
import { licenses } from '../../../server/db/schema.ts'
import { isExpiringSql, statusSql } from '../../../server/db/queries/license-status.ts'
import {
  expiringDays,
  graceEndsAt,
  isExpiring,
  retentionEndsAt,
  statusAt,
} from '../../../server/domain/license.ts'
import { problemIn, refusalOf, type Buyer } from '../../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const FORMULA = '=HYPERLINK("http://evil.example","50% off_now")'
const CATALOGUE = `
products:
  - id: recover
    name: Recover
    publishable_keys: [pk_test_recover]
    home_url: http://localhost/console/
    key_prefix: RCVR
    currencies: [USD]
    plans:
      - id: dr
        name: '${FORMULA}'
        type: dr
        auto_renewal: choice
        prices: [{ currency: USD, cycle: month, unit_amount: 7500 }]
        complimentary: [{ plan: failback }]
      - id: failback
        name: '@Failback, "quoted"'
        type: failback
        one_time: true
        validity_months: 3
        prices: [{ currency: USD, unit_amount: 9000 }]
`
const PURCHASES = [3, 1, 2, 2, 5]

let center: TestSystem
let acme: Buyer
let all: readonly License[]
beforeAll(async () => {
  center = await startTestSystem({ catalogue: CATALOGUE })
  acme = center.as('recover', 'acme')
  for (const quantity of PURCHASES) {
    const order = await acme.buy({ plan: 'dr', quantity, cycle: 'month', auto_renew: false })
    await center.pay(order)
    await acme.follow(order.id, 10)
  }
  all = (await acme.licenses({ limit: 200 })).data
})
afterAll(() => center.remove())

const SORTS = ['id', 'total', 'in_use', 'service_life_days', 'activated_at', 'expires_at', 'status']

describe('GET licenses', () => {
  it.each(SORTS.flatMap((sort) => [sort, `-${sort}`]))(
    'sorted by %s shows each license once, over any pages',
    async (sort) => {
      const whole = await acme.licenses({ sort, limit: 200 })
      expect(whole.count).toBe(PURCHASES.length * 2)
      const paged: License[] = []
      let cursor: string | undefined
      do {
        const page = await acme.licenses({ sort, limit: 3, ...(cursor ? { cursor } : {}) })
        expect(page.count).toBe(whole.count)
        paged.push(...page.data)
        cursor = page.next_cursor ?? undefined
      } while (cursor)
      expect(paged).toEqual(whole.data)
      const values = whole.data.map(
        (license) => Object.entries(license).find(([key]) => key === sort.replace('-', ''))?.[1],
      )
      const sorted = [...values].sort((a, b) =>
        typeof a === 'number'
          ? a - Number(b)
          : String(a) < String(b)
            ? -1
            : String(a) > String(b)
              ? 1
              : 0,
      )
      expect(values).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted)
    },
  )

  it('filters by type, status, text and expiry', async () => {
    expect((await acme.licenses({ type: 'failback' })).count).toBe(PURCHASES.length)
    expect((await acme.licenses({ status: 'active,grace' })).count).toBe(all.length)
    expect((await acme.licenses({ status: 'ended' })).count).toBe(0)
    expect((await acme.licenses({ renewal_mode: 'manual' })).count).toBe(PURCHASES.length)
    expect((await acme.licenses({ expires_within: 3 })).count).toBe(0)
    expect((await acme.licenses({ expires_within: 40 })).count).toBe(all.length)
    const { id, key_last4, order_id } = all[0] ?? { id: '', key_last4: '', order_id: '' }
    for (const q of [id, id.slice(-8), key_last4.toLowerCase(), order_id ?? '']) {
      expect((await acme.licenses({ q })).data.map((license) => license.id)).toContain(id)
    }
  })

  it('N03: takes % and _ in a search as what they are', async () => {
    expect((await acme.licenses({ q: '50% off_now' })).count).toBe(PURCHASES.length)
    expect((await acme.licenses({ q: '50_ off%now' })).count).toBe(0)
    expect((await acme.licenses({ q: '\\' })).count).toBe(0)
  })

  const FIELDS = 'q type status sort cursor limit expires_within renewal_mode'.split(' ')
  const ATTACKS = [
    "' OR 1=1 --",
    "'); DROP TABLE licenses; --",
    '" OR ""="',
    '1 UNION SELECT key_cipher FROM licenses',
    "%' ESCAPE '",
    '\u0000',
    '\ud800',
    '%00',
    '🦊'.repeat(50),
    '__proto__',
    '[1',
    'x'.repeat(200),
  ]

  it.each(ATTACKS)('N03: answers %j in any field with a page or a problem', async (attack) => {
    for (const field of FIELDS) {
      const response = await acme.send(`licenses?${new URLSearchParams({ [field]: attack })}`)
      if (response.ok) expect((await response.json()).count, field).toBe(0)
      else expect((await problemIn(response)).status, field).toBe(422)
    }
    expect((await acme.licenses()).count).toBe(all.length)
  })

  it.each<{ why: string; cursor: object }>([
    {
      why: 'a moment beyond all calendars',
      cursor: { now: 9e15, sort: 'expires_at', value: 1, id: 'lic_1' },
    },
    {
      why: 'a moment before them',
      cursor: { now: -9e15, sort: 'expires_at', value: 1, id: 'lic_1' },
    },
    { why: 'another order', cursor: { now: 1, sort: 'id', value: 1, id: 'lic_1' } },
    {
      why: 'an order that does not exist',
      cursor: { now: 1, sort: 'key_cipher', value: 1, id: 'lic_1' },
    },
    { why: 'no value', cursor: { now: 1, sort: 'expires_at', id: 'lic_1' } },
    { why: 'nothing', cursor: {} },
  ])('N03: refuses a cursor with $why', async ({ cursor }) => {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url')
    const refusal = await refusalOf(acme.licenses({ cursor: text, expires_within: 3660 }))
    expect(refusal.pointers).toEqual(['/cursor'])
  })
})

describe('N10: the export', () => {
  it('is CSV with a byte order mark, no formula, and the same rows as the list', async () => {
    const response = await acme.send('licenses.csv?sort=-total')
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    const disposition = response.headers.get('Content-Disposition')
    expect(disposition).toMatch(/^attachment; filename="licenses-\d{4}-\d\d-\d\d\.csv"$/)
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const text = new TextDecoder().decode(bytes)
    expect(text.split('\r\n')).toHaveLength(all.length + 1)
    const { data, errors } = Papa.parse<Record<string, string>>(text, { header: true })
    expect(errors).toEqual([])
    const listed = (await acme.licenses({ sort: '-total', limit: 200 })).data
    expect(data.map((row) => row['License ID'])).toEqual(listed.map(({ id }) => id))
    const names = new Set(data.map((row) => row['Plan']))
    expect(names).toEqual(new Set([`'${FORMULA}`, `'@Failback, "quoted"`]))
    const cells = data.flatMap((row) => Object.values(row))
    expect(cells.filter((cell) => /^[=+\-@\t\r\0]/.test(cell))).toEqual([])
  })
})

describe('C12: the status', () => {
  const minutes = fc.integer({ min: -5, max: 5 })

  const moveAll = (mode: 'manual' | 'pay_per_use') =>
    center.system.deps.db.client.batch(
      [{ sql: `UPDATE licenses SET renewal_mode = ? WHERE kind = 'paid'`, args: [mode] }],
      'write',
    )

  it.each(['pay_per_use', 'manual'] as const)(
    'in SQL is the status of the domain, at every boundary and around it, in mode %s',
    async (mode) => {
      await moveAll(mode)
      const { orm } = center.system.deps.db
      const rows = (await orm.select().from(licenses)).map((row) => ({
        ...row,
        anchor: { day: row.anchorDay, time: row.anchorTime, zone: row.zone },
      }))
      const boundaries = rows.flatMap((row) => [
        row.activatedAt.subtract({ seconds: 300 }),
        row.activatedAt,
        row.endsAt.subtract({ hours: 24 * expiringDays(row) }),
        row.endsAt,
        graceEndsAt(row),
        retentionEndsAt(row),
      ])
      const instants = fc.tuple(
        fc.constantFrom(...boundaries),
        fc.oneof(
          fc.constantFrom(-1, 0, 1),
          minutes.map((m) => m * 60_000),
        ),
      )
      await fc.assert(
        fc.asyncProperty(instants, async ([boundary, milliseconds]) => {
          const now = boundary.add({ milliseconds })
          const found = await orm
            .select({ id: licenses.id, status: statusSql(now), expiring: isExpiringSql(now) })
            .from(licenses)
          const expected = rows.map((row) => ({
            id: row.id,
            status: statusAt(row, now),
            expiring: Number(isExpiring(row, now)),
          }))
          const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
          expect(found.toSorted(byId)).toEqual(expected.toSorted(byId))
        }),
        { numRuns: 200 },
      )
    },
  )

  it('S31: is told by the API as the dates say, to the second', async () => {
    const paid = all.find(({ plan }) => plan === 'dr')
    const end = Temporal.Instant.from(paid?.expires_at ?? '')
    const steps = [
      { at: end.subtract({ seconds: 5 }), paid: 'active', free: 'active' },
      { at: end, paid: 'grace', free: 'ended' },
      { at: end.add({ hours: 7 * 24 }), paid: 'retained', free: 'ended' },
      { at: end.add({ hours: 22 * 24 }), paid: 'ended', free: 'ended' },
    ]
    for (const step of steps) {
      center.system.clock.moveTo(step.at)
      const { data } = await acme.licenses({ q: paid?.order_id ?? '' })
      const status = (plan: string) => data.find((license) => license.plan === plan)?.status
      const expiring = await acme.licenses({ status: 'expiring', q: paid?.order_id ?? '' })
      expect(expiring.count, `${step.at}`).toBe(step.paid === 'active' ? 2 : 0)
      expect([status('dr'), status('failback')], `${step.at}`).toEqual([step.paid, step.free])
    }
  })
})

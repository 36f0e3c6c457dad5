/** Units of a license that exists: more until its end, fewer from its next period on (R14). */
import { eq } from 'drizzle-orm'
import Papa from 'papaparse'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RevealedKey } from '../../../server/contract/license-api.ts'
import { commit } from '../../../server/db/commit.ts'
import { journal, licenses } from '../../../server/db/schema.ts'
import { fewerUnits, nextUnitsAt } from '../../../server/jobs/fewer-units.ts'
import { BYTE_ORDER_MARK } from '../../../server/routes/license-csv.ts'
import { answerOf, type Buyer } from '../../support/buyer.ts'
import { createInstallation } from '../../support/installation.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { bought, licenseIdOf, month, paid } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-01-31T16:55:10Z' })
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

/** What the export and an installed product are told about the total. */
async function unitsToldOf(buyer: Buyer, id: string) {
  const table = Papa.parse<Record<string, string>>(
    (await (await buyer.send('licenses.csv?type=dr')).text()).replace(BYTE_ORDER_MARK, ''),
    { header: true, skipEmptyLines: true },
  )
  const { key } = await answerOf(
    await buyer.send(`licenses/${id}/reveal`, { method: 'POST' }),
    RevealedKey,
  )
  const product = createInstallation({ origin: center.system.origin, key, product: 'recover' })
  const { license } = await product.ask('validate', { fingerprint: 'host' })
  const row = table.data.find((each) => each['License ID'] === id)
  return { csv: row?.['Total'], validate: license?.total }
}

describe('units', () => {
  it('are added until the end of the license, with what comes free for a full cycle (R14)', async () => {
    const buyer = center.as('recover', 'more')
    const id = await bought(center, buyer)
    const quote = await buyer.price({ add_units: [{ license_id: id, quantity: 3 }] })
    expect(quote).toMatchObject({ kind: 'add_units', total: 22_500 })
    expect(quote.complimentary).toMatchObject([{ plan: 'failback', quantity: 3 }])
    const before = await buyer.license(id)
    const order = await paid(center, buyer, quote)
    const after = await buyer.license(id)
    expect([after.total, after.expires_at]).toEqual([8, before.expires_at])
    const free = await buyer.license(order.licenses[1] ?? '')
    expect([free.total, free.expires_at, free.type]).toEqual([3, before.expires_at, 'failback'])
    expect(free.complimentary_of).toBe(order.id)
  })

  it('are fewer from the next period on, not before (R14)', async () => {
    const buyer = center.as('recover', 'fewer')
    const id = await bought(center, buyer)
    const { expires_at } = await buyer.license(id)
    const quote = await buyer.price(month(id, { renewals: [{ license_id: id, quantity: 2 }] }))
    expect([quote.total, quote.lines[0]?.quantity]).toEqual([15_000, 2])
    await paid(center, buyer, quote)
    expect(await buyer.license(id)).toMatchObject({ total: 5, next_total: 2 })
    center.system.clock.moveTo(Temporal.Instant.from(expires_at))
    expect(await buyer.license(id)).toMatchObject({ total: 2, next_total: null })
    expect(await unitsToldOf(buyer, id)).toEqual({ csv: '2', validate: 2 })
    expect((await buyer.price(month(id))).total).toBe(15_000)
    expect(await stored(id)).toMatchObject({ total: 5 })
    const { deps } = center.system
    expect((await nextUnitsAt(deps))?.toString()).toBe(expires_at)
    await Promise.all([fewerUnits(deps), fewerUnits(deps)])
    await fewerUnits(deps)
    expect(await stored(id)).toMatchObject({ total: 2, nextTotal: null, nextTotalAt: null })
    const listed = (await buyer.licenses({ sort: 'total', type: 'dr' })).data
    expect(listed.map(({ total }) => total)).toEqual([2])
    expect(await unitsToldOf(buyer, id)).toEqual({ csv: '2', validate: 2 })
    const entries = await deps.db.orm.select().from(journal)
    expect(entries.filter(({ type }) => type === 'license.units_ended')).toHaveLength(1)
  })

  it('that are in use stay until they are let go (I4)', async () => {
    const buyer = center.as('recover', 'in-use')
    const id = await bought(center, buyer)
    const { expires_at } = await buyer.license(id)
    await paid(
      center,
      buyer,
      await buyer.price(month(id, { renewals: [{ license_id: id, quantity: 2 }] })),
    )
    const { deps } = center.system
    await reserve(id, 4)
    center.system.clock.moveTo(Temporal.Instant.from(expires_at))
    await fewerUnits(deps)
    expect(await stored(id)).toMatchObject({ total: 4, nextTotal: 2 })
    expect(await fewerUnits(deps)).toBe(0)
    await paid(center, buyer, await buyer.price({ add_units: [{ license_id: id, quantity: 3 }] }))
    expect(await stored(id)).toMatchObject({ total: 5, nextTotal: null })
    await reserve(id, 0)
  })
})

async function stored(id: string) {
  const { orm } = center.system.deps.db
  const [row] = await orm
    .select()
    .from(licenses)
    .where(eq(licenses.id, licenseIdOf(id)))
  return row
}

/** As so many installations would. */
async function reserve(id: string, reserved: number): Promise<void> {
  const { db, now } = center.system.deps
  const version = ((await stored(id))?.version ?? 0) + 1
  const entry = { type: 'license.used', actor: 'test', productId: 'recover', data: {} }
  await commit(db, now(), {
    journal: [{ stream: `license:${id}`, version, ...entry }],
    statements: [
      db.orm
        .update(licenses)
        .set({ reserved, version })
        .where(eq(licenses.id, licenseIdOf(id))),
    ],
  })
}

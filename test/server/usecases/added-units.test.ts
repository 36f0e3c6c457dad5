/** Units of a license that exists: more until its end, fewer from its next period on (R14). */
import { eq } from 'drizzle-orm'
import { decodeJwt } from 'jose'
import Papa from 'papaparse'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { RevealedKey, type Validation } from '../../../server/contract/license-api.ts'
import { commit } from '../../../server/db/commit.ts'
import { journal, licenses } from '../../../server/db/schema.ts'
import { fewerUnits, nextUnitsAt } from '../../../server/jobs/fewer-units.ts'
import { BYTE_ORDER_MARK } from '../../../server/routes/license-csv.ts'
import { answerOf, type Buyer } from '../../support/buyer.ts'
import { createInstallation } from '../../support/installation.ts'
import { bought, licenseIdOf, month, paid, storedLicense } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))

/** What the export and an installed product are told about the total. */
async function unitsToldOf(buyer: Buyer, id: string) {
  const table = Papa.parse<Record<string, string>>(
    (await (await buyer.send('licenses.csv?type=dr')).text()).replace(BYTE_ORDER_MARK, ''),
    { header: true, skipEmptyLines: true },
  )
  const product = await installedAt(buyer, id)
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
    expect(await storedLicense(center, id)).toMatchObject({ total: 5 })
    const { deps } = center.system
    expect((await nextUnitsAt(deps))?.toString()).toBe(expires_at)
    await Promise.all([fewerUnits(deps), fewerUnits(deps)])
    await fewerUnits(deps)
    expect(await storedLicense(center, id)).toMatchObject({
      total: 2,
      nextTotal: null,
      nextTotalAt: null,
    })
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
    expect(await storedLicense(center, id)).toMatchObject({ total: 4, nextTotal: 2 })
    expect(await fewerUnits(deps)).toBe(0)
    await paid(center, buyer, await buyer.price({ add_units: [{ license_id: id, quantity: 3 }] }))
    expect(await storedLicense(center, id)).toMatchObject({ total: 5, nextTotal: null })
    await reserve(id, 0)
  })

  it('token and check tell the same number of them at every second, job or no job (R14, R19)', async () => {
    const buyer = center.as('recover', 'told')
    const id = await bought(center, buyer)
    const { expires_at } = await buyer.license(id)
    const fewer = month(id, { renewals: [{ license_id: id, quantity: 2 }] })
    await paid(center, buyer, await buyer.price(fewer))
    const product = await installedAt(buyer, id)
    const first = await product.ask('activate', { fingerprint: 'host-1' })
    let current_token = heldOf(first)
    /** What the host has afterwards, and what it was told. */
    const asked = async () => {
      const answer = await product.ask('validate', { fingerprint: 'host-1', current_token })
      if (answer.token !== null) current_token = heldOf(answer)
      const total = answer.token === null ? null : decodeJwt(answer.token)['total']
      return { token: total, validate: answer.license?.total }
    }
    const end = Temporal.Instant.from(expires_at)
    center.system.clock.moveTo(end.subtract({ seconds: 1 }))
    expect(decodeJwt(first.token ?? '')['total']).toBe(5)
    expect((await asked()).validate).toBe(5)
    expect(await asked()).toEqual({ token: null, validate: 5 })
    center.system.clock.moveTo(end)
    expect(await asked()).toEqual({ token: 2, validate: 2 })
    await fewerUnits(center.system.deps)
    expect(await asked()).toEqual({ token: 2, validate: 2 })
    expect(await asked()).toEqual({ token: null, validate: 2 })
  })

  it('that went are not taken by installations, also before the job has been there (I4)', async () => {
    const buyer = center.as('recover', 'taken')
    const id = await bought(center, buyer)
    const { expires_at } = await buyer.license(id)
    const fewer = month(id, { renewals: [{ license_id: id, quantity: 2 }] })
    await paid(center, buyer, await buyer.price(fewer))
    const product = await installedAt(buyer, id)
    const codeOf = async (fingerprint: string) =>
      (await product.ask('activate', { fingerprint })).code
    expect([await codeOf('host-1'), await codeOf('host-2')]).not.toContain('LIMIT_REACHED')
    center.system.clock.moveTo(Temporal.Instant.from(expires_at))
    expect(await codeOf('host-3')).toBe('LIMIT_REACHED')
    await fewerUnits(center.system.deps)
    expect(await codeOf('host-3')).toBe('LIMIT_REACHED')
  })
})

/** What a host that was answered so holds. */
function heldOf({ license, grace_until }: Validation) {
  return { seq: license?.seq ?? 0, expires_at: grace_until ?? '' }
}

/** A product with the key of that license. */
async function installedAt(buyer: Buyer, id: string) {
  const revealed = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
  const { key } = await answerOf(revealed, RevealedKey)
  return createInstallation({ origin: center.system.origin, key, product: 'recover' })
}

/** As so many installations would. */
async function reserve(id: string, reserved: number): Promise<void> {
  const { db, now } = center.system.deps
  const version = ((await storedLicense(center, id))?.version ?? 0) + 1
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

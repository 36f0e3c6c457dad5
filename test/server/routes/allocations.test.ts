/** The Allocation Log (S33): who or what used each unit and when, and every key operation. */
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AllocationList, type Allocation } from '../../../server/contract/allocations.ts'
import { startVault, type Bought, type Vault } from '../../support/vault.ts'

let center: Vault
beforeAll(async () => {
  center = await startVault()
})
afterAll(() => center.remove())

async function logOf({ owner }: Bought, query = ''): Promise<Allocation[]> {
  const answer = await owner.send(`allocations${query}`)
  return AllocationList.parse(await answer.json()).data
}
const told = ({ event, by, who, reference, in_use }: Allocation) =>
  [event, by, who ?? reference, in_use].filter((part) => part !== null).join(' ')

describe('the Allocation Log', () => {
  it('tells of installations and of keys, newest first, by whom and with what was in use', async () => {
    const license = await center.bought('seats', 2)
    const { activation } = await license.ask('activate', { fingerprint: 'a', name: 'Alpha' })
    await license.ask('activate', { fingerprint: 'b', name: 'Beta' })
    await license.ask('file', { fingerprint: 'a' })
    const body = { activation_id: activation?.id }
    await license.owner.send(`licenses/${license.id}/release`, { body })
    await center.decided(license.id, 'suspend')
    expect((await logOf(license)).map(told)).toEqual([
      'suspended operator',
      'deactivated customer Alpha 1',
      'file_issued installation Alpha',
      'activated installation Beta 2',
      'activated installation Alpha 1',
      'key_revealed customer',
      'issued center',
    ])
    const [, entry] = await logOf(license)
    expect(entry).toMatchObject({ license_id: license.id, fingerprint: 'a', kind: 'unit' })
    expect((await logOf(license, '?kind=key')).map(({ event }) => event)).toEqual([
      'file_issued',
      'key_revealed',
    ])
  })

  it('tells of each one-time unit by its reference, byte for byte (N04)', async () => {
    const license = await center.bought('moves', 2)
    const reference = 'vm-🚚\u202e17'
    await license.ask('activate', { reference })
    await license.ask('consume', { reference })
    const units = await logOf(license, '?kind=unit')
    expect(units.map(({ event }) => event)).toEqual(['unit_consumed', 'unit_reserved'])
    expect(units[0]?.reference).toBe(reference)
  })

  it('is paged without losing or repeating an entry, and shows nobody else’s (T01)', async () => {
    const license = await center.bought('seats', 5)
    for (const host of ['a', 'b', 'c', 'd']) await license.ask('activate', { fingerprint: host })
    const all = await logOf(license)
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const query: string = `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`
      const answer = await license.owner.send(`allocations${query}`)
      const page = AllocationList.parse(await answer.json())
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.next_cursor
    }
    expect(seen).toEqual(all.map(({ id }) => id))
    const stranger = await center.bought('seats', 1)
    expect(await logOf(stranger, `?license=${license.id}`)).toEqual([])
    expect((await logOf(license, `?license=${license.id}`)).length).toBe(all.length)
  })

  it('is filtered by whole UTC dates', async () => {
    const license = await center.bought('seats', 1)
    const today = center.system.clock.now().toZonedDateTimeISO('UTC').toPlainDate()
    const of = (from: string, to: string) => logOf(license, `?from=${from}&to=${to}`)
    expect((await of(`${today}`, `${today}`)).length).toBeGreaterThan(0)
    const tomorrow = `${today.add({ days: 1 })}`
    expect(await of(tomorrow, tomorrow)).toEqual([])
    expect((await license.owner.send('allocations?from=2031-02-30')).status).toBe(422)
  })

  it('is exported whole, and a spreadsheet finds no formula in it (N10)', async () => {
    const license = await center.bought('seats', 1)
    const name = '=HYPERLINK("x"),\n"y"'
    await license.ask('activate', { fingerprint: 'a', name })
    const answer = await license.owner.send('allocations.csv')
    const text = await answer.text()
    const bytes = new Uint8Array(await (await license.owner.send('allocations.csv')).arrayBuffer())
    expect(Array.from(bytes.slice(0, 3))).toEqual([0xef, 0xbb, 0xbf])
    const { data } = Papa.parse<Record<string, string>>(text.replace('\u{feff}', ''), {
      header: true,
    })
    expect(data.map((row) => row['Event'])).toEqual(['activated', 'key_revealed', 'issued'])
    expect(data[0]?.['Installation']).toBe(`'${name}`)
  })
})

describe('unusual activation (S86)', () => {
  it('puts a license under review by the rule of its plan, and an operator clears it', async () => {
    const license = await center.bought('guarded', 9)
    for (const host of ['a', 'b']) {
      expect((await license.ask('activate', { fingerprint: host })).code).toBe('VALID')
    }
    await license.ask('activate', { fingerprint: 'a' })
    const third = await license.ask('activate', { fingerprint: 'c' })
    expect(third).toMatchObject({ code: 'UNDER_REVIEW', token: null, license: { in_use: 3 } })
    expect((await license.ask('validate', { fingerprint: 'a' })).code).toBe('UNDER_REVIEW')
    expect((await logOf(license)).slice(0, 2).map(told)).toEqual([
      'flagged center',
      'activated installation 3',
    ])
    await center.decided(license.id, 'clear')
    expect((await license.ask('validate', { fingerprint: 'c' })).code).toBe('VALID')
  })

  it('counts those that came and went, and forgets them after the hours of the rule', async () => {
    const license = await center.bought('guarded', 1)
    for (const host of ['a', 'b']) {
      await license.ask('activate', { fingerprint: host })
      await license.ask('deactivate', { fingerprint: host })
    }
    expect((await license.ask('activate', { fingerprint: 'c' })).code).toBe('UNDER_REVIEW')
    const patient = await center.bought('guarded', 9)
    const joins = async (fingerprint: string) => {
      expect((await patient.ask('activate', { fingerprint })).code).toBe('VALID')
    }
    await joins('a')
    await joins('b')
    const { clock } = center.system
    clock.moveTo(clock.now().add({ hours: 25 }))
    await joins('c')
    await joins('d')
  })
})

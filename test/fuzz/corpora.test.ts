/** N01, N03, N04, N06: the texts of `corpora.ts` at every place of the document that takes one. */
import { count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customers, licenses, tickets } from '../../server/db/schema.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import {
  foreignAddresses,
  INJECTIONS,
  MALFORMED,
  STRANGE_OBJECTS,
  UNUSUAL_TEXTS,
} from './corpora.ts'
import { placesOfText, requestWith } from './places.ts'
import { startTarget, type Target } from './target.ts'

/** Each text at so many places more in the long run. */
const LONGER = process.env['FUZZ_RUNS'] === undefined ? 1 : 12

let target: Target
beforeAll(async () => {
  target = await startTarget()
  // Bank debits settle half a minute later: what is compared before and after must be at rest.
  const { center } = target
  await center.goTo(center.system.clock.now().add({ minutes: 2 }))
  await center.told()
}, 180_000)
afterAll(() => target.center.remove())

const NO_PART_OF_AN_ID = /[^\w-]/

const LONG_MS = 600_000

it(
  'N01: what is no JSON object is a 400 of every operation that takes one',
  { timeout: LONG_MS },
  async () => {
    const taking = target.document.operations.filter(({ bodySchema }) => bodySchema !== null)
    const ours = (prefix: string) => taking.filter(({ path }) => path.startsWith(prefix))
    const surfaces = ['/w/', '/v1/licenses/', '/v1/updates/', '/v1/host/webhook-endpoints']
    for (const surface of surfaces) expect(ours(surface), surface).not.toEqual([])
    for (const operation of taking) {
      for (const [why, body] of MALFORMED) {
        const { status, text } = await target.expectSound({ ...requestWith(operation), body })
        expect([status, JSON.parse(text).code], `${operation.name}, ${why}`).toEqual([
          400,
          'request.malformed',
        ])
      }
      for (const body of STRANGE_OBJECTS) {
        const { status } = await target.expectSound({ ...requestWith(operation), body })
        if (!operation.permits(JSON.parse(body))) expect(status, body).toBe(422)
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([])
  },
)

it(
  'N03: 500 injections reach no statement, wherever text is taken',
  { timeout: LONG_MS },
  async () => {
    expect(new Set(INJECTIONS).size).toBe(500)
    const places = placesOfText(target.document)
    expect(places.length).toBeGreaterThan(15)
    const before = await stored()
    for (const [index, injection] of INJECTIONS.entries()) {
      for (const place of chosen(places, index, 1)) {
        const { status, text } = await target.expectSound(place.with(injection))
        if (place.name.endsWith('/licenses q') && NO_PART_OF_AN_ID.test(injection)) {
          expect([status, JSON.parse(text).count], injection).toEqual([200, 0])
        }
      }
    }
    expect(await stored()).toEqual(before)
  },
)

it('N03: a pattern in a search means itself', { timeout: LONG_MS }, async () => {
  const acme = target.center.as('recover', 'acme')
  for (const q of ['%', '__', '%_%', '[a-z]', '*', '\\', '\\%', 'D%R', 'D_R', "DR'"]) {
    expect((await acme.licenses({ q })).count, q).toBe(0)
  }
  expect((await acme.licenses({ q: 'DR' })).count).toBeGreaterThan(0)
})

it(
  'N04: unusual text is answered in order, wherever text is taken',
  { timeout: LONG_MS },
  async () => {
    const places = placesOfText(target.document)
    for (const [index, text] of UNUSUAL_TEXTS.entries()) {
      for (const place of chosen(places, index, 3)) await target.expectSound(place.with(text))
    }
  },
)

describe.each(UNUSUAL_TEXTS)('N04: %j', (text) => {
  it('is stored to the byte as the name of a customer', async () => {
    const id = crypto.randomUUID()
    const buyer = target.center.as('recover', id, { name: text })
    await buyer.buy(DR_MONTHLY)
    const { orm } = target.center.system.deps.db
    const [stored] = await orm.select().from(customers).where(eq(customers.subject, id))
    expect(bytesOf(stored?.name)).toEqual(bytesOf(text))
  })

  it('is stored to the byte as a message to support', async () => {
    const fields = {
      topic: 'purchase',
      email: `${crypto.randomUUID()}@customer.example`,
      order: '',
      message: text,
      nonce: crypto.randomUUID().replaceAll('-', ''),
    }
    const { status } = await target.expectSound({
      method: 'POST',
      path: '/contact',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    })
    expect(status).toBe(201)
    const { orm } = target.center.system.deps.db
    const [stored] = await orm.select().from(tickets).where(eq(tickets.email, fields.email))
    expect(bytesOf(stored?.message)).toEqual(bytesOf(text))
  })
})

it(
  'N06: a foreign address is refused by every field that takes one',
  { timeout: LONG_MS },
  async () => {
    const { document, center, expectSound } = target
    const fields = placesOfText(document).filter(({ name }) => name.endsWith('return_url'))
    expect(fields.length).toBeGreaterThanOrEqual(2)
    for (const field of fields) {
      for (const address of foreignAddresses(center.system.origin)) {
        const { status, text } = await expectSound(field.with(address))
        const pointers = JSON.parse(text).errors?.map(({ pointer }: { pointer: string }) => pointer)
        expect([status, pointers], `${field.name} ${address}`).toEqual([422, ['/return_url']])
      }
    }
  },
)

function chosen<T>(places: readonly T[], index: number, howMany: number): readonly T[] {
  return Array.from(
    { length: howMany * LONGER },
    (_, nth) => places[(index * howMany * LONGER + nth) % places.length],
  ).filter((place) => place !== undefined)
}

async function stored() {
  const { orm } = target.center.system.deps.db
  const [inLicenses] = await orm.select({ rows: count() }).from(licenses)
  return inLicenses
}

function bytesOf(text: string | null | undefined): string {
  return Buffer.from(text ?? '').toString('hex')
}

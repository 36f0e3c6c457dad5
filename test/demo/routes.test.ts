import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { DR_MONTHLY } from '../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const Token = z.strictObject({ token: z.string(), publishable_key: z.string() })
const Clock = z.object({
  now: z.string(),
  ran: z.array(z.object({ job: z.string(), at: z.string(), handled: z.number() })).default([]),
})
const Mails = z.object({
  data: z.array(
    z.object({
      to: z.string(),
      kind: z.string(),
      at: z.string(),
      subject: z.string(),
      text: z.string(),
      html: z.string(),
    }),
  ),
})
const Refusal = z.strictObject({ error: z.string() })

let test: TestSystem

beforeAll(async () => {
  test = await startTestSystem()
})
afterAll(() => test.remove())

const get = (path: string) => fetch(`${test.system.origin}${path}`)
const post = (path: string, body: unknown) =>
  fetch(`${test.system.origin}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const parsed = async <S extends z.ZodType>(response: Response, schema: S) =>
  schema.parse(await response.json())

describe('GET /demo/clock', () => {
  it('knows what happens next to the licenses of a customer, so that the clock can go there', async () => {
    const name = 'clock-watcher'
    const buyer = test.as('recover', name)
    await test.pay(await buyer.buy({ ...DR_MONTHLY, auto_renew: true }))
    await test.told()
    const [license] = (await buyer.licenses({ type: 'dr' })).data
    const answer = await (await get(`/demo/clock?customer=${name}`)).json()
    expect(answer.moments).toMatchObject({
      charge: license?.next_charge_at,
      expiry: license?.expires_at,
    })
    expect(answer.moments.retention > answer.moments.expiry).toBe(true)
    expect(answer.moments.reminder < answer.moments.charge).toBe(true)
    expect((await (await get('/demo/clock')).json()).moments).toBeUndefined()
  })
})

describe('GET /demo/token', () => {
  it('gives what a host’s backend would: a token that the API accepts', async () => {
    const answer = await get('/demo/token?product=recover&customer=somebody-new')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    const { token, publishable_key } = await parsed(answer, Token)
    const headers = { Authorization: `Bearer ${token}` }
    const licenses = await fetch(`${test.system.origin}/w/${publishable_key}/licenses`, { headers })
    expect(await licenses.json()).toMatchObject({ data: [], count: 0 })
  })

  it('knows only the products of the catalogue', async () => {
    const answer = await get('/demo/token?product=elsewhere')
    expect(answer.status).toBe(404)
    expect((await parsed(answer, Refusal)).error).toContain('elsewhere')
  })

  it('says which field is wrong', async () => {
    const answer = await get('/demo/token?product=recover&customer=a%20b')
    expect(answer.status).toBe(400)
    expect((await parsed(answer, Refusal)).error).toMatch(/^customer: /)
  })
})

describe('POST /demo/clock', () => {
  it('P16: lets an unpaid order expire on a way of forty minutes', async () => {
    const buyer = test.as('recover', 'walker')
    const { id } = await buyer.buy(DR_MONTHLY)
    const before = await parsed(await get('/demo/clock'), Clock)
    const { now, ran } = await parsed(await post('/demo/clock', { advance: 'PT40M' }), Clock)
    expect(Date.parse(now) - Date.parse(before.now)).toBeGreaterThanOrEqual(40 * 60_000)
    expect(ran.map(({ job }) => job)).toContain('sweep')
    expect(ran.every(({ at }) => at >= before.now && at <= now)).toBe(true)
    expect(await buyer.follow(id)).toMatchObject({ state: 'expired', licenses: [] })
  })

  it.each(['P', 'PT', '-P1D', 'PT0S', 'P3Y', 'P99999999Y', 'tomorrow', 5, null])(
    'does not move by %s',
    async (advance) => {
      const { now: before } = await parsed(await get('/demo/clock'), Clock)
      const answer = await post('/demo/clock', { advance })
      expect(answer.status).toBe(400)
      expect((await parsed(answer, Refusal)).error).toMatch(/^advance: /)
      const { now: after } = await parsed(await get('/demo/clock'), Clock)
      expect(Date.parse(after) - Date.parse(before)).toBeLessThan(10_000)
    },
  )

  it('refuses what is no JSON', async () => {
    expect((await post('/demo/clock', '{')).status).toBe(400)
  })
})

describe('GET /demo/mail', () => {
  it('shows the confirmation of a purchase as its reader would see it, newest first', async () => {
    const buyer = test.as('recover', 'reader', { email: 'reader@customer.example' })
    for (const quantity of [1, 2]) {
      const order = await buyer.buy({ ...DR_MONTHLY, quantity })
      await test.pay(order)
      expect(await buyer.follow(order.id, 10)).toMatchObject({ state: 'fulfilled' })
    }
    const { data } = await parsed(await get('/demo/mail'), Mails)
    const mine = data.filter(({ to }) => to === 'reader@customer.example')
    expect(mine.map(({ kind }) => kind)).toEqual(['order.confirmation', 'order.confirmation'])
    expect(mine[0]?.subject).toContain('Recover')
    expect(mine[0]?.text).toContain('$150.00')
    expect(mine[1]?.html).toContain('$75.00')
  })
})

describe('/demo/stripe', () => {
  it('turns the switches of the stand-in, from the origin of the demo', async () => {
    await post('/demo/stripe', { duplicate: 2 })
    expect(await (await get('/demo/stripe')).json()).toMatchObject({ switches: { duplicate: 2 } })
    await post('/demo/stripe', { reset: true })
    expect(await (await get('/demo/stripe')).json()).toMatchObject({ switches: { duplicate: 0 } })
  })

  it('passes on what the stand-in refuses', async () => {
    expect((await post('/demo/stripe', { duplicate: -1 })).status).toBe(400)
  })
})

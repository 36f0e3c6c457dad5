import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signCustomer } from '../../demo/host-backend.ts'
import { DR_MONTHLY, refusalOf } from '../support/buyer.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

let test: TestSystem

beforeAll(async () => {
  test = await startTestSystem()
})
afterAll(() => test.remove())

const CUSTOMER = { id: 'ada', email: 'ada@customer.example', name: 'Ada' }

/** What the API answers to a token that the host of `product` signed, with these facts changed. */
async function statusFor(product: string, facts: { centerOrigin?: string } = {}): Promise<number> {
  const { origin, clock, stateFile } = test.system
  const privateKey = stateFile.state.hostKeys[product]?.private
  if (privateKey === undefined) throw new Error(`no key of ${product}`)
  const host = { product, privateKey, centerOrigin: origin, now: clock.now, ...facts }
  const token = await signCustomer(host, CUSTOMER)
  const url = `${origin}/w/${test.publishableKey('recover')}/licenses`
  const { status } = await fetch(url, { headers: { Authorization: `Bearer ${token}` } })
  return status
}

describe('the token of a host’s backend', () => {
  it('is accepted by the center that it was made for', async () => {
    expect(await statusFor('recover')).toBe(200)
  })

  it('T01: is refused for another product, and by another center', async () => {
    expect(await statusFor('shift')).toBe(401)
    expect(await statusFor('recover', { centerOrigin: 'https://elsewhere.example' })).toBe(401)
  })

  it('says who the customer is: the order carries their address', async () => {
    const order = await test.as('recover', 'ada').buy(DR_MONTHLY)
    expect(order.email).toBe('ada@customer.example')
  })

  it('may allow less than everything', async () => {
    const reader = test.as('recover', 'ada', { scope: 'read' })
    expect((await reader.licenses()).data).toEqual([])
    const quote = await test.as('recover', 'ada').quote(DR_MONTHLY)
    expect((await refusalOf(reader.order(quote))).problem.status).toBe(403)
  })

  it('is over after ten minutes', async () => {
    const token = await test.system.token('recover', CUSTOMER)
    const url = `${test.system.origin}/w/${test.publishableKey('recover')}/licenses`
    const status = async () =>
      (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status
    expect(await status()).toBe(200)
    await test.system.advance('PT15M')
    expect(await status()).toBe(401)
  })
})

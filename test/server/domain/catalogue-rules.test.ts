import { describe, expect, it } from 'vitest'
import { faultsOf, PRO, RECOVERY } from '../../support/catalogue-faults.ts'

const euro = { currency: 'EUR', cycle: 'month', unit_amount: 4500 }
const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'aGVsbG8' }
const hostKeyFaults = (key: object) => faultsOf({ host_keys: [{ kid: 'current', ...key }] })

describe('rules of a product', () => {
  it('has no fault in a product that is written as it should be', () => {
    expect(faultsOf({})).toEqual([])
    const promo_codes = [{ code: 'TEAM', percent_bp: 500, plans: ['pro'] }]
    expect(faultsOf({ plans: [PRO, RECOVERY], promo_codes })).toEqual([])
  })

  it.each([
    { list: 'promo_codes', name: 'code', item: { code: 'TEAM', percent_bp: 500 } },
    { list: 'host_keys', name: 'kid', item: { kid: 'TEAM', alg: 'EdDSA', jwk } },
  ])('takes each $name of its $list once', ({ list, name, item }) => {
    expect(faultsOf({ [list]: [item, { ...item, [name]: 'OTHER' }] })).toEqual([])
    expect(faultsOf({ [list]: [item, item] })).toEqual([
      `${list}[1].${name}: "TEAM" is taken already.`,
    ])
  })

  it('finds no name taken where two of them have none', () => {
    const { id: _, ...nameless } = PRO
    expect(faultsOf({ plans: [nameless, nameless] })).toEqual([
      'plans[0].id: Missing.',
      'plans[1].id: Missing.',
    ])
  })

  it.each([
    {
      what: 'nothing where a plan belongs',
      plans: [null],
      fault: 'plans[0]: Expected object, found null.',
    },
    { what: 'no plan at all', plans: [], fault: 'plans: At least 1 in the list.' },
    { what: 'one thing in place of a list', plans: 5, fault: 'plans: Expected a list, found 5.' },
    {
      what: 'a plan that cannot be read',
      plans: [PRO, { ...PRO, id: 7, prices: [euro] }],
      fault: 'plans[1].id: Expected text, found 7.',
    },
  ])('misses no price because of $what', ({ plans, fault }) => {
    expect(faultsOf({ currencies: ['USD', 'EUR'], plans })).toEqual([fault])
  })

  it('says of a currency only the first thing that is wrong with it', () => {
    const wrong = 'three capital letters, e.g. USD.'
    expect(faultsOf({ currencies: ['USD', 'DOLLARS', 5] })).toEqual([
      `currencies[1]: ${wrong}`,
      'currencies[2]: Expected text, found 5.',
    ])
    const prices = [...(PRO['prices'] as object[]), { ...euro, currency: 'XTS' }]
    expect(faultsOf({ currencies: ['USD', 'XTS'], plans: [{ ...PRO, prices }] })).toEqual([
      expect.stringMatching(/^currencies\[1\]: XTS is not supported/),
    ])
  })

  it('suggests a plan that has a name, whatever the others have', () => {
    const promo_codes = [{ code: 'TEAM', percent_bp: 500, plans: ['por'] }]
    expect(faultsOf({ promo_codes, plans: [{ ...PRO, id: 7 }, PRO] })).toEqual([
      'plans[0].id: Expected text, found 7.',
      'promo_codes[0].plans[0]: There is no plan "por" in this product.',
    ])
  })

  it('takes a host key with what its algorithm verifies by, and nothing else', () => {
    expect(hostKeyFaults({ alg: 'EdDSA', jwk })).toEqual([])
    expect(hostKeyFaults({ alg: 'HS256', secret_env: 'HOST_SECRET' })).toEqual([])
    const asymmetric = 'host_keys[0]: ES256 takes a public jwk, and no secret_env.'
    expect(hostKeyFaults({ alg: 'ES256' })).toEqual([asymmetric])
    expect(hostKeyFaults({ alg: 'ES256', secret_env: 'HOST_SECRET' })).toEqual([asymmetric])
    expect(hostKeyFaults({ alg: 'ES256', jwk, secret_env: 'HOST_SECRET' })).toEqual([asymmetric])
    const symmetric = 'host_keys[0]: HS256 takes secret_env, and no jwk.'
    expect(hostKeyFaults({ alg: 'HS256', jwk })).toEqual([symmetric])
    expect(hostKeyFaults({ alg: 'HS256', jwk, secret_env: 'HOST_SECRET' })).toEqual([symmetric])
  })

  it('holds the amount of a promo code to what can be paid in its currency', () => {
    const faults = (currency: string, minor: number) =>
      faultsOf({ promo_codes: [{ code: 'LESS', amount: { currency, minor } }] })
    expect(faults('USD', 99_999_999)).toEqual([])
    expect(faults('USD', 100_000_000)).toEqual([
      'promo_codes[0].amount.minor: More than one payment in USD can be (99999999).',
    ])
    expect(faults('GBP', 500)).toEqual([
      'promo_codes[0].amount.currency: The product is not sold in GBP.',
    ])
  })
})

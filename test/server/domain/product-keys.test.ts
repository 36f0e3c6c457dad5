import { describe, expect, it } from 'vitest'
import {
  type HostKey,
  keysOf,
  lostKeys,
  productNamed,
  revivedKeys,
  withHostKey,
  withoutKey,
  withPublishableKey,
} from '../../../server/domain/product-keys.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { aProduct } from '../../support/catalogue.ts'

const hostKey = (kid: string): HostKey => ({ kid, alg: 'HS256', secret_env: 'HOST_SECRET' })
const recover = aProduct({
  publishable_keys: ['pk_old_recover', 'pk_new_recover'],
  host_keys: [hostKey('current'), hostKey('next')],
})
const shift = aProduct({ id: 'shift', publishable_keys: ['pk_live_shift'] })
const document = { products: [recover, shift] }
const keys = ({ products }: typeof document) => products.map(keysOf)

function refusal(attempt: () => unknown): { code: string; detail: string | undefined } {
  try {
    attempt()
  } catch (error) {
    if (error instanceof Refused) return { code: error.code, detail: error.detail.detail }
    throw error
  }
  throw new Error('it was not refused')
}

describe('the keys of a product', () => {
  it('are its publishable keys, then the names of its host keys', () => {
    expect(keysOf(recover)).toEqual(['pk_old_recover', 'pk_new_recover', 'current', 'next'])
  })

  it('are those of one product: an unknown one is refused, and the known ones are named', () => {
    expect(productNamed(document, 'shift')).toBe(shift)
    expect(refusal(() => productNamed(document, 'shft'))).toEqual({
      code: 'product.not_found',
      detail: 'There is no product "shft": recover, shift.',
    })
  })
})

describe('a key that comes', () => {
  it('stands behind those that are there, and other products keep theirs', () => {
    const more = withPublishableKey(document, { product: 'shift', key: 'pk_next_shift' })
    expect(keys(more)).toEqual([keysOf(recover), ['pk_live_shift', 'pk_next_shift']])
    const host = withHostKey(document, 'recover', hostKey('third'))
    expect(host.products[0]?.host_keys).toEqual([...recover.host_keys, hostKey('third')])
    expect(host.products[1]).toBe(shift)
  })

  it('is refused where the product has it', () => {
    const twice = { product: 'recover', key: 'pk_old_recover' }
    expect(refusal(() => withPublishableKey(document, twice))).toEqual({
      code: 'product_key.taken',
      detail: 'There is a key "pk_old_recover" already.',
    })
    expect(refusal(() => withHostKey(document, 'recover', hostKey('next')))).toEqual({
      code: 'product_key.taken',
      detail: 'There is a host key "next" already.',
    })
  })
})

describe('a key that goes', () => {
  it('goes alone, of whichever kind it is', () => {
    const [first] = keys(withoutKey(document, { product: 'recover', key: 'pk_old_recover' }))
    expect(first).toEqual(['pk_new_recover', 'current', 'next'])
    const [second] = keys(withoutKey(document, { product: 'recover', key: 'current' }))
    expect(second).toEqual(['pk_old_recover', 'pk_new_recover', 'next'])
  })

  it('is refused where the product has no such key, or no other for its pages', () => {
    const foreign = { product: 'recover', key: 'pk_live_shift' }
    const known = 'pk_old_recover, pk_new_recover, current, next'
    expect(refusal(() => withoutKey(document, foreign))).toEqual({
      code: 'product_key.not_found',
      detail: `Product "recover" has no key "pk_live_shift": ${known}.`,
    })
    const only = { product: 'shift', key: 'pk_live_shift' }
    expect(refusal(() => withoutKey(document, only)).code).toBe('product_key.last')
  })
})

describe('a document after another', () => {
  it('loses the keys that it does not name, and all of a product that it does not have', () => {
    const next = { products: [aProduct({ publishable_keys: ['pk_new_recover', 'pk_third'] })] }
    expect(lostKeys(document, next)).toEqual([
      { product: 'recover', key: 'pk_old_recover' },
      { product: 'recover', key: 'current' },
      { product: 'recover', key: 'next' },
      { product: 'shift', key: 'pk_live_shift' },
    ])
    expect(lostKeys(next, document)).toEqual([{ product: 'recover', key: 'pk_third' }])
    expect(lostKeys(document, document)).toEqual([])
  })

  it('revives a key that was revoked, but not the same one of another product', () => {
    const revived = { product: 'recover', key: 'pk_old_recover' }
    const revoked = [
      revived,
      { product: 'recover', key: 'pk_gone' },
      { product: 'shift', key: 'pk_old_recover' },
    ]
    expect(revivedKeys(document, revoked)).toEqual([revived])
  })
})

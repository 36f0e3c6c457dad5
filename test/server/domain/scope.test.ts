import { describe, expect, it } from 'vitest'
import { operatorOf, provenHost } from '../../../server/domain/host-scope.ts'
import { provenCustomer } from '../../../server/domain/scope.ts'

describe('the proof of who asks (T02)', () => {
  it('is for all licenses of a customer, unless a private link names some', () => {
    const customer = { productId: 'recover', subject: 'acme' }
    expect(provenCustomer('recover', 'acme')).toEqual({ ...customer, onlyLicenses: null })
    expect(provenCustomer('recover', 'acme', ['lic_1'])).toEqual({
      ...customer,
      onlyLicenses: ['lic_1'],
    })
  })

  it('names a backend by its key in the journal, and an operator with the reason', () => {
    const backend = { productId: 'recover', actor: 'host:ci', reason: null }
    expect(provenHost('recover', 'ci')).toEqual(backend)
    const operator = { actor: 'operator:ann', reason: 'asked by phone' }
    expect(operatorOf('recover', operator)).toEqual({ productId: 'recover', ...operator })
  })
})

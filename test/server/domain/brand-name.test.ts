import { describe, expect, it } from 'vitest'
import { brandName } from '../../../server/domain/brand-name.ts'

describe('brandName()', () => {
  it.each([
    ['visa', 'Visa'],
    ['amex', 'American Express'],
    ['diners', 'Diners Club'],
    ['jcb', 'JCB'],
    ['mastercard', 'Mastercard'],
    ['unionpay', 'UnionPay'],
    ['sepa_debit', 'SEPA Direct Debit'],
    ['us_bank_account', 'ACH Direct Debit'],
    ['cartes_bancaires', 'Cartes Bancaires'],
    ['a_brand_of_tomorrow', 'A Brand Of Tomorrow'],
  ])('%s is %s', (word, name) => {
    expect(brandName(word)).toBe(name)
  })
})

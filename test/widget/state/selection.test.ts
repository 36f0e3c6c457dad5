import { expect } from 'chai'
import {
  missingFields,
  parseQuantity,
  selectionFor,
  stepQuantity,
  toQuoteRequest,
} from '../../../widget/state/selection.ts'
import { plans } from '../support/fixtures.ts'

const context = { locale: 'en', currency: null, timeZone: 'Asia/Shanghai' }

describe('parseQuantity()', () => {
  for (const [text, locale, expected] of [
    ['5', 'en', 5],
    [' 1,000 ', 'en', 1000],
    ['1.000', 'de', 1000],
    ['1 000', 'fr', 1000],
    ["1'000", 'de-CH', 1000],
    ['１２', 'zh-CN', 12],
    ['١٢', 'ar-EG', 12],
    ['1.5', 'en', null],
    ['1,5', 'de', null],
    ['1,00', 'en', null],
    ['-1', 'en', null],
    ['1e3', 'en', null],
    ['', 'en', null],
    ['99999999999999999999', 'en', null],
  ] as const) {
    it(`reads “${text}” in ${locale} as ${expected}`, () => {
      expect(parseQuantity(text, locale)).to.equal(expected)
    })
  }
})

describe('selectionFor()', () => {
  it('S4: preselects no answer to auto-renewal', () => {
    expect(selectionFor(plans.dr, null)).to.include({ cycle: 'month', autoRenew: null })
  })

  it('S5, S6: answers No, without a cycle, where a plan never renews', () => {
    expect(selectionFor(plans.failback, null)).to.include({ cycle: null, autoRenew: false })
  })

  it('keeps the quantity when the customer looks at another type', () => {
    const earlier = { ...selectionFor(plans.dr, null), quantityText: '12' }
    expect(selectionFor(plans.migration, earlier).quantityText).to.equal('12')
  })
})

describe('missingFields()', () => {
  const complete = { ...selectionFor(plans.dr, null), autoRenew: false }
  const limited = { ...plans.dr, quantity: { min: 5, max: 20, step: 5 } }
  const missing = (quantityText: string) =>
    missingFields({ ...complete, quantityText }, limited, 'en')

  it('is empty when everything is there', () => {
    expect(missingFields(complete, plans.dr, 'en')).to.deep.equal([])
  })

  it('S7: names what is wrong with the quantity', () => {
    expect(missing('x')).to.deep.equal([{ field: 'quantity', reason: 'number' }])
    expect(missing('25')).to.deep.equal([{ field: 'quantity', reason: 'range' }])
    expect(missing('12')).to.deep.equal([{ field: 'quantity', reason: 'step' }])
    expect(missing('15')).to.deep.equal([])
  })

  it('asks for an answer to auto-renewal', () => {
    const selection = selectionFor(plans.dr, null)
    expect(missingFields(selection, plans.dr, 'en')).to.deep.equal([
      { field: 'autoRenewal', reason: 'choice' },
    ])
  })
})

describe('stepQuantity()', () => {
  const limits = { min: 5, max: 20, step: 5 }
  it('moves along the steps and stays within the limits', () => {
    expect(stepQuantity(5, 1, limits)).to.equal(10)
    expect(stepQuantity(20, 1, limits)).to.equal(20)
    expect(stepQuantity(5, -1, limits)).to.equal(5)
    expect(stepQuantity(null, 1, limits)).to.equal(5)
  })
})

describe('toQuoteRequest()', () => {
  it('S5: a plan that never renews is asked for without a cycle and without a renewal', () => {
    const request = toQuoteRequest(selectionFor(plans.migration, null), plans.migration, context)
    expect(request.items).to.deep.equal([
      { plan: 'migration', quantity: 1, cycle: null, auto_renew: null },
    ])
  })

  it('R2: carries the zone that the days are counted in', () => {
    const request = toQuoteRequest(selectionFor(plans.dr, null), plans.dr, context)
    expect(request.time_zone).to.equal('Asia/Shanghai')
  })
})

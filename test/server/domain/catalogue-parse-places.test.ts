import { describe, expect, it } from 'vitest'
import { parseCatalogue } from '../../../server/domain/catalogue-parse.ts'
import { changed, DEMO, mistakes } from '../../support/catalogue-text.ts'

describe('parseCatalogue()', () => {
  it('reads JSON by its own grammar, and finds in it what it finds in YAML', () => {
    const fromYaml = parseCatalogue(DEMO, 'c.yaml')
    const { document } = fromYaml.ok ? fromYaml : { document: null }
    expect(fromYaml).toEqual({ ok: true, document: { products: expect.any(Array) as unknown } })
    expect(parseCatalogue(JSON.stringify(document, null, 2), 'Catalogue.JSON')).toEqual(fromYaml)
    expect(mistakes('{ "products": [vault] }', 'c.json')[0]).toContain('Unresolved plain scalar')
    expect(mistakes('{ "products": [vault] }')[0]).toContain('Expected object, found "vault"')
  })

  it('points at an alias where what it stands for is wrong, and names the place within', () => {
    const text = 'products:\n  - &one { id: a, foo: 1.0 }\n  - *one\n'
    const found = mistakes(text).filter((mistake) => /foo|minor/.test(mistake))
    expect(found).toEqual([
      'c.yaml:2:19 products[0].foo: Unknown key "foo".',
      'c.yaml:2:24 products[0].foo: Write whole minor units without a point: 1.0 would be 1.',
      'c.yaml:3:5 products[1].foo: Unknown key "foo".',
    ])
  })

  it.each([
    { from: 'name: DR License', to: 'name: ""', found: 'plans[0].name: At least 1 character.' },
    {
      from: 'name: DR License',
      to: `name: ${'D'.repeat(81)}`,
      found: 'plans[0].name: At most 80 characters.',
    },
    {
      from: '[pk_demo_recover]',
      to: '[]',
      found: 'publishable_keys: At least 1 in the list.',
    },
    {
      from: 'type: dr',
      to: 'type: dr\n        offline_days: 366',
      found: 'plans[0].offline_days: At most 365.',
    },
    {
      from: 'home_url:',
      to: 'tax: { name: VAT, rate_bp: 0, mode: inclusive, nmae: VAT }\n    home_url:',
      found: 'tax.nmae: Unknown key "nmae". Did you mean "name"?',
    },
    {
      from: 'type: dr',
      to: 'type: dr\n        quantity: { min: 1, max: 9, step: 1, maxx: 1 }',
      found: 'plans[0].quantity.maxx: Unknown key "maxx". Did you mean "max"?',
    },
    {
      from: 'home_url:',
      to: 'check_notices: { EXPRED: Over. }\n    home_url:',
      found: 'check_notices.EXPRED: Unknown key "EXPRED". Did you mean "EXPIRED"?',
    },
    {
      from: '[http://localhost:8787, http',
      to: '[1.0, http',
      found: 'origins[0]: Write whole minor units without a point: 1.0 would be 1.',
    },
  ])('finds $found', ({ from, to, found }) => {
    expect(changed(from, to).join('\n')).toContain(` products[0].${found}`)
  })
})

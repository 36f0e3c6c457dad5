import { describe, expect, it } from 'vitest'
import { changed, DEMO, mistakes } from '../../support/catalogue-text.ts'

describe('parseCatalogue()', () => {
  it('names line, column and path of every mistake at once, with what was probably meant', () => {
    const text = `products:
  - id: recover
    name: Recover
    publishable_keys: [pk_demo_recover]
    home_url: https://console.example.com/
    key_prefix: rcvr
    currencies: [USD]
    plans:
      - id: dr
        name: DR License
        type: dr
        auto_renewl: choice
        prices:
          - { currency: USD, cycle: monthly, unit_amount: 7500 }
      - id: failback
        name: Failback License
        type: failback
        one_time: yes
        prices:
          - { currency: USB, unit_amount: 90.5 }
      - id: extra
        name: Extra
        type: extra
        validity_months: 1
        prices:
          - { currency: UDS, unit_amount: 100 }
        complimentary: [{ plan: failbak }]
`
    expect(mistakes(text)).toEqual([
      'c.yaml:6:17 products[0].key_prefix: two to eight capital letters.',
      'c.yaml:12:9 products[0].plans[0].auto_renewl: Unknown key "auto_renewl". Did you mean "auto_renewal"?',
      'c.yaml:14:37 products[0].plans[0].prices[0].cycle: "monthly" is not one of month, year. Did you mean "month"?',
      'c.yaml:18:19 products[0].plans[1].one_time: Expected boolean, found "yes".',
      'c.yaml:20:43 products[0].plans[1].prices[0].unit_amount: Expected a whole number, found 90.5.',
      'c.yaml:26:25 products[0].plans[2].prices[0].currency: The product is not sold in UDS. Did you mean "USD"?',
      'c.yaml:27:33 products[0].plans[2].complimentary[0].plan: There is no plan "failbak" in this product. Did you mean "failback"?',
    ])
  })

  it('points at the place of what is missing', () => {
    expect(changed('    key_prefix: RCVR\n', '')).toEqual([
      'c.yaml:5:5 products[0].key_prefix: Missing.',
    ])
  })

  it.each([
    { why: 'nothing at all', text: '', message: 'c.yaml:1:1: The document is empty.' },
    { why: 'broken syntax', text: 'products: [', message: /^c\.yaml:1:\d+: Flow sequence/ },
    { why: 'a key twice', text: 'products: []\nproducts: []', message: /^c\.yaml:2:1: Map keys/ },
    { why: 'a list', text: '- 1', message: 'c.yaml:1:1: Expected object, found [1].' },
    {
      why: 'aliases that explode',
      text: `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((n, i) => `${n}: &${n} [${`*${'abcdefg'[i]},`.repeat(9)}]`).join('\n')}`,
      message: /Excessive alias/,
    },
  ])('refuses $why', ({ text, message }) => {
    const [first] = mistakes(text)
    expect(first).toEqual(typeof message === 'string' ? message : expect.stringMatching(message))
  })

  it.each([
    {
      rule: 'two plans of one id',
      from: 'id: failback',
      to: 'id: dr',
      found: '"dr" is taken already',
    },
    {
      rule: 'two products of one key',
      from: '[pk_demo_shift]',
      to: '[pk_demo_recover]',
      found: '"pk_demo_recover" is taken already',
    },
    {
      rule: 'two products of one key prefix',
      from: 'SHFT',
      to: 'RCVR',
      found: '"RCVR" is taken already',
    },
    {
      rule: 'a gift that is not one-time',
      from: 'plan: failback #',
      to: 'plan: dr #',
      found: 'Only a one-time plan can come free',
    },
    {
      rule: 'a cycle missing in one currency',
      from: '          - { currency: EUR, cycle: year, unit_amount: 17000 }\n',
      to: '',
      found: 'The price per year in EUR is missing',
    },
    {
      rule: 'one price twice',
      from: 'cycle: year, unit_amount: 75000',
      to: 'cycle: month, unit_amount: 75000',
      found: 'a price per month in USD already',
    },
    {
      rule: 'tiers that do not ascend',
      from: '{ from: 100, unit_amount: 1100 }',
      to: '{ from: 20, unit_amount: 1100 }',
      found: 'Tiers ascend: more than 20',
    },
    {
      rule: 'a price beyond any payment',
      from: 'unit_amount: 75000',
      to: 'unit_amount: 100000000',
      found: 'More than one payment in USD can be',
    },
    {
      rule: 'validity beside cycles',
      from: 'auto_renewal: choice',
      to: 'auto_renewal: choice\n        validity_months: 1',
      found: 'lasts one cycle',
    },
    {
      rule: 'neither validity nor cycles',
      from: '        validity_months: 3\n',
      to: '',
      found: 'needs its length in months',
    },
    {
      rule: 'auto-renewal without cycles',
      from: 'type: migration',
      to: 'type: migration\n        auto_renewal: choice',
      found: 'Only a plan with billing cycles can renew',
    },
    {
      rule: 'a one-time plan with cycles',
      from: 'type: dr',
      to: 'type: dr\n        one_time: true',
      found: 'has no billing cycle',
    },
    {
      rule: 'R17: 28 days of standstill',
      from: 'type: dr',
      to: 'type: dr\n        retention_days: 21',
      found: '(7 + 21 days) must stay under 28',
    },
    {
      rule: 'a promo code of both kinds',
      from: 'percent_bp: 1000',
      to: 'percent_bp: 1000\n        amount: { currency: USD, minor: 1 }',
      found: 'Give either percent_bp or amount',
    },
    {
      rule: 'a promo code of no kind',
      from: 'percent_bp: 1000',
      to: 'max_uses_per_customer: 2',
      found: 'Give either percent_bp or amount',
    },
    {
      rule: 'a promo code for no plan',
      from: 'plans: [team]',
      to: 'plans: [teem]',
      found: 'Did you mean "team"?',
    },
    {
      rule: 'an unsupported currency',
      from: 'currencies: [USD, EUR]',
      to: 'currencies: [USD, EUR, EUX]',
      found: 'EUX is not supported',
    },
    {
      rule: 'a currency without any price',
      from: 'currencies: [USD, EUR]',
      to: 'currencies: [USD, EUR, GBP]',
      found: 'No plan has a price in GBP',
    },
    {
      rule: 'metering without cycles',
      from: 'type: migration',
      to: 'type: migration\n        pay_per_use: [{ currency: USD, unit_amount: 1 }]',
      found: 'metered after expiry',
    },
    {
      rule: 'an origin with a path',
      from: '[http://localhost:8787,',
      to: '[http://localhost:8787/,',
      found: 'Did you mean "http://localhost:8787"?',
    },
    {
      rule: 'a home that runs a script',
      from: 'http://localhost:8787/demo/shift/',
      to: 'javascript:alert(1)',
      found: 'Only http and https',
    },
    {
      rule: 'an unknown time zone',
      from: 'Europe/Berlin',
      to: 'Europe/Berlim',
      found: 'not an IANA time zone',
    },
    {
      rule: 'a largest quantity off the steps',
      from: 'max: 4, step: 1',
      to: 'max: 4, step: 2',
      found: 'Not reachable from 1 in steps of 2',
    },
    {
      rule: 'a private key',
      from: 'host_keys: []',
      to: 'host_keys: [{ kid: a, alg: EdDSA, jwk: { d: x } }]',
      found: 'This is a private key',
    },
    {
      rule: 'HS256 without a secret',
      from: 'host_keys: []',
      to: 'host_keys: [{ kid: a, alg: HS256 }]',
      found: 'HS256 takes secret_env',
    },
  ])('refuses $rule', ({ from, to, found }) => {
    expect(changed(from, to).join('\n')).toContain(found)
  })

  it('P15: holds three-decimal currencies to their step', () => {
    const text = DEMO.replace('currencies: [USD]', 'currencies: [KWD]').replaceAll(
      /currency: USD, cycle: (month|year), unit_amount: \d+/g,
      'currency: KWD, cycle: $1, unit_amount: 7505',
    )
    expect(mistakes(text).join('\n')).toContain('Amounts in KWD are multiples of 10.')
  })
})

import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nearestLocale, localeOfHeader } from '../../../server/i18n/locales.ts'
import { noticesFor, type NoticesRequest } from '../../../server/i18n/notices.ts'

const dr = { one_time_note: false, audience: 'business' } as const
const failback = { one_time_note: true, validity_months: 3, audience: 'business' } as const
const renewal = {
  amount: '$375.00',
  every: 'month',
  firstChargeAt: Temporal.Instant.from('2026-12-14T19:00:00Z'),
  zone: 'Asia/Shanghai',
} as const

function notices(request: Partial<NoticesRequest> = {}) {
  return noticesFor({ plans: [dr], autoRenewal: null, locale: 'en', ...request })
}
const texts = async (request: Partial<NoticesRequest>) =>
  (await notices(request)).items.map((item) => item.text)

describe('the Important Notes', () => {
  it('S8: are these four, word for word', async () => {
    expect((await notices()).items).toEqual([
      {
        title: 'Authorization is non-revocable',
        text: 'As this is a digital content product, it is considered delivered and activated upon purchase. According to applicable laws, it is not eligible for refund or cancellation.',
      },
      {
        title: 'Automatically Effective',
        text: 'The license period starts automatically upon payment. Please check the expiration date to avoid disruption.',
      },
      {
        title: 'Cautious Purchase',
        text: 'We recommend that you fully assess the required license quantity and service content based on your actual business needs before making a purchase, to ensure the rationality and effectiveness of your purchasing decision.',
      },
      {
        title: 'Acknowledgment & Consent',
        text: 'You are deemed to have read and agreed to this policy before making payment.',
      },
    ])
  })

  it('S9: have a fifth for one-time licenses, word for word', async () => {
    expect((await notices({ plans: [failback] })).items[4]).toEqual({
      title: 'Notes',
      text: 'The migration/failback feature is granted under a one-time license, valid for 3 months by default. The license will automatically expire at the end of the period and will not renew. Please use it in time to avoid service interruption. For special requirements, please contact us.',
    })
  })

  it('S10: name the validity of the plan where it is not three months', async () => {
    const sixMonths = { ...failback, validity_months: 6 }
    const oneMonth = { ...failback, validity_months: 1 }
    expect((await texts({ plans: [sixMonths] }))[4]).toContain('valid for 6 months by default')
    expect((await texts({ plans: [oneMonth] }))[4]).toContain('valid for 1 month by default')
    expect((await texts({ plans: [sixMonths], locale: 'zh' }))[4]).toContain('6 个月')
  })

  it('repeat the fifth only for a different validity', async () => {
    const sixMonths = { ...failback, validity_months: 6 }
    expect(await texts({ plans: [sixMonths, failback, failback] })).toHaveLength(6)
  })

  it('state amount, cycle, charge day, price changes and how to stop when auto-renewal is chosen', async () => {
    const [, , , , text] = await texts({ autoRenewal: renewal })
    for (const words of [
      '$375.00',
      'every month',
      'December 15, 2026',
      '30 days before',
      'Manage Subscriptions',
    ]) {
      expect(text).toContain(words)
    }
    expect((await texts({ autoRenewal: { ...renewal, every: 'year' } }))[4]).toContain('every year')
  })

  it('leave the statutory rights of consumers unaffected', async () => {
    const items = await texts({ plans: [{ ...dr, audience: 'consumer' }] })
    expect(items.at(-1)).toContain('statutory rights are unaffected')
    expect(items).toHaveLength(5)
  })

  it('leave no placeholder unfilled, in any language', async () => {
    for (const locale of ['en', 'zh-CN']) {
      const items = await texts({ plans: [failback], autoRenewal: renewal, locale })
      expect(items.join(' ')).not.toMatch(/[{}]/)
    }
  })

  it('are translated completely into Chinese', async () => {
    const plans = [{ ...failback, audience: 'consumer' as const }]
    for (const item of (await notices({ plans, autoRenewal: renewal, locale: 'zh-CN' })).items) {
      expect(item.title).toMatch(/\p{Script=Han}/u)
      expect(item.text).toMatch(/。$/)
    }
  })
})

describe('the version of the notes', () => {
  it('S12: is the same in every language', async () => {
    const request = { plans: [failback], autoRenewal: renewal }
    const english = await notices(request)
    const chinese = await notices({ ...request, locale: 'zh-CN' })
    expect(chinese.version).toBe(english.version)
    expect(chinese.items).not.toEqual(english.items)
  })

  it('is 16 hex digits that change only when the words are changed', async () => {
    expect((await notices()).version).toBe('8ec2d87399bc218f')
    expect((await notices({ plans: [failback] })).version).toBe('b5541f4fc32c48e2')
  })

  it('does not depend on the amount or the day of the charge', async () => {
    const later = {
      ...renewal,
      amount: '$1.00',
      firstChargeAt: Temporal.Instant.from('2027-01-01T00:00:00Z'),
    }
    expect((await notices({ autoRenewal: later })).version).toBe(
      (await notices({ autoRenewal: renewal })).version,
    )
  })

  it('differs for each set of notes', async () => {
    const requests: Partial<NoticesRequest>[] = [
      {},
      { plans: [failback] },
      { plans: [{ ...failback, validity_months: 6 }] },
      { autoRenewal: renewal },
      { autoRenewal: { ...renewal, every: 'year' } },
      { plans: [{ ...dr, audience: 'consumer' }] },
    ]
    const versions = await Promise.all(
      requests.map(async (request) => (await notices(request)).version),
    )
    expect(new Set(versions).size).toBe(requests.length)
  })
})

describe('the language', () => {
  it.each([
    ['zh', 'zh-CN'],
    ['zh-Hans-SG', 'zh-CN'],
    ['ZH_cn', 'zh-CN'],
    ['en-GB', 'en'],
    ['zhx', 'en'],
    ['fr', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('of the tag %s is %s', (tag, locale) => {
    expect(nearestLocale(tag)).toBe(locale)
  })

  it.each([
    ['fr-FR, zh;q=0.8, en;q=0.5', 'zh-CN'],
    ['en;q=0.4, zh-CN;q=0.6', 'zh-CN'],
    ['zh;q=0, en', 'en'],
    ['*', 'en'],
    [undefined, 'en'],
  ])('of the header %s is %s', (header, locale) => {
    expect(localeOfHeader(header)).toBe(locale)
  })
})

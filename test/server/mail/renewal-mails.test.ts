/** Mails after the purchase: what they must say, and what they must not. */
import { describe, expect, it } from 'vitest'
import type { MailData } from '../../../server/domain/mail.ts'
import { messageOf } from '../../../server/mail/messages.ts'
import {
  announced,
  bill,
  digest,
  dispute,
  held,
  refund,
  reminded,
  renewal,
} from '../../support/mails.ts'

const renewUrl = 'https://center.example/renew/0123456789abcdef'

function write(mail: MailData, locale = 'en') {
  return messageOf(mail, { locale, centerOrigin: 'https://center.example', renewUrl })
}

function remind(changes: Partial<typeof digest>, locale = 'en') {
  const none = { renewable: [], charges: [], ending: [], metered: [] }
  return write({ kind: 'reminder.digest', data: { ...digest, ...none, ...changes } }, locale)
}

describe('a renewal', () => {
  it('says what was extended from when to when, for how much, and that keys stay (S80)', () => {
    const { text } = write({ kind: 'order.renewed', data: renewal })
    expect(text).toMatch(
      /DR License × 5 \(key ending in W7XZ\): Dec 22, 2026, 1:00:00\sAM → Jan 22, 2027/,
    )
    expect(text).toContain('$375.00 (1 month × $75.00 × 5)')
    expect(text).toContain('nothing has to be activated again')
    expect(text).toContain('Visa ending in 4242')
  })

  it('names the next charge only where there is one', () => {
    const auto = write({ kind: 'auto_renewal.succeeded', data: renewal })
    expect(auto.text).toContain('the next charge is on January 15, 2027')
    const manual = write({ kind: 'order.renewed', data: { ...renewal, nextChargeAt: null } })
    expect(manual.text).not.toContain('next charge')
  })

  it('shows added units without a change of dates', () => {
    const licenses = renewal.licenses.map((license) => ({ ...license, endedAt: license.endsAt }))
    const { text } = write({ kind: 'order.renewed', data: { ...renewal, licenses } })
    expect(text).not.toContain('→')
  })
})

describe('R4: an automatic renewal that ended with its plan', () => {
  const data = {
    productName: 'Recover',
    homeUrl: renewal.homeUrl,
    zone: 'Asia/Shanghai',
    cause: 'retired' as const,
    licenses: [held],
    instead: ['DR Plus'],
  }

  it('says what ended, until when it runs, that nothing is charged, and what to buy', () => {
    const { subject, text, html } = write({ kind: 'auto_renewal.ended', data })
    expect(subject).toBe('Recover: automatic renewal has ended, no longer sold: DR License')
    expect(text).toMatch(/DR License × 5 \(key ending in W7XZ\): until Dec 22, 2026, 1:00:00\sAM/)
    expect(text).toContain('nothing more will be charged')
    expect(text).toContain('Instead you can buy: DR Plus.')
    expect(html).toContain(`href="${renewal.homeUrl}"`)
  })

  it('names support where nothing else is sold, and says it when a price is missing', () => {
    const { text } = write({
      kind: 'auto_renewal.ended',
      data: { ...data, cause: 'no_price', instead: [] },
    })
    expect(text).toContain('no longer has a price')
    expect(text).toContain('write to us')
    expect(text).toContain('/contact')
  })

  it('speaks Chinese', () => {
    const { subject, text } = write({ kind: 'auto_renewal.ended', data }, 'zh-CN')
    expect(subject).toContain('自动续费已结束')
    expect(text).toContain('DR Plus')
  })
})

describe('a reminder', () => {
  it('R18: names each license with its end, and leads to the private link', () => {
    const { subject, text, html } = remind({ renewable: [reminded] })
    expect(subject).toBe('Recover: a license ends on December 22, 2026')
    expect(text).toMatch(/key ending in W7XZ\): ends Dec 22, 2026/)
    expect(text).toContain(`Renew now: ${renewUrl}`)
    expect(html).toContain(`href="${renewUrl}"`)
  })

  it('says in grace until when it works, and later until when it can be renewed', () => {
    const inGrace = remind({ renewable: [reminded], writtenAt: '2026-12-21T17:00:00Z' })
    expect(inGrace.subject).toBe('Recover: a license has ended')
    expect(inGrace.text).toContain('each day of waiting after the end is paid for and lost')
    expect(inGrace.text).toMatch(/ended Dec 22, 2026, 1:00:00\sAM, works until Dec 29, 2026/)
    const stopped = remind({ renewable: [reminded], writtenAt: '2026-12-28T17:00:00Z' })
    expect(stopped.text).toMatch(/stopped, ended .* renewable until Jan 13, 2027/)
  })

  it('R18: announces charge, day and how to cancel; sums by currency', () => {
    const charges = [announced, announced, { ...announced, currency: 'EUR', total: 6000 }]
    const { subject, text } = remind({ charges })
    expect(subject).toBe('Recover: we will charge $750.00 + €60.00 on December 15, 2026')
    expect(text).toContain(
      'We will charge $750.00 + €60.00 on December 15, 2026, unless you cancel',
    )
    expect(text).toContain('turn Auto-Renewal off')
  })

  it('R18: tells a rise that the charge after the next one has', () => {
    expect(remind({ charges: [{ ...announced, risesTo: 40_000 }] }).text).toContain(
      'from the charge after that $400.00',
    )
  })

  it('R18: offers the link for a canceled renewal, too', () => {
    const { text } = remind({ ending: [{ ...reminded, why: 'canceled' }] })
    expect(text).toContain(`Renew now: ${renewUrl}`)
  })

  it('R4: says of a plan that is no longer sold that it ends, and what can be bought instead', () => {
    const ending = [{ ...reminded, why: 'retired' as const }]
    const { text, html } = remind({ ending, instead: ['DR Plus', 'DR Max'] })
    expect(text).toContain('These cannot be renewed: their plan is no longer sold')
    expect(text).toContain('Instead you can buy: DR Plus, DR Max.')
    expect(html).not.toContain(renewUrl)
    const without = remind({ ending, instead: [] })
    expect(without.text).not.toContain('Instead you can buy')
    expect(remind({ ending, instead: ['DR Plus'] }, 'zh-CN').text).toContain('DR Plus')
  })

  it('R4: dates in grace promise no renewal of what is no longer sold', () => {
    const ending = [{ ...reminded, why: 'retired' as const }]
    const { text } = remind({ ending, writtenAt: '2026-12-28T17:00:00Z' })
    expect(text).toMatch(/stopped, ended Dec 22, 2026/)
    expect(text).not.toContain('renewable')
  })

  it('R18: offers no renew link where nothing of it can be renewed by link', () => {
    for (const { html } of [
      remind({ charges: [announced] }),
      remind({ ending: [{ ...reminded, why: 'one_time' }] }),
      remind({ metered: [reminded] }),
    ]) {
      expect(html).not.toContain(renewUrl)
    }
  })

  it('speaks Chinese', () => {
    const { subject, text } = remind({ renewable: [reminded, reminded] }, 'zh-CN')
    expect(subject).toContain('2 个许可证即将到期')
    expect(text).toContain('立即续费')
  })
})

describe('the calendar of a reminder', () => {
  const lines = (mail: { attachments: readonly { content: string }[] }) =>
    (mail.attachments[0]?.content ?? '').replaceAll('\r\n ', '').split('\r\n')

  it('has an entry for the end and for the charge, to the second, replaced by a later digest', () => {
    const mail = remind({ renewable: [reminded], charges: [announced] })
    expect(mail.attachments[0]).toMatchObject({ filename: 'licenses.ics' })
    expect(lines(mail)).toContain('DTSTART:20261221T170000Z')
    expect(lines(mail)).toContain('DTSTART:20261214T190000Z')
    expect(lines(mail)).toContain(
      `UID:end-${reminded.licenseId}-2026-12-21T17:00:00Z@center.example`,
    )
  })

  it('is the same to the byte when the mail is written again (C17)', () => {
    const [one, other] = [remind({ charges: [announced] }), remind({ charges: [announced] })]
    expect(one.attachments).toEqual(other.attachments)
    expect(lines(one)).toContain('DTSTAMP:20261214T010000Z')
  })

  it('leaves out what is over, and is missing when everything is', () => {
    const mail = remind({ renewable: [reminded], writtenAt: '2026-12-21T17:00:00Z' })
    expect(mail.attachments).toEqual([])
  })

  it('N11: cannot be broken out of by a name', () => {
    const evil = { ...reminded, planName: 'a\r\nEND:VCALENDAR\r\nX:;,\u2028b' }
    const text = lines(remind({ renewable: [evil] }))
    expect(text.filter((line) => line.startsWith('END:VCALENDAR'))).toHaveLength(1)
    expect(text.filter((line) => line.startsWith('X:'))).toEqual([])
  })
})

describe('refund, dispute and bill', () => {
  it('R15: a refund says the amount and what it changed', () => {
    const { subject, text } = write({ kind: 'order.refunded', data: refund })
    expect(subject).toBe('Recover: $375.00 is refunded')
    expect(text).toContain('The refunded period was taken off')
    expect(text).toContain('Failback License × 5 (key ending in Q2V5): ended')
  })

  it.each(['opened', 'won', 'lost'] as const)('R16: a dispute (%s) names the charge', (phase) => {
    const { text } = write({ kind: 'order.disputed', data: { ...dispute, phase } })
    expect(text).toContain('Charge: $375.00')
    expect(text).toContain('Charged on: Nov 22, 2026')
    expect(text.includes('please write to us')).toBe(phase === 'opened')
  })

  it('an unpaid bill says until when, and what happens then', () => {
    const due = { ...bill, state: 'due', dueAt: '2027-01-08T00:00:00Z' } as const
    const { text } = write({ kind: 'pay_per_use.billed', data: due })
    expect(text).toMatch(/Please pay by Jan 8, 2027.*suspended/)
    expect(write({ kind: 'pay_per_use.billed', data: bill }).text).not.toContain('Please pay')
  })
})

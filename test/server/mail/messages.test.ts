import { describe, expect, it } from 'vitest'
import { MAIL_KINDS, type ConfirmationMail } from '../../../server/domain/mail.ts'
import { headerLine } from '../../../server/mail/letter.ts'
import { messageOf, storedMail } from '../../../server/mail/messages.ts'
import { POLICY_SLUGS } from '../../../server/policies/slugs.ts'
import { confirmation, everyMail, order } from '../../support/mails.ts'

const centerOrigin = 'https://center.example'
function confirm(changes: Partial<ConfirmationMail> = {}, locale = 'en') {
  const data = { ...confirmation, ...changes }
  return messageOf({ kind: 'order.confirmation', data }, { locale, centerOrigin })
}

/** What a reader sees of the HTML form, without its markup. */
function visible(html: string): string {
  return html
    .replace(/<head>.*?<\/head>/gs, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')
}

describe('the confirmation of an order', () => {
  it('names order, lines, total, dates in the zone of the customer, and key endings', () => {
    const { subject, text } = confirm()
    expect(subject).toBe(`Recover: order ${order.orderId} is confirmed`)
    expect(text).toContain('DR License × 5: $375.00 (1 month × $75.00 × 5)')
    expect(text).toContain('Total: $375.00')
    expect(text).toMatch(
      /Nov 22, 2026, 1:00:00\sAM to Dec 22, 2026, 1:00:00\sAM \(Asia\/Shanghai\)/,
    )
    expect(text).toContain('key ending in W7XZ')
  })

  it('S65: shows the keys that are opened as it leaves, and else their endings', () => {
    const [paid, ...free] = confirmation.licenses.map((one) => ({ ...one, licenseId: 'lic_1' }))
    if (paid === undefined) throw new Error('it names a license')
    const data = {
      ...confirmation,
      licenses: [paid, ...free.map((one) => ({ ...one, licenseId: 'lic_2' }))],
    }
    const licenseKeys = new Map([['lic_1', 'RCVR-AAAA-W7XZ']])
    const { text } = messageOf(
      { kind: 'order.confirmation', data },
      { locale: 'en', centerOrigin, licenseKeys },
    )
    expect(text).toContain('key RCVR-AAAA-W7XZ')
    expect(text).not.toContain('key ending in W7XZ')
    expect(text).toContain('key ending in Q2V5')
  })

  it('S22: marks what came free', () => {
    expect(confirm().text).toMatch(/Failback License × 5: .* key ending in Q2V5 · complimentary/)
  })

  it('says what renews, when, for how much, and how to stop', () => {
    const { text } = confirm()
    expect(text).toContain(
      'Renews every month. The first renewal charge is $375.00, on December 15',
    )
    expect(text).toContain('turn auto-renewal off')
    expect(confirm({ renewal: null }).text).not.toContain('Auto-Renewal')
  })

  it('P17: explains a payment that was known only after the order had expired', () => {
    expect(confirm({ isLate: true }).text).toContain('shown as expired')
    expect(confirm().text).not.toContain('shown as expired')
  })

  it('claims no payment where nothing was to be paid', () => {
    const { text } = confirm({ paidAt: null, total: 0 })
    expect(text).toContain('Nothing had to be paid')
    expect(text).not.toContain('Paid on')
  })

  it('leads to the console and to help with this order', () => {
    const { html } = confirm()
    expect(html).toContain(`href="${order.homeUrl}"`)
    expect(html).toContain(
      `href="https://center.example/contact?topic=purchase&amp;order=${order.orderId}"`,
    )
  })

  it('speaks Chinese', () => {
    const { subject, text, html } = confirm({}, 'zh-Hans')
    expect(subject).toContain('已确认')
    expect(text).toContain('密钥末尾 W7XZ')
    expect(html).toContain('<html lang="zh-CN">')
  })
})

it('has a sample of every kind here', () => {
  expect(everyMail.map(({ kind }) => kind)).toEqual(MAIL_KINDS)
})

describe.each(everyMail.flatMap((mail) => ['en', 'zh-CN'].map((locale) => ({ mail, locale }))))(
  'the mail $mail.kind in $locale',
  ({ mail, locale }) => {
    const message = messageOf(mail, { locale, centerOrigin })

    it('says the same in both forms', () => {
      const plain = (text: string) => text.replaceAll(': ', ' ').replace(/\s+/g, ' ')
      const html = plain(visible(message.html))
      for (const line of message.text.trim().split(/\n+/)) {
        expect(html).toContain(plain(line.replace(/: https:.*/, '')))
      }
    })

    it('S57: links policies, and only pages that exist', () => {
      const links = [...message.html.matchAll(/href="https:\/\/center\.example\/([^"?]*)/g)]
      expect(links.length).toBeGreaterThanOrEqual(2)
      for (const [, slug] of links) expect(POLICY_SLUGS).toContain(slug)
    })

    it('loads nothing and runs nothing', () => {
      expect(message.html).not.toMatch(/<(script|img|link|iframe|form)|\son\w+=|url\(/)
    })
  },
)

describe('hostile text', () => {
  const hostile = `Evil"><script>x</script>\r\nBcc: all@example.com\u2028<img src=x onerror=alert(1)>`

  it('N11: stays within one subject line of bounded length', () => {
    const { subject } = confirm({ productName: hostile + 'x'.repeat(1000) })
    expect(subject).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    expect([...subject]).toHaveLength(200)
    expect(headerLine('a\u202Eb\u0085c\0d')).toBe('a b c d')
    expect(headerLine('\u{1F600}'.repeat(300))).toBe(`${'\u{1F600}'.repeat(199)}…`)
  })

  it('is shown as text in HTML and cannot pose as a line of its own in the text form', () => {
    const { html, text } = confirm({ productName: hostile })
    expect(html).not.toMatch(/<script|<img/)
    expect(html).toContain('Evil&quot;&gt;&lt;script&gt;')
    expect(text).not.toMatch(/^Bcc:/m)
  })

  it('is no link', () => {
    for (const homeUrl of ['javascript:alert(1)', 'data:text/html,x', 'https://a b']) {
      const { html, text } = confirm({ homeUrl })
      expect(html + text).not.toContain(homeUrl)
    }
    expect(confirm({ homeUrl: 'https://a.example/"onclick="x' }).html).not.toContain('"onclick')
  })
})

describe('a stored intent', () => {
  it('is the mail that was meant', () => {
    const data = { number: 1001, topic: 'refund' }
    expect(storedMail({ kind: 'ticket.opened', data })).toEqual({ kind: 'ticket.opened', data })
  })

  it('is refused when its kind is unknown', () => {
    expect(() => storedMail({ kind: 'order.birthday', data: {} })).toThrow('order.birthday')
  })
})

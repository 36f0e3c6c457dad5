/** Over a real connection to a real, small SMTP server. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OutgoingMail } from '../../../server/mail/port.ts'
import { createSmtpMailer } from '../../../server/mail/smtp.ts'
import { startTestSmtp, type TestSmtp } from '../../support/smtp.ts'

const from = { name: 'Licenses, "Center"', address: 'licenses@center.example' }
const mail: OutgoingMail = {
  id: 'mail_01jd8k6m9q2v5w7x8y9z0a1b2c',
  to: 'ada@customer.example',
  subject: 'Recover：续费 ✓',
  html: '<p>Hello</p>',
  text: 'Hello\n.\nQUIT\n',
  attachments: [
    {
      filename: 'licenses.ics',
      contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
      content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n',
    },
  ],
}

let smtp: TestSmtp
beforeAll(async () => {
  smtp = await startTestSmtp()
})
afterAll(() => smtp.close())
beforeEach(() => {
  smtp.fault = null
})

function mailer(url = smtp.url, limitMs = 5000) {
  return createSmtpMailer({ url, from, domain: 'center.example', limitMs })
}

/** Unfolded. */
function headersOf(raw: string): string[] {
  const [head = ''] = raw.split('\r\n\r\n')
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
}

describe('a mail by SMTP', () => {
  it('arrives with both forms and the calendar, under an id that stays the same', async () => {
    expect(await mailer().send(mail)).toMatchObject({ kind: 'accepted' })
    await mailer().send(mail)
    const [one, other] = smtp.received.slice(-2)
    expect(one).toMatchObject({ from: from.address, to: [mail.to] })
    for (const received of [one, other]) {
      expect(headersOf(received?.raw ?? '')).toContain(`Message-ID: <${mail.id}@center.example>`)
    }
    expect(one?.raw).toMatch(/text\/plain/)
    expect(one?.raw).toMatch(/text\/html/)
    expect(one?.raw).toMatch(/text\/calendar; charset=utf-8; method=PUBLISH/)
  })

  it('N11: has one subject and one recipient, whatever stands in names', async () => {
    const evil = `a\r\nBcc: all@evil.example\u2028, <all@evil.example> ${'x'.repeat(1000)}`
    await mailer().send({ ...mail, subject: evil })
    const received = smtp.received.at(-1)
    const headers = headersOf(received?.raw ?? '')
    expect(received?.to).toEqual([mail.to])
    expect(headers.filter((line) => /^(bcc|cc):/i.test(line))).toEqual([])
    expect(headers.filter((line) => /^subject:/i.test(line))).toHaveLength(1)
    expect(headers.filter((line) => /^to:/i.test(line))).toEqual([`To: ${mail.to}`])
  })
})

describe('what a mail server says', () => {
  it.each([
    { says: 'no such mailbox', fault: { at: 'RCPT', code: 550 }, kind: 'refused' },
    { says: 'greylisted', fault: { at: 'RCPT', code: 451 }, kind: 'deferred' },
    { says: 'spam', fault: { at: 'DATA', code: 554 }, kind: 'refused' },
    { says: 'disk full', fault: { at: 'DATA', code: 452 }, kind: 'deferred' },
  ] as const)('$says → $kind', async ({ fault, kind }) => {
    smtp.fault = fault
    expect(await mailer().send(mail)).toMatchObject({ kind })
  })

  it('C16: nothing after the mail was taken → unknown', async () => {
    smtp.fault = 'silence'
    const before = smtp.received.length
    expect(await mailer(smtp.url, 600).send(mail)).toMatchObject({ kind: 'unknown' })
    expect(smtp.received).toHaveLength(before + 1)
  })

  it('a wrong password and a closed port → deferred: the mail is not to blame', async () => {
    const wrong = smtp.url.replace('://', '://us:wrong@')
    expect(await mailer(wrong).send(mail)).toMatchObject({ kind: 'deferred' })
    expect(await mailer('smtp://127.0.0.1:9').send(mail)).toMatchObject({ kind: 'deferred' })
    expect(await mailer('smtp://nowhere.invalid').send(mail)).toMatchObject({ kind: 'deferred' })
  })
})

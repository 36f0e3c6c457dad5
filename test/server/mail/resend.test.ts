/** Over HTTP, to a stand-in that checks what it is sent and knows idempotency keys. */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { INBOX_KEY, startInbox, type Inbox } from '../../../demo/inbox.ts'
import type { OutgoingMail } from '../../../server/mail/port.ts'
import { createResendMailer } from '../../../server/mail/resend.ts'

const from = { name: 'Licenses, "Center"', address: 'licenses@center.example' }
let inbox: Inbox
let copies = 0
beforeAll(async () => {
  inbox = await startInbox({ now: () => Temporal.Instant.from('2026-01-15T10:00:00Z') })
})
afterAll(() => inbox.close())
beforeEach(() => inbox.fail({}))

function aMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    id: `mail_${(copies += 1)}`,
    to: 'ada@customer.example',
    subject: 'Recover：续费',
    html: '<p>Hello</p>',
    text: 'Hello',
    attachments: [{ filename: 'a.ics', contentType: 'text/calendar', content: '续费\r\n' }],
    ...changes,
  }
}

function mailer(apiKey = INBOX_KEY) {
  return createResendMailer({ apiKey, from, apiBase: inbox.origin, limitMs: 5000 })
}

describe('a mail by Resend', () => {
  it('arrives with both forms, its attachment, and a sender that cannot become two', async () => {
    const mail = aMail()
    expect(await mailer().send(mail)).toMatchObject({ kind: 'accepted' })
    const [arrived] = inbox.mails()
    expect(arrived?.message).toMatchObject({
      from: '"Licenses, Center" <licenses@center.example>',
      to: [mail.to],
      subject: mail.subject,
    })
    const [attached] = arrived?.message.attachments ?? []
    expect(Buffer.from(attached?.content ?? '', 'base64').toString('utf8')).toBe('续费\r\n')
  })

  it('C16: arrives once, though the first answer was lost', async () => {
    const mail = aMail()
    inbox.fail({ lose: 1 })
    expect(await mailer().send(mail)).toMatchObject({ kind: 'unknown' })
    expect(await mailer().send(mail)).toMatchObject({ kind: 'accepted' })
    expect(inbox.mails().filter(({ key }) => key === mail.id)).toHaveLength(1)
  })

  it('counts as sent when its key was taken by other words of the same mail', async () => {
    const mail = aMail()
    await mailer().send(mail)
    expect(await mailer().send({ ...mail, text: 'Changed by a deploy' })).toMatchObject({
      kind: 'accepted',
    })
  })
})

describe('what Resend says', () => {
  it.each([
    { status: 422, name: 'validation_error', kind: 'refused' },
    { status: 403, name: 'validation_error', kind: 'deferred' },
    { status: 409, name: 'concurrent_idempotent_requests', kind: 'deferred' },
    { status: 500, name: 'application_error', kind: 'unknown' },
  ] as const)('$status $name → $kind', async ({ kind, ...answer }) => {
    inbox.fail({ refuse: { times: 1, ...answer } })
    expect(await mailer().send(aMail())).toMatchObject({ kind })
  })

  it('429 → deferred for as long as it asks', async () => {
    inbox.fail({ refuse: { times: 1, status: 429, name: 'rate_limit_exceeded' } })
    expect(await mailer().send(aMail())).toMatchObject({ kind: 'deferred', retryAfterSeconds: 7 })
  })

  it('a wrong key → deferred, a closed port → unknown', async () => {
    expect(await mailer('re_wrong').send(aMail())).toMatchObject({ kind: 'deferred' })
    const nobody = createResendMailer({ apiKey: 'x', from, apiBase: 'http://127.0.0.1:9' })
    expect(await nobody.send(aMail())).toMatchObject({ kind: 'unknown' })
  })
})

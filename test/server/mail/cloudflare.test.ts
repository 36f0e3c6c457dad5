import { describe, expect, it } from 'vitest'
import { createCloudflareMailer, type BindingMessage } from '../../../server/mail/cloudflare.ts'
import type { OutgoingMail } from '../../../server/mail/port.ts'

const from = { name: 'License Center', address: 'licenses@center.example' }
const mail: OutgoingMail = {
  id: 'mail_1',
  to: 'ada@customer.example',
  subject: 'Hello',
  html: '<p>Hello</p>',
  text: 'Hello',
  attachments: [{ filename: 'a.ics', contentType: 'text/calendar', content: '续费' }],
}

/** The platform's binding, as its documentation describes it. */
function answering(answer: () => Promise<{ messageId: string }>) {
  const messages: BindingMessage[] = []
  const binding = {
    send(message: BindingMessage) {
      messages.push(message)
      return answer()
    },
  }
  return { messages, mailer: createCloudflareMailer(binding, from, 50) }
}

const failing = (code: string) => () =>
  Promise.reject(Object.assign(new Error('no'), code === '' ? {} : { code }))

describe('a mail by the binding of a Worker', () => {
  it('is handed over whole', async () => {
    const { messages, mailer } = answering(() => Promise.resolve({ messageId: 'x1' }))
    expect(await mailer.send(mail)).toEqual({ kind: 'accepted', providerId: 'x1' })
    expect(messages[0]).toMatchObject({
      to: mail.to,
      from: { email: from.address, name: from.name },
      attachments: [{ filename: 'a.ics', type: 'text/calendar', disposition: 'attachment' }],
    })
    const [attached] = messages[0]?.attachments ?? []
    expect(new TextDecoder().decode(attached?.content)).toBe('续费')
  })

  it.each([
    { code: 'E_VALIDATION_ERROR', kind: 'refused' },
    { code: 'E_RECIPIENT_SUPPRESSED', kind: 'refused' },
    { code: 'E_SENDER_NOT_VERIFIED', kind: 'deferred' },
    { code: 'E_RATE_LIMIT_EXCEEDED', kind: 'deferred' },
    { code: '', kind: 'unknown' },
  ])('an error "$code" → $kind', async ({ code, kind }) => {
    expect(await answering(failing(code)).mailer.send(mail)).toMatchObject({ kind })
  })

  it('C16: no answer in time → unknown', async () => {
    const { mailer } = answering(() => new Promise(() => {}))
    expect(await mailer.send(mail)).toMatchObject({ kind: 'unknown' })
  })
})

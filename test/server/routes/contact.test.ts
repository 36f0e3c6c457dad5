import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { journal, mails, tickets } from '../../../server/db/schema.ts'
import { MESSAGE_LIMIT } from '../../../server/domain/ticket.ts'
import { contact } from '../../../server/routes/contact.tsx'
import { createTestClock, type TestClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createPageApp } from '../../support/pages.ts'

let database: TestDatabase
let clock: TestClock
let app: ReturnType<typeof createPageApp>

beforeEach(async () => {
  database = await createTestDatabase()
  clock = createTestClock('2026-11-21T10:00:00Z')
  app = createPageApp(database.db, clock, contact)
})
afterEach(() => database.remove())

type Fields = Partial<Record<'topic' | 'email' | 'order' | 'message' | 'nonce', string>>
const filled = {
  topic: 'purchase',
  email: 'Ana@example.com',
  order: '',
  message: 'I paid and nothing arrived.',
}

async function newNonce(): Promise<string> {
  const page = await (await app.request('/contact')).text()
  return /name="nonce" value="([0-9a-f]{32})"/.exec(page)?.[1] ?? ''
}

async function send(fields: Fields = {}, headers: Record<string, string> = {}) {
  const body = new FormData()
  const form = { ...filled, nonce: fields.nonce ?? (await newNonce()), ...fields }
  for (const [name, value] of Object.entries(form)) body.set(name, value)
  return app.request('/contact', { method: 'POST', body, headers })
}
const storedTickets = () => database.db.orm.select().from(tickets)

describe('the contact form', () => {
  it('S35: comes prefilled with the order and the topic of the link', async () => {
    const page = await (await app.request('/contact?order=ord_123&topic=refund')).text()
    expect(page).toContain('id="order" name="order" aria-describedby="order-hint"')
    expect(page).toContain('value="ord_123"')
    expect(page).toContain('<option value="refund" selected="">')
  })

  it('is text also where the link is hostile', async () => {
    const page = await (
      await app.request(`/contact?topic=x&order=${encodeURIComponent('"><script>x</script>')}`)
    ).text()
    expect(page).not.toContain('<script>')
    expect(page).not.toContain('selected=')
  })

  it('S78: warns to leave out keys and payment details', async () => {
    const page = await (await app.request('/contact')).text()
    expect(page).toContain('Keep license keys and payment details to yourself')
    expect(page).toContain('leave out complete license keys and payment details')
  })

  it('is not cached, because each one is sent once', async () => {
    const response = await app.request('/contact')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await newNonce()).not.toBe(await newNonce())
  })
})

describe('a message', () => {
  it('becomes a ticket with a number, a journal entry and a mail intent', async () => {
    const response = await send()
    expect(response.status).toBe(201)
    const page = await response.text()
    expect(page).toContain('#1001')
    expect(page).toContain('two working days')
    const [ticket, ...others] = await storedTickets()
    expect(others).toEqual([])
    expect(ticket).toMatchObject({
      number: 1001,
      productId: null,
      topic: 'purchase',
      email: 'Ana@example.com',
      message: filled.message,
      locale: 'en',
      state: 'open',
      version: 1,
    })
    const [entry] = await database.db.orm.select().from(journal)
    expect(entry).toMatchObject({
      stream: `ticket:${ticket?.id}`,
      version: 1,
      type: 'ticket.opened',
    })
    expect(await database.db.orm.select().from(mails)).toMatchObject([
      { kind: 'ticket.opened', reference: ticket?.id, recipient: 'Ana@example.com' },
    ])
  })

  it('is one ticket when it is sent twice, also at the same time', async () => {
    const nonce = await newNonce()
    const answers = await Promise.all([send({ nonce }), send({ nonce }), send({ nonce })])
    const pages = await Promise.all(answers.map((answer) => answer.text()))
    expect(pages.every((page) => page.includes('#1001'))).toBe(true)
    expect(await storedTickets()).toHaveLength(1)
  })

  it('is another ticket when the visitor goes back and writes something else', async () => {
    const nonce = await newNonce()
    await send({ nonce })
    const page = await (await send({ nonce, message: 'One more thing.' })).text()
    expect(page).toContain('#1002')
  })

  it('gets a number of its own when thirty arrive at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => send({ email: `visitor${index}@example.com` })),
    )
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 201))
    const numbers = (await storedTickets()).map((ticket) => ticket.number)
    expect(new Set(numbers).size).toBe(30)
  })

  it('N04: is stored exactly as it was written', async () => {
    const message =
      ' \u{1F469}\u200D\u{1F680} e\u0301 é \u202Egnp.exe\u202C\u200B\t"quoted" \\ 0\r\nend '
    expect((await send({ message })).status).toBe(201)
    expect((await storedTickets())[0]?.message).toBe(message)
  })

  it('N04: has its limit in code points', async () => {
    const emoji = '\u{1F600}'
    expect((await send({ message: emoji.repeat(MESSAGE_LIMIT) })).status).toBe(201)
    const response = await send({ message: emoji.repeat(MESSAGE_LIMIT + 1) })
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('Shorten the message to at most 10,000 characters.')
  })

  it('N03: is only text to the database', async () => {
    const message = `'); DROP TABLE tickets; --`
    await send({ message, order: `' OR 1=1 --`, email: "o'brien@example.com" })
    expect(await storedTickets()).toMatchObject([{ message, email: "o'brien@example.com" }])
  })

  it('speaks the language of the visitor', async () => {
    const page = await (await send({}, { 'Accept-Language': 'zh-CN' })).text()
    expect(page).toContain('您的工单号为 #1001')
    expect((await storedTickets())[0]?.locale).toBe('zh-CN')
  })
})

describe('a form with mistakes', () => {
  it.each([
    { field: 'topic', value: '', says: 'Choose a topic.' },
    { field: 'topic', value: 'gossip', says: 'Choose a topic.' },
    { field: 'email', value: 'nobody', says: 'Enter an e-mail address' },
    { field: 'email', value: 'a@b.com\r\nBcc: c@d.com', says: 'Enter an e-mail address' },
    { field: 'order', value: 'o'.repeat(65), says: 'at most 64 characters' },
    { field: 'message', value: ' \n\t', says: 'Write what it is about.' },
    { field: 'nonce', value: 'x', says: 'This form was incomplete.' },
  ])('names the $field "$value" and stores nothing', async ({ field, value, says }) => {
    const response = await send({ [field]: value })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain(says)
    if (field !== 'nonce') expect(page).toContain(`<a href="#${field}">`)
    expect(await storedTickets()).toEqual([])
  })

  it('N05: keeps what was written, as text', async () => {
    const message = '</textarea><img src=x onerror=alert(1)>\r\nsecond line'
    const page = await (await send({ email: '', message, topic: 'refund' })).text()
    expect(page).toContain(
      '&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;\r\nsecond line</textarea>',
    )
    expect(page).toContain('<option value="refund" selected="">')
    expect(page).toMatch(/id="email" name="email" aria-invalid="true"/)
  })

  it('gets a usable nonce, so that sending again works', async () => {
    const page = await (await send({ nonce: '' })).text()
    const nonce = /name="nonce" value="([0-9a-f]{32})"/.exec(page)?.[1] ?? ''
    expect((await send({ nonce })).status).toBe(201)
  })

  it('N02: is not read beyond 64 kB', async () => {
    const response = await send({ message: 'x'.repeat(70_000) })
    expect(response.status).toBe(413)
    expect(await response.text()).toContain('The message is too large')
    expect(await storedTickets()).toEqual([])
  })

  it('is answered without a fault on our side, whatever is sent', async () => {
    const bodies = [
      ['application/json', '{"topic":"purchase"}'],
      ['text/plain', 'x'],
      ['application/x-www-form-urlencoded', 'message=a&message=b&topic[]=purchase&__proto__=x'],
    ]
    for (const [type = '', body = ''] of bodies) {
      const headers = { 'Content-Type': type }
      const response = await app.request('/contact', { method: 'POST', body, headers })
      expect(response.status, type).toBe(422)
    }
    expect((await app.request('/contact', { method: 'POST' })).status).toBe(422)
  })
})

describe('more than five messages of one address within an hour', () => {
  it('are refused, whatever case the address is typed in, and kept in the form', async () => {
    for (let count = 0; count < 5; count++) expect((await send()).status).toBe(201)
    clock.advance({ minutes: 10 })
    const response = await send({ email: 'ANA@example.com', message: 'The sixth.' })
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('3000')
    const page = await response.text()
    expect(page).toContain('Too many messages within an hour')
    expect(page).toContain('The sixth.')
    expect(await storedTickets()).toHaveLength(5)
  })

  it('do not stop other addresses, a repeat of the fifth, or a message an hour later', async () => {
    for (let count = 0; count < 4; count++) await send()
    const nonce = await newNonce()
    expect((await send({ nonce })).status).toBe(201)
    expect((await send({ nonce })).status).toBe(201)
    expect((await send({ email: 'ben@example.com' })).status).toBe(201)
    clock.advance({ hours: 1 })
    expect((await send()).status).toBe(201)
  })
})

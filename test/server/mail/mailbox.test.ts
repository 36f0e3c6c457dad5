import { describe, expect, it } from 'vitest'
import { formatSender, isMailbox, parseSender } from '../../../server/mail/mailbox.ts'

describe('a mailbox (N11)', () => {
  it.each(['ada@customer.example', 'a.b+c@x.example', "o'hara@x.example"])('%s is one', (text) => {
    expect(isMailbox(text)).toBe(true)
  })

  it.each([
    'a@x.example,b@x.example',
    'a@x.example;b@x.example',
    'Ada <a@x.example>',
    'a@x.example\r\nBcc: b@x.example',
    'a@x.example\u2028',
    '"a b"@x.example',
    'a@x.example b@x.example',
    `${'a'.repeat(250)}@x.example`,
    '',
  ])('%j is none', (text) => {
    expect(isMailbox(text)).toBe(false)
  })
})

describe('a sender', () => {
  it.each([
    ['licenses@x.example', { name: '', address: 'licenses@x.example' }],
    [
      'License Center <licenses@x.example>',
      { name: 'License Center', address: 'licenses@x.example' },
    ],
    ['"A, B" <licenses@x.example>', { name: 'A, B', address: 'licenses@x.example' }],
  ])('%s is read', (text, sender) => {
    expect(parseSender(text)).toEqual(sender)
  })

  it.each(['', 'Name', 'a@x.example, b@x.example', 'A <a@x.example> <b@x.example>', 'A <>'])(
    '%j is refused',
    (text) => {
      expect(parseSender(text)).toBeNull()
    },
  )

  it('is written so that nothing in its name is read as an address', () => {
    const name = 'A", <evil@x.example>, \\'
    expect(formatSender({ name, address: 'a@x.example' })).toBe(
      '"A, <evil@x.example>, " <a@x.example>',
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSameMailbox } from '../../../server/domain/mailbox-name.ts'

describe('isSameMailbox() (T14)', () => {
  it.each([
    ['ann@example.com', 'ann@EXAMPLE.com'],
    ['"a@b"@example.com', '"a@b"@Example.Com'],
  ])('%s is %s', (one, other) => {
    expect(isSameMailbox(one, other)).toBe(true)
  })

  it.each([
    ['ann@example.com', 'Ann@example.com'],
    ['ann@example.com', 'ann+tag@example.com'],
    ['ann.lee@example.com', 'annlee@example.com'],
    ['ann@example.com', 'ann@example.org'],
    ['"A@b"@example.com', '"a@b"@example.com'],
    ['ann@kiosk.example', 'ann@\u{212A}iosk.example'],
    ['ann@istanbul.example', 'ann@\u{0130}stanbul.example'],
  ])('%s is not %s', (one, other) => {
    expect(isSameMailbox(one, other)).toBe(false)
  })

  it('knows each address as itself, in whichever case its domain is written', () => {
    fc.assert(
      fc.property(fc.string(), fc.domain(), (local, domain) => {
        expect(isSameMailbox(`${local}@${domain}`, `${local}@${domain.toUpperCase()}`)).toBe(true)
      }),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { isMailKind, MAIL_KINDS } from '../../../server/domain/mail.ts'

describe('isMailKind()', () => {
  it('knows the kinds that are written down, and nothing near them', () => {
    expect(MAIL_KINDS.every(isMailKind)).toBe(true)
    expect(['', 'order', 'order.confirmed', 'Order.review', 'toString'].some(isMailKind)).toBe(
      false,
    )
  })
})

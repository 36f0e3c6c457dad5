import { describe, expect, it } from 'vitest'
import { codePointsIn, isTicketTopic } from '../../../server/domain/ticket.ts'

describe('a ticket', () => {
  it('is as long as it looks: an emoji beyond the first plane counts once', () => {
    expect(codePointsIn('')).toBe(0)
    expect(codePointsIn('für 😀 三')).toBe(7)
  })

  it('S74: is about one of six topics, as the form names them', () => {
    const topics = ['purchase', 'activation', 'update', 'renewal', 'refund', 'support']
    expect(topics.every(isTicketTopic)).toBe(true)
    expect(['Purchase', 'invoice', ''].some(isTicketTopic)).toBe(false)
  })
})

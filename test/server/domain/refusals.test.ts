import { describe, expect, it } from 'vitest'
import { invalidField, Refused } from '../../../server/domain/refusals.ts'

describe('a refusal', () => {
  it('is an error that says its code, and no more unless told', () => {
    const refused = new Refused('order.not_found')
    expect(refused).toBeInstanceOf(Error)
    expect([refused.name, refused.message]).toEqual(['Refused', 'order.not_found'])
    expect([refused.code, refused.detail]).toEqual(['order.not_found', {}])
  })

  it('of one field points at it', () => {
    const { code, detail } = invalidField('/zone', 'No such zone.')
    expect(code).toBe('request.invalid')
    expect(detail).toEqual({ errors: [{ pointer: '/zone', detail: 'No such zone.' }] })
  })
})

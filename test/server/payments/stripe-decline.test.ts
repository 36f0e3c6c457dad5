import { describe, expect, it } from 'vitest'
import { readDecline } from '../../../server/payments/stripe-decline.ts'

const declined = { type: 'card_error', code: 'card_declined' }

describe('a declined payment', () => {
  it.each([
    { says: { ...declined, decline_code: 'insufficient_funds' }, kind: 'soft' },
    { says: { ...declined, decline_code: 'lost_card' }, kind: 'hard' },
    { says: { ...declined, decline_code: 'authentication_required' }, kind: 'authentication' },
    { says: { type: 'card_error', code: 'authentication_required' }, kind: 'authentication' },
    {
      says: { type: 'card_error', code: 'authentication_required', decline_code: 'lost_card' },
      kind: 'authentication',
    },
    {
      says: { ...declined, decline_code: 'lost_card', advice_code: 'try_again_later' },
      kind: 'soft',
    },
    {
      says: { ...declined, decline_code: 'insufficient_funds', advice_code: 'do_not_try_again' },
      kind: 'hard',
    },
    {
      says: { ...declined, decline_code: 'generic_decline', advice_code: 'confirm_card_data' },
      kind: 'hard',
    },
    { says: { type: 'api_error' }, kind: 'soft' },
  ])('of $says is $kind', ({ says, kind }) => {
    expect(readDecline(says).kind).toBe(kind)
  })

  it('is named by the bank’s code, else by Stripe’s, else by the kind of error', () => {
    const code = (says: Parameters<typeof readDecline>[0]) => readDecline(says).code
    expect(code({ ...declined, decline_code: 'lost_card' })).toBe('lost_card')
    expect(code(declined)).toBe('card_declined')
    expect(code({ type: 'api_error' })).toBe('api_error')
  })

  it('says what Stripe says, and that it was declined when Stripe says nothing', () => {
    expect(readDecline({ ...declined, message: 'No funds.' }).message).toBe('No funds.')
    expect(readDecline(declined).message).toBe('The payment was declined.')
  })
})

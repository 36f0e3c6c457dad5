import { describe, expect, it } from 'vitest'
import { createStripePayments } from '../../../server/payments/stripe.ts'
import { SECRET_KEY, WEBHOOK_SECRET } from '../../support/stripe.ts'

describe('createStripePayments()', () => {
  const options = { secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], now: () => never() }

  it.each([
    { why: 'none', webhookSecrets: [] },
    { why: 'an empty one', webhookSecrets: [''] },
    { why: 'a blank one', webhookSecrets: ['  \n'] },
    { why: 'a blank second one', webhookSecrets: [WEBHOOK_SECRET, ' '] },
    { why: 'one with a newline at its end', webhookSecrets: [`${WEBHOOK_SECRET}\n`] },
  ])('P23: refuses to start with webhook secrets: $why', ({ webhookSecrets }) => {
    expect(() => createStripePayments({ ...options, webhookSecrets })).toThrow(
      /webhook signing secret/,
    )
  })

  it.each(['', 'pk_test_1', 'sk_1', 'whsec_1'])('refuses %j as secret key', (secretKey) => {
    expect(() => createStripePayments({ ...options, secretKey })).toThrow(/STRIPE_SECRET_KEY/)
  })

  it.each([
    ['sk_test_1', false],
    ['rk_live_1', true],
  ])('P22: knows the mode of %s', (secretKey, livemode) => {
    expect(createStripePayments({ ...options, secretKey }).livemode).toBe(livemode)
  })
})

function never(): never {
  throw new Error('no clock is needed to start')
}

import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { askStripe, isMissing, isRefused } from '../../../server/payments/stripe-errors.ts'

const { errors } = Stripe
type Facts = ConstructorParameters<typeof errors.StripeInvalidRequestError>[0]

const asked = (error: unknown) =>
  askStripe(() => Promise.reject(error as Error)).catch((caught: unknown) => caught)
const invalid = (facts: Partial<Facts> = {}) =>
  new errors.StripeInvalidRequestError({
    type: 'invalid_request_error',
    message: 'No.',
    ...facts,
  } as Facts)

describe('what Stripe says no to', () => {
  it.each([
    { what: 'a request', error: invalid({ statusCode: 400 }) },
    {
      what: 'a card',
      error: new errors.StripeCardError({
        type: 'card_error',
        message: 'No.',
        statusCode: 402,
      } as Facts),
    },
    {
      what: 'a key that was used otherwise',
      error: new errors.StripeIdempotencyError({
        type: 'idempotency_error',
        message: 'No.',
        statusCode: 400,
      } as Facts),
    },
  ])('is refused, with its reason: $what', async ({ error }) => {
    const refused = await asked(error)
    expect(refused).toMatchObject({
      code: 'payment.refused',
      detail: { detail: 'The payment provider refused: No.' },
    })
    expect(refused).not.toHaveProperty('detail.facts')
  })

  it('names its code, where it has one', async () => {
    expect(await asked(invalid({ code: 'amount_too_small' }))).toMatchObject({
      detail: { facts: { provider_code: 'amount_too_small' } },
    })
  })

  it('is told in one line of 200 characters at most', async () => {
    const told = async (message: string) => {
      const { detail } = (await asked(invalid({ message }))) as { detail: { detail: string } }
      return detail.detail.replace('The payment provider refused: ', '')
    }
    expect(await told(`  ${'x'.repeat(200)}\nmore`)).toBe('x'.repeat(200))
    expect(await told('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`)
  })
})

describe('what nobody knows the outcome of', () => {
  it.each([
    {
      what: 'a lost connection',
      error: new errors.StripeConnectionError({ type: 'api_error', message: 'Lost.' } as Facts),
    },
    {
      what: 'an error of theirs',
      error: new errors.StripeAPIError({ type: 'api_error', message: 'Ours.' } as Facts),
    },
    { what: 'a lock (409)', error: invalid({ statusCode: 409 }) },
    { what: 'a limit (429)', error: invalid({ statusCode: 429 }) },
    { what: 'a 500', error: invalid({ statusCode: 500 }) },
  ])('is to be asked for again: $what', async ({ error }) => {
    expect(await asked(error)).toMatchObject({
      code: 'payment.unavailable',
      detail: { retryAfterSeconds: 5 },
    })
  })

  it.each([
    { says: '7', waits: 7 },
    { says: '1', waits: 1 },
    { says: '3600', waits: 60 },
    { says: '0', waits: 5 },
    { says: '-3', waits: 5 },
    { says: '1.5', waits: 5 },
    { says: 'soon', waits: 5 },
  ])('after $says is asked for again in $waits seconds', async ({ says, waits }) => {
    const headers = { 'retry-after': says }
    expect(await asked(invalid({ statusCode: 429, headers }))).toMatchObject({
      detail: { retryAfterSeconds: waits },
    })
  })
})

describe('what is a mistake of ours', () => {
  it.each([
    new TypeError('not a function'),
    new errors.StripeAuthenticationError({
      type: 'invalid_request_error',
      message: 'Key.',
      statusCode: 401,
    } as Facts),
    new errors.StripePermissionError({
      type: 'invalid_request_error',
      message: 'Key.',
      statusCode: 403,
    } as Facts),
  ])('stays what it is: %o', async (error) => {
    expect(await asked(error)).toBe(error)
  })
})

describe('what Stripe does not know', () => {
  it.each([
    { error: invalid({ code: 'resource_missing' }), isMissing: true, isRefused: true },
    { error: invalid({ code: 'amount_too_small' }), isMissing: false, isRefused: true },
    {
      error: Object.assign(new Error('Gone.'), { code: 'resource_missing' }),
      isMissing: false,
      isRefused: false,
    },
  ])('is missing: $isMissing, of $error.message', ({ error, ...known }) => {
    expect({ isMissing: isMissing(error), isRefused: isRefused(error) }).toEqual(known)
  })
})

/** What Stripe's errors mean to us: a no, an unknown outcome, or a mistake of ours. */
import Stripe from 'stripe'
import { Refused } from '../domain/refusals.ts'

const RETRY_AFTER_SECONDS = 5
const MESSAGE_LENGTH_MAX = 200

/**
 * Runs one call to Stripe and puts its failures into our words.
 *
 * @throws Refused `payment.refused`: Stripe understood and said no; repeating is useless
 * @throws Refused `payment.unavailable`: Stripe was not reached, was busy or broke. The outcome is
 *   unknown, so repeat with the same idempotency key
 * @throws the error itself when it is about our key or our code: a bug, not a refusal
 */
export async function askStripe<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    throw inOurWords(error)
  }
}

/** True when a key was used before with other parameters: the first request decided. */
export function isKeyReused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError
}

/** True when Stripe does not know the object. */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeInvalidRequestError && error.code === 'resource_missing'
  )
}

/** True when Stripe understood the request and says no, e.g. expiring a session that is complete. */
export function isRefused(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError
}

function inOurWords(error: unknown): unknown {
  if (!(error instanceof Stripe.errors.StripeError)) return error
  if (isUnknownOutcome(error)) {
    return new Refused('payment.unavailable', { retryAfterSeconds: retryAfter(error) })
  }
  if (
    error instanceof Stripe.errors.StripeCardError ||
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeIdempotencyError
  ) {
    return new Refused('payment.refused', {
      detail: `The payment provider refused: ${shorten(error.message)}`,
      ...(error.code === undefined ? {} : { facts: { provider_code: error.code } }),
    })
  }
  return error
}

function isUnknownOutcome(error: InstanceType<typeof Stripe.errors.StripeError>): boolean {
  const status = error.statusCode ?? 0
  return (
    error instanceof Stripe.errors.StripeConnectionError ||
    error instanceof Stripe.errors.StripeAPIError ||
    status === 409 ||
    status === 429 ||
    status >= 500
  )
}

function retryAfter(error: InstanceType<typeof Stripe.errors.StripeError>): number {
  const seconds = Number(error.headers?.['retry-after'])
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, 60) : RETRY_AFTER_SECONDS
}

function shorten(message: string): string {
  const firstLine = message.split('\n', 1).join('').trim()
  return firstLine.length <= MESSAGE_LENGTH_MAX
    ? firstLine
    : `${firstLine.slice(0, MESSAGE_LENGTH_MAX - 1)}…`
}

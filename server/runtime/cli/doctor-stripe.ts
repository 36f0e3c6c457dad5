/** Whether Stripe can be reached, takes the key, and has the same time. */
import { createStripePayments } from '../../payments/stripe.ts'
import { fail, ok, sentenceOf, skipped, warn, type Check } from './doctor-report.ts'
import type { Shell } from './shell.ts'

const STRIPE = 'https://api.stripe.com'
const TIMEOUT_MS = 5000
/** Signatures are refused at 300 s; tokens of hosts at 10 s. */
const SKEW_WARN_SECONDS = 5
const SKEW_FAIL_SECONDS = 60
const NO_INTENT = 'pi_doctor'

export async function stripeChecks({ env, now }: Shell): Promise<Check[]> {
  const base = env['STRIPE_API_BASE'] ?? STRIPE
  const asked = await askTime(base)
  if ('error' in asked) {
    const says = `${base} does not answer: ${asked.error}.`
    const mend = 'Let this machine reach it; behind a firewall, allow HTTPS to api.stripe.com.'
    return [fail('stripe', says, mend), skipped('clock', 'nobody to compare with')]
  }
  return [await keyCheck({ env, now }, base), clockCheck(asked.at, now().epochMilliseconds)]
}

async function askTime(base: string): Promise<{ at: number | null } | { error: string }> {
  try {
    const reply = await fetch(`${base}/v1`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    await reply.body?.cancel()
    const date = reply.headers.get('Date')
    return { at: date === null ? null : Date.parse(date) }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { error: sentenceOf(cause) }
  }
}

async function keyCheck({ env, now }: Pick<Shell, 'env' | 'now'>, base: string): Promise<Check> {
  try {
    const payments = createStripePayments({
      secretKey: env['STRIPE_SECRET_KEY'] ?? '',
      webhookSecrets: [env['STRIPE_WEBHOOK_SECRET'] ?? ''],
      apiBase: env['STRIPE_API_BASE'],
      now,
      timeoutMs: TIMEOUT_MS,
    })
    await payments.findCheckoutByIntent(NO_INTENT)
    return env['STRIPE_API_BASE'] === undefined
      ? ok('stripe', `${base} takes the key`)
      : warn('stripe', `${base} is a stand-in.`, 'Unset STRIPE_API_BASE before anybody pays.')
  } catch (error) {
    return fail(
      'stripe',
      sentenceOf(error),
      'Check STRIPE_SECRET_KEY and the permissions of a restricted key.',
    )
  }
}

function clockCheck(theirsMs: number | null, oursMs: number): Check {
  if (theirsMs === null || Number.isNaN(theirsMs)) return skipped('clock', 'no time in the answer')
  const skewSeconds = Math.round(Math.abs(oursMs - theirsMs) / 1000)
  const mend = 'Let the clock be set by NTP, e.g. timedatectl set-ntp true.'
  if (skewSeconds > SKEW_FAIL_SECONDS) {
    return fail(
      'clock',
      `${skewSeconds} s from Stripe's: signatures and tokens will be refused.`,
      mend,
    )
  }
  return skewSeconds > SKEW_WARN_SECONDS
    ? warn('clock', `${skewSeconds} s from Stripe's.`, mend)
    : ok('clock', `${skewSeconds} s from Stripe's`)
}

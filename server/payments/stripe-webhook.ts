/**
 * Stripe's notifications: who sent them, and which objects they are about. Only ids are taken from
 * a payload; facts are re-read through the port.
 */
import type Stripe from 'stripe'
import { Temporal } from 'temporal-polyfill'
import { Refused } from '../domain/refusals.ts'
import type { ProviderEvent } from './port.ts'
import { CHARGE_PURPOSE } from './stripe-invoice.ts'

/** Older or further ahead than this is refused: a replay, or a clock that is wrong. */
const TOLERANCE_SECONDS = 300

export interface WebhookVerification {
  /** The body exactly as received. Decode it with `ignoreBOM`, or an added BOM goes unnoticed. */
  readonly rawBody: string
  readonly header: string | null
  /** All are accepted: a second one is set while the secret is being changed (P25). */
  readonly secrets: readonly string[]
  readonly now: Temporal.Instant
}

/**
 * Refuses to start with a secret that anybody could guess (P23).
 * @returns the secrets, at least one, none blank
 * @throws Error with the sentence to show to whoever starts the process
 */
export function checkWebhookSecrets(secrets: readonly string[]): readonly string[] {
  if (secrets.length === 0) throw new Error('Stripe needs a webhook signing secret (whsec_…).')
  for (const secret of secrets) {
    if (secret.trim() === '') throw new Error('A Stripe webhook signing secret is blank.')
    if (/\s/.test(secret)) throw new Error('A Stripe webhook signing secret contains white space.')
  }
  return secrets
}

/** @throws Refused `webhook.signature_invalid`, without saying which check failed */
export async function verifyWebhook(
  webhooks: Stripe['webhooks'],
  { rawBody, header, secrets, now }: WebhookVerification,
): Promise<void> {
  const sentAt = header === null ? null : timestampOf(header)
  const receivedAt = Math.floor(now.epochMilliseconds / 1000)
  const isFresh = sentAt !== null && Math.abs(receivedAt - sentAt) <= TOLERANCE_SECONDS
  if (header === null || !isFresh) throw new Refused('webhook.signature_invalid')
  for (const secret of secrets) {
    if (await isSignedWith(webhooks, rawBody, header, secret, now)) return
  }
  throw new Refused('webhook.signature_invalid')
}

/**
 * Reads whatever a verified payload holds and never throws: unknown types, new versions and null
 * objects are events with null ids (P30).
 */
export async function readWebhook(rawBody: string, now: Temporal.Instant): Promise<ProviderEvent> {
  const event = fieldsOf(parseJson(rawBody))
  const subject = fieldsOf(fieldsOf(event['data'])['object'])
  const kind = subject['object']
  return {
    id: textOf(event['id']) ?? (await unidentified(rawBody)),
    type: textOf(event['type']) ?? 'unknown',
    livemode: event['livemode'] === true,
    createdAt: instantOf(event['created']) ?? now,
    account: textOf(event['account']),
    sessionId: attemptId(kind, subject),
    intentId: idStarting('pi_', kind === 'payment_intent' ? subject : subject['payment_intent']),
    orderId:
      idStarting('ord_', subject['client_reference_id']) ??
      idStarting('ord_', fieldsOf(subject['metadata'])['order_id']),
    methodId: kind === 'payment_method' ? idStarting('pm_', subject['id']) : null,
  }
}

/** A page, or the invoice of a charge; the invoice that a page leaves behind is neither. */
function attemptId(kind: unknown, subject: Readonly<Record<string, unknown>>): string | null {
  if (kind === 'checkout.session') return idStarting('cs_', subject['id'])
  const isCharge = fieldsOf(subject['metadata'])['purpose'] === CHARGE_PURPOSE
  return kind === 'invoice' && isCharge ? idStarting('in_', subject['id']) : null
}

/**
 * The header's one timestamp. Stripe's SDK lets the last of several win and reads digits only up
 * to the first other character; here a header of that kind is refused (P24).
 */
function timestampOf(header: string): number | null {
  const timestamps = header.split(',').filter((item) => item.trim().startsWith('t='))
  const [digits] = timestamps.map((item) => item.trim().slice(2))
  return timestamps.length === 1 && digits !== undefined && /^\d{1,12}$/.test(digits)
    ? Number(digits)
    : null
}

async function isSignedWith(
  webhooks: Stripe['webhooks'],
  rawBody: string,
  header: string,
  secret: string,
  now: Temporal.Instant,
): Promise<boolean> {
  try {
    const receivedAt = now.epochMilliseconds
    await webhooks.signature?.verifyHeaderAsync(
      rawBody,
      header,
      secret,
      TOLERANCE_SECONDS,
      undefined,
      receivedAt,
    )
    return webhooks.signature !== null
  } catch {
    return false
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Fields of anything: empty for what is not an object. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {}
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 255 ? value : null
}

function idStarting(prefix: string, value: unknown): string | null {
  const id = textOf(value) ?? textOf(fieldsOf(value)['id'])
  return id?.startsWith(prefix) ? id : null
}

const EPOCH_SECONDS_MAX = 8_640_000_000_000

function instantOf(epochSeconds: unknown): Temporal.Instant | null {
  if (typeof epochSeconds !== 'number' || !Number.isSafeInteger(epochSeconds)) return null
  if (Math.abs(epochSeconds) > EPOCH_SECONDS_MAX) return null
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000)
}

/** The same unreadable payload twice is the same event. */
async function unidentified(rawBody: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(rawBody))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
  return `evt_unidentified_${hex.join('').slice(0, 32)}`
}

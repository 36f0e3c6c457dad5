/** Small conversions that everything read from Stripe needs. */
import { Temporal } from 'temporal-polyfill'

/** Stripe answers an id, or the object when it was asked to expand it. */
export function expanded<T extends object>(reference: string | T | null | undefined): T | null {
  return typeof reference === 'object' ? reference : null
}

export function idOf(reference: string | { id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null)
}

export function instant(epochSeconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000)
}

export function epochSeconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

/** Of an order's own page or charge; null where the metadata is not ours. */
export function attemptOf(metadata: Readonly<Record<string, string>> | null): number | null {
  const attempt = Number(metadata?.['attempt'])
  return Number.isSafeInteger(attempt) && attempt >= 1 ? attempt : null
}

/**
 * How often payment pages may be opened (T12): a stolen card list is tried on whoever lets it. Counted
 * from the orders of the last hour, so that every process and every isolate counts the same.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Product } from './catalogue.ts'
import { Refused } from './refusals.ts'

export const CHECKOUT_WINDOW = { hours: 1 }

/** Orders within the window, and when the first of them was placed. */
export interface RecentCheckouts {
  readonly count: number
  readonly firstAt: Temporal.Instant | null
}

/** @throws Refused `request.rate_limited`, with the seconds until the oldest one no longer counts */
export function refuseTooManyCheckouts(
  limits: Product['limits'],
  recent: { readonly ofCustomer: RecentCheckouts; readonly ofSource: RecentCheckouts },
  now: Temporal.Instant,
): void {
  refuseFrom(limits.checkouts_per_customer_hour, recent.ofCustomer, now)
  refuseFrom(limits.checkouts_per_source_hour, recent.ofSource, now)
}

function refuseFrom(limit: number, { count, firstAt }: RecentCheckouts, now: Temporal.Instant) {
  if (count < limit) return
  const until = (firstAt ?? now).add(CHECKOUT_WINDOW)
  const seconds = Math.max(1, Math.ceil(now.until(until).total('seconds')))
  throw new Refused('request.rate_limited', {
    retryAfterSeconds: seconds,
    detail: 'Too many orders within an hour. Nothing was ordered; try again later.',
  })
}

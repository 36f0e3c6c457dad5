/**
 * "We will charge X on Y" (R18): what the next automatic renewal of one license will cost, decided by
 * what will charge it, at the time at which it will.
 */
import type { Temporal } from 'temporal-polyfill'
import { localDate } from '../domain/calendar.ts'
import type { Price, Product } from '../domain/catalogue.ts'
import { planOf, priceOf } from '../domain/plan.ts'
import { currencyOf } from '../domain/renewal-eligibility.ts'
import type { CheckedRenewal } from '../domain/renewal-selection.ts'
import {
  checkAutoRenewal,
  isPlanOver,
  priceAutoRenewals,
  type ChargeFacts,
} from './price-auto-renewal.ts'

export interface Announcement {
  readonly chargeAt: Temporal.Instant
  readonly quantity: number
  readonly currency: string
  /** With tax. */
  readonly total: number
  /** The list price that is told today: from now on it is known. */
  readonly price: Price
  /** What the charge after the next one costs, where that is more; null otherwise. */
  readonly risesTo: number | null
}

/**
 * @param facts  with what was told before today
 * @returns      null where no charge is made because something keeps it, which is said when it happens;
 *               `plan_over` where none ever will be
 */
export function announceCharge(
  facts: Omit<ChargeFacts, 'openOrderId'>,
  product: Product,
  now: Temporal.Instant,
): Announcement | 'plan_over' | null {
  const { license } = facts
  const chargeAt = license.nextChargeAt
  if (chargeAt === null) return null
  const plan = planOf(product, license.planId)
  const current = plan && priceOf(plan, currencyOf(license, product), license.cycle)
  const today = { price: current, on: localDate(now, license.zone) }
  const announced = isTold(today) ? [...facts.announced, today] : facts.announced
  // An order that is open now is paid or closed by then.
  const then = { ...facts, announced, openOrderId: null }
  const renewal = checkAutoRenewal(then, product, chargeAt)
  if (!('period' in renewal)) return isPlanOver(renewal) ? 'plan_over' : null
  const { quantity, price } = renewal
  const totalAt = (list: Price) => totalOf(product, { ...renewal, price: list }, license.zone)
  const total = totalAt(price)
  const later = current === null ? total : totalAt(current)
  return {
    chargeAt,
    quantity,
    currency: price.currency,
    total,
    price: current ?? price,
    risesTo: later > total ? later : null,
  }
}

function totalOf(product: Product, renewal: CheckedRenewal, zone: string): number {
  return priceAutoRenewals(product, [renewal], zone).total
}

function isTold<T>(told: { price: T | null }): told is { price: T } {
  return told.price !== null
}

/** A license as it crosses the wire, in the words of the caller's language. */
import { Temporal } from 'temporal-polyfill'
import type { License } from '../contract/licenses.ts'
import { renewableLicense } from '../db/queries/extendable-licenses.ts'
import type { LastRenewal } from '../db/queries/last-renewal.ts'
import type { LicenseRow, ListedLicense } from '../db/queries/licenses.ts'
import { formatInstant, parseInstant, wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { graceEndsAt, isExpiring, statusAt } from '../domain/license.ts'
import { renewsNoMore } from '../domain/plan.ts'
import { isMetered, type RenewableLicense } from '../domain/renewal-eligibility.ts'
import { renewalOffer, type RenewalOffer } from '../domain/renewal-offer.ts'
import { RENEWAL_WORDS } from '../domain/renewal-words.ts'
import { coverageWithout } from '../domain/take-back.ts'
import type { Locale } from '../i18n/locales.ts'

export interface LicenseReading {
  readonly product: Product
  readonly now: Temporal.Instant
  readonly locale: Locale
}

export function licenseAnswer(listed: ListedLicense, reading: LicenseReading): License {
  const { license: row } = listed
  const { now, product } = reading
  const facts = renewableLicense(listed, now)
  const offer = row.renewalMode === null ? null : renewalOffer(facts, product, wholeSecond(now))
  return {
    id: row.id,
    product: row.productId,
    plan: row.planId,
    plan_name: row.planName,
    type: row.type,
    total: facts.total,
    in_use: facts.inUse,
    reserved: row.reserved,
    consumed: row.consumed,
    service_life_days: row.serviceDays,
    activated_at: formatInstant(row.activatedAt),
    expires_at: formatInstant(row.endsAt),
    status: statusAt(row, now),
    expiring: isExpiring(
      { ...row, anchor: facts.anchor, isChargeFailing: listed.chargeFailure !== null },
      now,
    ),
    grace_until: statusAt(row, now) === 'grace' ? formatInstant(graceEndsAt(row)) : null,
    renewal_mode: row.renewalMode,
    next_charge_at: isHeld(row) ? null : row.nextChargeAt && formatInstant(row.nextChargeAt),
    cycle: row.cycle,
    one_time: row.oneTime,
    kind: row.kind,
    complimentary_of: row.kind === 'complimentary' ? row.orderId : null,
    order_id: row.orderId,
    key_last4: row.keyLast4,
    time_zone: row.zone,
    next_total: facts.nextTotal,
    lost_days: offer?.lostDays ?? 0,
    renewal: offer && renewalAnswer(listed, offer, reading),
    auto_renewal: offer && autoAnswer(listed, offer, now),
    pay_per_use: offer && payPerUseAnswer(listed, facts, offer, now),
  }
}

/** It is not charged before it no longer is. */
function isHeld({ suspendedAt, underReviewAt }: LicenseRow): boolean {
  return suspendedAt !== null || underReviewAt !== null
}

function renewalAnswer(
  { openOrderId, lastRenewal }: ListedLicense,
  { obstacle, amount, currency, canAddUnits, upgrades }: RenewalOffer,
  { locale, now }: LicenseReading,
): NonNullable<License['renewal']> {
  return {
    possible: obstacle === null,
    reason: obstacle,
    sentence: obstacle && RENEWAL_WORDS[locale].reasons[obstacle],
    open_order_id: openOrderId,
    amount,
    currency,
    can_add_units: canAddUnits,
    upgrades: upgrades.map(({ id, name }) => ({ plan: id, name })),
    undo: lastRenewal && undoAnswer(lastRenewal, now),
  }
}

/** Whether all of the order can still be taken back is judged with the order. */
function undoAnswer(
  last: LastRenewal,
  now: Temporal.Instant,
): NonNullable<License['renewal']>['undo'] {
  const endsAt = endWithout(last, now)
  const hasBegun = Temporal.Instant.compare(endsAt, now) <= 0
  const isWhole = last.state === 'fulfilled' && !hasBegun
  return isWhole ? { order_id: last.orderId, ends_at: formatInstant(endsAt) } : null
}

/** What was taken back moved the entries after it, too. */
function endWithout({ ledger, lineId, startsAt }: LastRenewal, at: Temporal.Instant) {
  const holding = { ledger: ledger ?? [], held: 0, isComplimentary: false }
  return coverageWithout(holding, [lineId], at)?.coverage.endsAt ?? parseInstant(startsAt)
}

function autoAnswer(
  { license, savedMethod, chargeFailure, ...listed }: ListedLicense,
  { plan, amount, currency, chargeAt }: RenewalOffer,
  now: Temporal.Instant,
): NonNullable<License['auto_renewal']> {
  const isOffered = plan?.auto_renewal === 'choice' && !renewsNoMore(plan, now)
  const reason = !isOffered ? 'plan' : savedMethod === null ? 'no_method' : null
  const next = isHeld(license) ? null : (listed.chargeNextAt ?? license.nextChargeAt)
  return {
    available: reason === null,
    reason,
    state: license.renewalMode === 'auto' ? chargeState(listed) : 'off',
    amount,
    currency,
    charge_at: formatInstant(next ?? chargeAt),
    method: savedMethod && { brand: savedMethod.brand, last4: savedMethod.last4 },
    failure: chargeFailure?.message ?? null,
  }
}

/** Past due without a next try: only a new method, or the customer, helps (section 5). */
function chargeState({
  chargeState: state,
  chargeNextAt,
}: Pick<ListedLicense, 'chargeState' | 'chargeNextAt'>):
  | 'due'
  | 'processing'
  | 'past_due'
  | 'stopped' {
  if (state === 'past_due') return chargeNextAt === null ? 'stopped' : 'past_due'
  if (state === 'ended') return 'stopped'
  return state === 'processing' ? 'processing' : 'due'
}

function payPerUseAnswer(
  { license, savedMethod, meteredDays, meteredAmount }: ListedLicense,
  facts: RenewableLicense,
  { plan, currency }: RenewalOffer,
  now: Temporal.Instant,
): NonNullable<License['pay_per_use']> {
  const rate = plan?.pay_per_use.find((one) => one.currency === currency)?.unit_amount ?? null
  const reason = rate === null ? 'no_rate' : savedMethod === null ? 'no_method' : null
  const metering = isMetered(facts, now)
  return {
    available: reason === null,
    reason,
    daily_rate: rate ?? 0,
    currency,
    metering,
    since: metering ? formatInstant(license.endsAt) : null,
    days: meteredDays,
    amount: meteredAmount,
  }
}

/** A check of a license as it crosses the wire. */
import type { Temporal } from 'temporal-polyfill'
import type { Validation } from '../contract/license-api.ts'
import { formatInstant, localDate } from '../domain/calendar.ts'
import { graceEndsAt, statusAt } from '../domain/license.ts'
import { isValid } from '../domain/validation-codes.ts'
import { checkNotice } from '../i18n/check-notices.ts'
import { unitsAt } from '../domain/units-in-force.ts'
import type { Locale } from '../i18n/locales.ts'
import { rebindAnswer } from './installation-answer.ts'
import type { LicenseCheck } from '../usecases/check-license.ts'

export function validationAnswer(
  check: LicenseCheck,
  nonce: string | null,
  locale: Locale,
): Validation {
  const { code, activation, unit, times, token, at } = check
  return {
    valid: isValid(code),
    code,
    license: licenseOf(check),
    activation: activation && {
      id: activation.id,
      name: activation.name,
      state: activation.state,
      activated_at: formatInstant(activation.activatedAt),
      last_seen_at: formatInstant(activation.lastSeenAt),
    },
    unit: unit && { reference: unit.reference, state: unit.use },
    ...(check.rebind === undefined ? {} : { rebind: rebindAnswer(check.rebind) }),
    token,
    check_after: times && formatInstant(times.checkAfter),
    grace_until: times && formatInstant(times.graceUntil),
    notice: noticeOf(check, locale),
    nonce,
    now: formatInstant(at),
  }
}

function licenseOf({ license, plan, at }: LicenseCheck): Validation['license'] {
  if (license === null) return null
  const status = statusAt(license, at)
  return {
    id: license.id,
    product: license.productId,
    plan: license.planId,
    type: license.type,
    total: unitsAt(license, at).total,
    in_use: license.reserved + license.consumed,
    activated_at: formatInstant(license.activatedAt),
    expires_at: formatInstant(license.endsAt),
    status,
    one_time: license.oneTime,
    entitlements: plan?.entitlements ?? [],
    binding: plan?.binding ?? 'installation',
    renewable: license.renewalMode !== null && ['active', 'grace', 'retained'].includes(status),
    seq: license.version,
  }
}

/** The product's own sentence goes first (S68). */
export function noticeOf(check: LicenseCheck, locale: Locale): string | null {
  const { code, product, license, at } = check
  const own = product?.check_notices[code]
  if (own !== undefined) return own
  const date = (instant: Temporal.Instant | undefined) =>
    instant === undefined ? '' : dateOf(instant, license?.zone ?? 'UTC', locale)
  // Dates in words are dear, and a check that finds nothing wrong says none.
  return checkNotice(
    code,
    {
      total: license === null ? 0 : unitsAt(license, at).total,
      inUse: license === null ? 0 : license.reserved + license.consumed,
      get endsOn() {
        return date(license?.endsAt)
      },
      get stopsOn() {
        return date(license ? graceEndsAt(license) : undefined)
      },
    },
    locale,
  )
}

export function dateOf(at: Temporal.Instant, zone: string, locale: Locale): string {
  return localDate(at, zone).toLocaleString(locale, { dateStyle: 'long' })
}

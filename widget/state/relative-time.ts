/** Instants near other instants, for people, in the zone of the license. */

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const DAYS_PER_MONTH = 30.44
const DAYS_PER_YEAR = 365.25

/**
 * `in 12 days`, `yesterday`, `in 3 months`. Days are those of the calendar, so that something at
 * 23:59 tomorrow is never "in 2 days".
 *
 * @param instant RFC 3339 @param now RFC 3339, the server's @param zone IANA
 */
export function relativeTime(instant: string, now: string, zone: string, locale: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const distanceMs = Date.parse(instant) - Date.parse(now)
  const distance = Math.abs(distanceMs)
  if (distance < HOUR_MS) return format.format(Math.trunc(distanceMs / MINUTE_MS), 'minute')
  if (distance < DAY_MS) return format.format(Math.trunc(distanceMs / HOUR_MS), 'hour')
  const days = (localDay(instant, zone) - localDay(now, zone)) / DAY_MS
  if (Math.abs(days) < 45) return format.format(days, 'day')
  const months = Math.round(days / DAYS_PER_MONTH)
  if (Math.abs(months) < 18) return format.format(months, 'month')
  return format.format(Math.round(days / DAYS_PER_YEAR), 'year')
}

/** Within two hours of midnight: the date alone would be read wrongly in another zone. */
export function isNearMidnight(instant: string, zone: string): boolean {
  const hour = partsIn(instant, zone)['hour'] ?? 0
  return hour < 2 || hour >= 22
}

/** The zone itself, or UTC where this browser does not know it. */
export function knownZone(zone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    return 'UTC'
  }
}

/** Date and time to the second, with the zone's name. */
export function formatToTheSecond(instant: string, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(new Date(instant))
}

/** Time of day with the zone's name. */
export function formatClock(instant: string, locale: string, zone: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone: zone,
  }).format(new Date(instant))
}

/** The local date as a count of milliseconds, for differences of whole days. */
function localDay(instant: string, zone: string): number {
  const { year = 0, month = 1, day = 1 } = partsIn(instant, zone)
  return Date.UTC(year, month - 1, day)
}

function partsIn(instant: string, timeZone: string): Partial<Record<string, number>> {
  const format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  })
  const parts = format.formatToParts(new Date(instant))
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]))
}

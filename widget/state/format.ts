/** Money and dates for people, by `Intl` in the element's locale. */

/** @param amountMinor minor units of `currency`, an integer */
export function formatMoney(amountMinor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amountMinor / 10 ** digits)
}

/** @param instant RFC 3339 @param zone IANA; the day that this instant falls on there */
export function formatDate(instant: string, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...inZone(zone) }).format(
    new Date(instant),
  )
}

/** With the zone's name: near midnight the day depends on it. */
export function formatDateTime(instant: string, locale: string, zone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...inZone(zone),
  }).format(new Date(instant))
}

export function formatNumber(value: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(value)
}

function inZone(timeZone: string | undefined): { timeZone?: string } {
  return timeZone === undefined ? {} : { timeZone }
}

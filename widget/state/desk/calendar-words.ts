/** Calendar dates `YYYY-MM-DD` for people: they have no zone, so that none can move them. */

export function formatCalendarDate(date: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  )
}

/** `Jan 27`, with the year where a year begins. */
export function formatMonth(date: string, locale: string): string {
  const isJanuary = date.slice(5, 7) === '01'
  return new Intl.DateTimeFormat(locale, {
    month: 'short',
    ...(isJanuary ? { year: 'numeric' } : {}),
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`))
}

import { html, nothing, type TemplateResult } from 'lit'
import { formatDate } from '../state/format.ts'
import type { ManagerSession } from '../state/manager-session.ts'
import {
  formatClock,
  formatToTheSecond,
  isNearMidnight,
  knownZone,
  relativeTime,
} from '../state/relative-time.ts'

/** The day in the license's zone; near midnight, where the day depends on it, also time and zone. */
export function dateTime(instant: string, zone: string, session: ManagerSession): TemplateResult {
  const { locale } = session
  const known = knownZone(zone)
  const full = formatToTheSecond(instant, locale, known)
  const clock = isNearMidnight(instant, known) ? formatClock(instant, locale, known) : null
  return html`<time datetime=${instant} title=${full}
    >${formatDate(instant, locale, known)}${
      clock === null ? nothing : html` <span class="under">${clock}</span>`
    }</time
  >`
}

/** To the second, as orders and audits need it. */
export function exactTime(instant: string, zone: string, session: ManagerSession): TemplateResult {
  const text = formatToTheSecond(instant, session.locale, knownZone(zone))
  return html`<time datetime=${instant}>${text}</time>`
}

export function distance(
  instant: string,
  now: string,
  zone: string,
  session: ManagerSession,
): string {
  return relativeTime(instant, now, knownZone(zone), session.locale)
}

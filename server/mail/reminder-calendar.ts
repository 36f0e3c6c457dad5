/** The `.ics` of a digest (RFC 5545): one entry for each end and each charge that is still to come. */
import { ICalCalendar, ICalCalendarMethod } from 'ical-generator'
import { Temporal } from 'temporal-polyfill'
import { formatMoney } from '../domain/money.ts'
import type { ReminderMail } from '../domain/reminder-mail.ts'
import type { Desk } from './parts.ts'
import { nameOf } from './renewal-letters.ts'

interface Entry {
  /** Stable: a later digest about the same end replaces the entry instead of adding one. */
  readonly id: string
  readonly at: string
  readonly summary: string
  readonly description: string
}

/** @returns null when nothing is still to come */
export function reminderCalendar(mail: ReminderMail, desk: Desk): string | null {
  const entries = [...endEntries(mail, desk), ...chargeEntries(mail, desk)].filter(
    ({ at }) => Temporal.Instant.compare(at, mail.writtenAt) > 0,
  )
  if (entries.length === 0) return null
  const calendar = new ICalCalendar({
    prodId: {
      company: 'License Center',
      product: 'reminders',
      language: desk.locale.toUpperCase(),
    },
    method: ICalCalendarMethod.PUBLISH,
  })
  for (const { id, at, summary, description } of entries) {
    calendar.createEvent({
      id: `${id}@${new URL(desk.centerOrigin).hostname}`,
      // The time of writing, not of sending: a second sending has the same bytes (C17).
      stamp: dateOf(mail.writtenAt),
      start: dateOf(at),
      summary,
      description,
      url: mail.homeUrl,
    })
  }
  return calendar.toString()
}

function endEntries(mail: ReminderMail, desk: Desk): Entry[] {
  const { calendar } = desk.words.reminder
  return [...mail.renewable, ...mail.metered, ...mail.ending].map((license) => ({
    id: `end-${license.licenseId}-${license.endsAt}`,
    at: license.endsAt,
    summary: calendar.ends(license.planName, mail.productName),
    description: nameOf(license, desk),
  }))
}

function chargeEntries(mail: ReminderMail, desk: Desk): Entry[] {
  const { calendar } = desk.words.reminder
  return mail.charges.map((charge) => ({
    id: `charge-${charge.licenseId}-${charge.endsAt}`,
    at: charge.chargeAt,
    summary: calendar.charge(
      formatMoney(charge.total, charge.currency, desk.locale),
      mail.productName,
    ),
    description: nameOf(charge, desk),
  }))
}

function dateOf(instant: string): Date {
  return new Date(Temporal.Instant.from(instant).epochMilliseconds)
}

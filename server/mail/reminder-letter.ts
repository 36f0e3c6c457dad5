/** The digest of R18: everything of one customer that is due on one day, in one mail. */
import { Temporal } from 'temporal-polyfill'
import { formatMoney } from '../domain/money.ts'
import type {
  AnnouncedCharge,
  RemindedLicense,
  ReminderMail,
  WhyEnding,
} from '../domain/reminder-mail.ts'
import type { Block, Letter } from './letter.ts'
import { dayAndTime, heading, longDay, paragraph, policyLinks, type Desk } from './parts.ts'
import { insteadOf } from './plan-over-letter.ts'
import { reminderCalendar } from './reminder-calendar.ts'
import { nameOf } from './renewal-letters.ts'

export function reminderLetter(mail: ReminderMail, desk: Desk): Letter {
  const { greeting, license, reminder } = desk.words
  const calendar = reminderCalendar(mail, desk)
  return {
    subject: subjectOf(mail, desk),
    blocks: [
      paragraph(greeting),
      ...renewableBlocks(mail, desk),
      ...chargeBlocks(mail, desk),
      ...meteredBlocks(mail, desk),
      ...endingBlocks(mail, desk),
      paragraph(license.zone(mail.zone)),
      { kind: 'links', links: [{ label: license.console(mail.productName), href: mail.homeUrl }] },
      ...policyLinks(
        reminder.policies,
        ['refund-policy', 'terms-of-service', 'faq', 'support-policy'],
        desk,
      ),
    ],
    attachments:
      calendar === null
        ? []
        : [
            {
              filename: 'licenses.ics',
              contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
              content: calendar,
            },
          ],
  }
}

function subjectOf(mail: ReminderMail, { words, locale }: Desk): string {
  const { reminder } = words
  const { productName, zone } = mail
  const licenses = [...mail.renewable, ...mail.metered, ...mail.ending]
  const [soonest] = licenses
    .filter(({ endsAt }) => !isOver(endsAt, mail))
    .toSorted((a, b) => (a.endsAt < b.endsAt ? -1 : 1))
  if (soonest !== undefined) {
    const date = longDay(soonest.endsAt, zone, locale)
    return reminder.subjectEnding(productName, licenses.length, date)
  }
  const [charge] = mail.charges
  if (licenses.length > 0 || charge === undefined) {
    return reminder.subjectEnded(productName, licenses.length)
  }
  const total = totalsOf(mail.charges, locale)
  return reminder.subjectCharge(productName, total, longDay(charge.chargeAt, zone, locale))
}

function renewableBlocks(mail: ReminderMail, desk: Desk): Block[] {
  const { reminder } = desk.words
  if (mail.renewable.length === 0) return []
  return [
    heading(reminder.renewable),
    paragraph(
      mail.renewable.some(({ endsAt }) => isOver(endsAt, mail))
        ? reminder.renewableLate
        : reminder.renewableLead,
    ),
    endRows(mail.renewable, mail, desk),
    ...renewButton(desk),
  ]
}

function renewButton({ words, renewUrl }: Desk): Block[] {
  if (renewUrl === null) return []
  return [
    { kind: 'button', link: { label: words.reminder.renew, href: renewUrl } },
    paragraph(words.reminder.renewNote),
  ]
}

function chargeBlocks(mail: ReminderMail, desk: Desk): Block[] {
  const { words, locale } = desk
  const { reminder } = words
  const [first] = mail.charges
  if (first === undefined) return []
  const day = (instant: string) => longDay(instant, mail.zone, locale)
  const days = [...new Set(mail.charges.map(({ chargeAt }) => day(chargeAt)))]
  return [
    heading(reminder.charges),
    ...days.map((date) => {
      const charges = mail.charges.filter(({ chargeAt }) => day(chargeAt) === date)
      return paragraph(reminder.chargeLead(totalsOf(charges, locale), date))
    }),
    { kind: 'facts', rows: mail.charges.map((charge) => chargeRow(charge, day, desk)) },
    paragraph(`${reminder.lower} ${reminder.cancel(mail.productName)}`),
  ]
}

function chargeRow(
  charge: AnnouncedCharge,
  day: (instant: string) => string,
  desk: Desk,
): [string, string] {
  const { words, locale } = desk
  const money = (amount: number) => formatMoney(amount, charge.currency, locale)
  const parts = [
    words.reminder.charge(money(charge.total), day(charge.chargeAt)),
    ...(charge.risesTo === null ? [] : [words.reminder.risesTo(money(charge.risesTo))]),
  ]
  return [nameOf(charge, desk), parts.join(' · ')]
}

/** One sum for each currency: `$75.00 + €60.00`. */
export function totalsOf(charges: readonly AnnouncedCharge[], locale: string): string {
  const sums = new Map<string, number>()
  for (const { currency, total } of charges) {
    sums.set(currency, (sums.get(currency) ?? 0) + total)
  }
  return [...sums].map(([currency, total]) => formatMoney(total, currency, locale)).join(' + ')
}

function meteredBlocks(mail: ReminderMail, desk: Desk): Block[] {
  const { reminder } = desk.words
  if (mail.metered.length === 0) return []
  return [
    heading(reminder.metered),
    paragraph(reminder.meteredLead),
    endRows(mail.metered, mail, desk),
  ]
}

function endingBlocks(mail: ReminderMail, desk: Desk): Block[] {
  const { reminder } = desk.words
  if (mail.ending.length === 0) return []
  const has = (why: WhyEnding) => mail.ending.some((license) => license.why === why)
  return [
    heading(reminder.ending),
    ...(has('one_time') ? [paragraph(reminder.oneTime)] : []),
    ...(has('canceled') ? [paragraph(reminder.canceled)] : []),
    ...(has('unpaid') ? [paragraph(reminder.unpaid)] : []),
    ...(has('retired') ? [paragraph(reminder.retired)] : []),
    endRows(mail.ending, mail, desk),
    ...(has('retired') ? insteadOf(mail.instead ?? [], desk) : []),
    ...(has('canceled') && mail.renewable.length === 0 ? renewButton(desk) : []),
  ]
}

type Shown = RemindedLicense & { readonly why?: WhyEnding }

function endRows(licenses: readonly Shown[], mail: ReminderMail, desk: Desk): Block {
  const rows = licenses.map((license): [string, string] => [
    nameOf(license, desk),
    endOf(license, mail, desk),
  ])
  return { kind: 'facts', rows }
}

function endOf(license: Shown, mail: ReminderMail, { words, locale }: Desk): string {
  const at = (instant: string) => dayAndTime(instant, mail.zone, locale)
  const { reminder } = words
  if (!isOver(license.endsAt, mail)) return reminder.endsAt(at(license.endsAt))
  if (!isOver(license.graceEndsAt, mail)) {
    return reminder.graceUntil(at(license.endsAt), at(license.graceEndsAt))
  }
  return license.why === 'retired'
    ? reminder.stopped(at(license.endsAt))
    : reminder.stoppedSince(at(license.endsAt), at(license.renewableUntil))
}

function isOver(instant: string, { writtenAt }: ReminderMail): boolean {
  return Temporal.Instant.compare(instant, writtenAt) <= 0
}

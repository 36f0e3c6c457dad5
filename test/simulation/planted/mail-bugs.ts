/** Mistakes in sending what was written down, in reminding of ends, and in counting days that are paid later. */
import type { PlantedBug } from './patches.ts'

const DELIVER = 'server/jobs/deliver-mails.ts'
const SETTLE = 'server/usecases/settle-mail.ts'
const DELIVERY = 'server/domain/mail-delivery.ts'
const DIGEST = 'server/usecases/write-digest.ts'
const REMINDER = 'server/domain/reminder.ts'
const METERING = 'server/domain/metering.ts'
const BILL = 'server/domain/metered-bill.ts'
const BILLED = 'server/usecases/metered-bill-effects.ts'

const read = { stage: ['reader0'] } as const
const used = { stage: ['metered0'] } as const

export const MAIL_BUGS: readonly PlantedBug[] = [
  {
    ...read,
    name: 'mail-in-doubt-not-counted',
    file: DELIVER,
    find: `inDoubt: row.inDoubt + 1,`,
    replace: `inDoubt: row.inDoubt,`,
    foundBy: ['C16', 'C17', 'P26'],
  },
  {
    ...read,
    name: 'mail-leased-for-ever',
    file: DELIVER,
    find: `const LEASE = { minutes: 10 }`,
    replace: `const LEASE = { minutes: 100_000 }`,
    foundBy: ['C17'],
  },
  {
    ...read,
    name: 'mail-with-another-id-each-time',
    file: 'server/jobs/outgoing-mail.ts',
    find: `return { id: row.id, to: row.recipient,`,
    replace: `return { id: row.id + row.attempts, to: row.recipient,`,
    foundBy: ['C17'],
  },
  {
    ...read,
    name: 'mail-without-an-answer-is-sent',
    file: DELIVERY,
    find: `    case 'accepted':\n      return`,
    replace: `    case 'unknown':\n    case 'accepted':\n      return`,
    foundBy: ['C17'],
  },
  {
    ...read,
    name: 'mail-in-doubt-sent-for-ever',
    file: DELIVERY,
    find: `return isIdempotent || inDoubt < MAX_IN_DOUBT`,
    replace: `return isIdempotent || inDoubt < 100`,
    foundBy: ['C16'],
  },
  {
    ...read,
    name: 'mail-given-up-at-the-first-failure',
    file: DELIVERY,
    find: `export const MAX_ATTEMPTS = 8`,
    replace: `export const MAX_ATTEMPTS = 1`,
    foundBy: ['C17'],
  },
  {
    ...read,
    name: 'mail-put-off-for-ever',
    file: SETTLE,
    find: `tryAt: now.add({ seconds: verdict.afterSeconds })`,
    replace: `tryAt: now.add({ hours: 24 * verdict.afterSeconds })`,
    foundBy: ['C17'],
  },
  {
    ...read,
    name: 'reminded-without-a-row',
    file: DIGEST,
    find: `        ...due.flatMap((reminder) => tell(deps, reminder, mailId)),\n`,
    replace: `        ...due.slice(1).flatMap((reminder) => tell(deps, reminder, mailId)),\n`,
    foundBy: ['R18', 'I7'],
  },
  {
    ...read,
    name: 'reminded-a-day-early',
    file: REMINDER,
    find: `dueAt: morning(lastDay(license.endsAt, license.zone).subtract({ days }), license),`,
    replace: `dueAt: morning(lastDay(license.endsAt, license.zone).subtract({ days: days + 1 }), license),`,
    foundBy: ['R18'],
  },
  {
    ...read,
    name: 'reminded-of-its-end-once-only',
    file: REMINDER,
    find: `if (latest === undefined || told.has(latest.occasion)) return null`,
    replace: `if (latest === undefined || told.size > 0) return null`,
    foundBy: ['R18'],
  },
  {
    ...used,
    name: 'metered-from-the-day-of-the-end',
    file: METERING,
    find: `? startDate : startDate.add({ days: 1 })`,
    replace: `? startDate : startDate`,
    foundBy: ['C15'],
  },
  {
    ...used,
    name: 'missed-days-not-made-up',
    file: METERING,
    find: `const days = Math.max(0, from.until(until, { largestUnit: 'day' }).days + 1)`,
    replace: `const days = Math.min(2, Math.max(0, from.until(until, { largestUnit: 'day' }).days + 1))`,
    foundBy: ['C15', 'crash', 'P26'],
  },
  {
    ...used,
    name: 'day-of-the-switch-back-not-counted',
    file: METERING,
    find: `const until = localDate(stoppedAt !== null && isBefore(stoppedAt, now) ? stoppedAt : now, UTC)`,
    replace: `const until = localDate(stoppedAt === null ? now : stoppedAt.subtract({ hours: 24 }), UTC)`,
    foundBy: ['C15'],
  },
  {
    ...used,
    name: 'bill-settles-later-days',
    file: BILLED,
    find: `        lt(meterDays.countedOn, localDate(parseInstant(endsAt), 'UTC').toString()),\n`,
    replace: '',
    foundBy: ['C15'],
  },
  {
    ...used,
    name: 'billed-days-stay-owed',
    file: BILLED,
    find: `    .update(meterDays)\n    .set({ orderId })`,
    replace: `    .update(meterDays)\n    .set({ orderId: null })`,
    foundBy: ['C15', 'S50', 'I2'],
  },
  {
    ...used,
    name: 'stopped-meter-never-billed',
    file: BILL,
    find: `const isOver = !isRunning &&`,
    replace: `const isOver = isRunning &&`,
    foundBy: ['C15', 'S50'],
  },
  {
    name: 'bill-begun-by-another-run-begun-again',
    file: 'server/db/queries/metered-debts.ts',
    find: `return (debt.bill?.version ?? null) === version ? debt : null`,
    replace: `return version !== undefined ? debt : null`,
    foundBy: ['S80', 'C15'],
    stage: ['metered2'],
  },
]

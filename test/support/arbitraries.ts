/** Values for property tests: the zones and instants where calendars go wrong. */
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'

/** Gaps and overlaps at 01:00, 02:00, 03:00 and midnight, half hours, far offsets, a skipped day. */
export const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Nuuk',
  'Europe/London',
  'Europe/Kyiv',
  'Africa/Cairo',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
)

const anySecond = fc
  .integer({ min: Date.UTC(2001, 0, 1) / 1000, max: Date.UTC(2094, 11, 31) / 1000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000))

const endOfMonth = fc
  .record({
    year: fc.integer({ min: 2001, max: 2094 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 28, max: 31 }),
    hour: fc.integer({ min: 0, max: 23 }),
  })
  .map(({ hour, ...date }) =>
    Temporal.PlainDate.from(date).toZonedDateTime('UTC').add({ hours: hour }).toInstant(),
  )

/** Whole seconds from 2001 to 2094, the last days of months as often as all others together. */
export const instants = fc.oneof(anySecond, endOfMonth)

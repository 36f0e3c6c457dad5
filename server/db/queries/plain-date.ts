/** Dates of the calendar are stored as TEXT, YYYY-MM-DD, which sorts. */
import { Temporal } from 'temporal-polyfill'

export function plainDate(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text)
}

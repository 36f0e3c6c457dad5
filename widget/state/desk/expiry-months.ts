/** The picture of the next months, decided before anything is drawn. Dates are `YYYY-MM-DD`. */
import { groupBy } from '../../../server/domain/group-by.ts'

export interface ExpiryDay {
  readonly date: string
  /** Licenses that end on that day. */
  readonly count: number
  /** Their units. */
  readonly quantity: number
}

/** One mark: a day, or some neighbouring days where a month is crowded. */
export interface ExpiryMark extends ExpiryDay {
  /** The same as `date` where the mark is one day. */
  readonly until: string
  /** Day of the month that the mark stands at, 1–31. */
  readonly day: number
  /** 0 is the lowest; marks that would touch stand above each other. */
  readonly lane: number
  /** 1–5, by the number of licenses, compared with the largest mark. */
  readonly size: number
  readonly isSoon: boolean
}

export interface ExpiryMonth {
  /** The first of the month. */
  readonly date: string
  readonly count: number
  readonly marks: readonly ExpiryMark[]
  readonly lanes: number
  /** Day of the month that is today; null in the other months. */
  readonly today: number | null
}

const SOON_DAYS = 30
const DAY_MS = 86_400_000
/** More days than this in one month would be a row of dots that nobody can hit. */
const CROWDED_DAYS = 6
const CLUSTER_DAYS = 5
/** In a month of 80 px, a mark of 24 px takes nine days. */
const MARK_DAYS = 9
const SIZES = 5

/**
 * @param from  today, in the customer's zone
 * @param to    the last day of the picture
 */
export function expiryMonths(
  days: readonly ExpiryDay[],
  from: string,
  to: string,
): readonly ExpiryMonth[] {
  const merged = [...groupBy(days, ({ date }) => date.slice(0, 7)).values()].map(merge)
  const largest = Math.max(1, ...merged.flat().map(({ count }) => count))
  return monthsBetween(from, to).map((month) => {
    const own = merged.find(([first]) => first?.date.startsWith(month)) ?? []
    const marks = placed(own, largest, from)
    return {
      date: `${month}-01`,
      count: own.reduce((sum, { count }) => sum + count, 0),
      marks,
      lanes: Math.max(1, ...marks.map(({ lane }) => lane + 1)),
      today: from.startsWith(month) ? dayOf(from) : null,
    }
  })
}

/** The last day of the month that a date lies in. */
export function endOfMonth(date: string): string {
  const [year = 0, month = 1] = date.split('-').map(Number)
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10)
}

interface Cluster extends ExpiryDay {
  readonly until: string
}

/** Days of one month; in a crowded one, those of the 1st–5th, 6th–10th … 26th–31st together. */
function merge(days: readonly ExpiryDay[]): readonly Cluster[] {
  const isCrowded = days.length > CROWDED_DAYS
  const place = ({ date }: ExpiryDay) =>
    isCrowded ? Math.min(Math.floor((dayOf(date) - 1) / CLUSTER_DAYS), 5) : dayOf(date)
  const sorted = days.toSorted((one, other) => one.date.localeCompare(other.date))
  return [...groupBy(sorted, place).values()].map((group) => ({
    date: group[0]?.date ?? '',
    until: group.at(-1)?.date ?? '',
    count: group.reduce((sum, { count }) => sum + count, 0),
    quantity: group.reduce((sum, { quantity }) => sum + quantity, 0),
  }))
}

/** Gives each mark its size, and the lowest lane in which it touches no other. */
function placed(clusters: readonly Cluster[], largest: number, today: string): ExpiryMark[] {
  const endOfLane: number[] = []
  return clusters.map((cluster) => {
    const day = Math.round((dayOf(cluster.date) + dayOf(cluster.until)) / 2)
    const free = endOfLane.findIndex((end) => day - end >= MARK_DAYS)
    const lane = free === -1 ? endOfLane.length : free
    endOfLane[lane] = day
    const isSoon = daysFrom(today, cluster.date) <= SOON_DAYS
    return { ...cluster, day, lane, size: sizeOf(cluster.count, largest), isSoon }
  })
}

/** The area grows with the number. */
function sizeOf(count: number, largest: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(count / largest) * SIZES))
}

function monthsBetween(from: string, to: string): readonly string[] {
  const [year = 0, month = 1] = from.split('-').map(Number)
  const [lastYear = 0, lastMonth = 1] = to.split('-').map(Number)
  const count = (lastYear - year) * 12 + lastMonth - month + 1
  return Array.from({ length: Math.max(count, 1) }, (_, index) =>
    new Date(Date.UTC(year, month - 1 + index, 1)).toISOString().slice(0, 7),
  )
}

function dayOf(date: string): number {
  return Number(date.slice(8, 10))
}

function daysFrom(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS
}

/** Windows of the API end before their last date; people's end with it. */
export function dayBefore(date: string): string {
  return new Date(Date.parse(date) - DAY_MS).toISOString().slice(0, 10)
}

/**
 * Which licenses are charged together (section 5): one order per customer, currency and day, until
 * that order keeps failing or time is short. Then each license gets its own, the earliest first, so
 * that a card which cannot pay for all still pays for some.
 */
import { Temporal } from 'temporal-polyfill'
import { groupBy } from './group-by.ts'

export interface DueCharge {
  readonly licenseId: string
  readonly customerId: string
  readonly currency: string
  readonly endsAt: Temporal.Instant
  /** Of this expiry. */
  readonly softFailures: number
}

const FAILURES_TOGETHER = 2
const ALONE_BEFORE_END = { hours: 3 * 24 }
/** Lines of one order. */
export const LARGEST_GROUP = 100

/**
 * @param due  what is charged now
 * @returns    each license once; inside a group and among the groups of a customer by expiry
 */
export function chargeGroups<Due extends DueCharge>(
  due: readonly Due[],
  now: Temporal.Instant,
): readonly (readonly Due[])[] {
  const byPurse = groupBy(due.toSorted(byExpiry), purse)
  return [...byPurse.values()].flatMap((together) => {
    const patient = together.filter(({ softFailures }) => softFailures < FAILURES_TOGETHER)
    const isShort = patient[0] !== undefined && isSoon(patient[0].endsAt, now)
    const alone = isShort ? together : together.filter((charge) => !patient.includes(charge))
    const groups = [...alone.map((charge) => [charge]), ...(isShort ? [] : chunks(patient))]
    return groups.toSorted(([one], [other]) => (one && other ? byExpiry(one, other) : 0))
  })
}

function purse({ customerId, currency }: DueCharge): string {
  return `${customerId} ${currency}`
}

function isSoon(endsAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(endsAt.subtract(ALONE_BEFORE_END), now) <= 0
}

function byExpiry(one: DueCharge, other: DueCharge): number {
  const difference = Temporal.Instant.compare(one.endsAt, other.endsAt)
  return difference === 0 ? (one.licenseId < other.licenseId ? -1 : 1) : difference
}

function chunks<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / LARGEST_GROUP)
  return Array.from({ length: count }, (_, index) =>
    items.slice(index * LARGEST_GROUP, (index + 1) * LARGEST_GROUP),
  )
}

/** What was bought when, so that every status of a license can be seen on the first screen. */
import type { Temporal } from 'temporal-polyfill'
import type { QuoteItem } from '../server/contract/quotes.ts'
import type { RenewalMode } from '../server/domain/license.ts'
import type { SeedUsage } from './seed-usage.ts'

export interface SeedPurchase {
  readonly product: string
  readonly customer: string
  readonly item: QuoteItem
  /** What its buyer chooses afterwards; absent where it stays as it was bought. */
  readonly mode?: RenewalMode
  /** What then uses what it brought. */
  readonly usage: SeedUsage
  readonly at: (today: Temporal.Instant) => Temporal.Instant
}

const HOURS_A_DAY = 24

const REPLICAS: SeedUsage = {
  hosts: named('replica', 9),
  released: ['replica-09'],
  consumed: ['vm-101', 'vm-102', 'vm-107'],
  reserved: ['vm-110'],
}
const STAGING: SeedUsage = {
  hosts: named('staging', 3),
  consumed: ['vm-201', 'vm-202'],
  reserved: ['vm-203'],
}

export const SEED_PURCHASES: readonly SeedPurchase[] = [
  { ...dr(20, 'year', false), at: daysAgo(425) }, // ended
  { ...dr(8, 'year', false), at: daysAgo(380) }, // retained: stopped, still renewable
  { ...dr(15, 'year', false), at: daysAgo(369), usage: { hosts: named('branch', 4) } }, // grace
  { ...dr(6, 'year', false), at: daysAgo(350), usage: { hosts: named('office', 6) } }, // expiring
  { ...dr(50, 'year', true), at: daysAgo(200), usage: REPLICAS },
  { ...dr(4, 'year', false), at: lastOfJanuary },
  { ...dr(12, 'month', true), at: daysAgo(19), usage: STAGING },
  {
    ...dr(5, 'month', false),
    mode: 'pay_per_use',
    at: daysAgo(3),
    usage: { hosts: named('lab', 2), offline: ['vault'] },
  },
  { ...failback(5), at: daysAgo(120) }, // ended
  { ...failback(3), at: daysAgo(40), usage: { consumed: ['vm-301'] } },
  { ...migration(10), at: daysAgo(82), usage: { consumed: named('app', 7), reserved: ['app-08'] } }, // expiring
  { ...migration(25), at: daysAgo(12), usage: { consumed: named('erp', 4) } },
]

function dr(quantity: number, cycle: 'month' | 'year', auto_renew: boolean) {
  return of('recover', { plan: 'dr', quantity, cycle, auto_renew })
}

function failback(quantity: number) {
  return of('recover', { plan: 'failback', quantity })
}

function migration(quantity: number) {
  return of('shift', { plan: 'migration', quantity })
}

/** `replica-01`, `replica-02` … */
function named(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name}-0${index + 1}`)
}

function of(product: string, item: SeedPurchase['item']) {
  return { product, customer: 'acme', item, usage: {} }
}

function daysAgo(days: number): SeedPurchase['at'] {
  return (today) => today.subtract({ hours: days * HOURS_A_DAY })
}

/** A month end: its anniversaries are where calendars go wrong (R1). */
function lastOfJanuary(today: Temporal.Instant): Temporal.Instant {
  const local = today.toZonedDateTimeISO('UTC')
  const thisYear = local.with({ month: 1, day: 31, hour: 16, minute: 55 })
  const isOver = thisYear.epochMilliseconds < local.epochMilliseconds
  return (isOver ? thisYear : thisYear.subtract({ years: 1 })).toInstant()
}

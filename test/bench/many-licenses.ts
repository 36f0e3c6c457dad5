/** Licenses by the thousand, put into the database in a few statements, as purchases would leave them. */
import type { Client } from '@libsql/client'
import type { Temporal } from 'temporal-polyfill'
import { formatInstant } from '../../server/domain/calendar.ts'

export interface Planting {
  /** Numbers of the licenses, from the first to the last, both included. */
  readonly from: number
  readonly to: number
  /** `cus_…` for all, or how many licenses each planted customer has. */
  readonly customer: string | { readonly each: number }
  readonly endsAt: Temporal.Instant
  /** Due at that time; renewed by hand when null. */
  readonly chargeAt: Temporal.Instant | null
}

const NUMBERS = 'WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)'

/** Customers `cus_0…1` and so on, without a saved method. */
export async function plantCustomers(client: Client, from: number, to: number): Promise<void> {
  await client.batch(
    [
      {
        sql: `${NUMBERS} INSERT INTO customers (id, product_id, subject, email, name, zone, locale, created_at, version)
          SELECT 'cus_' || printf('%026d', i), 'recover', 'bench-' || i, 'bench-' || i || '@customer.example',
            NULL, 'UTC', 'en', 0, 1 FROM n`,
        args: [from, to],
      },
    ],
    'write',
  )
}

/** Five units of DR by the month each, with the ledger of a purchase. */
export async function plantLicenses(client: Client, planting: Planting): Promise<void> {
  const { from, to, customer, endsAt, chargeAt } = planting
  const startsAt = endsAt.subtract({ hours: 30 * 24 })
  const local = endsAt.toZonedDateTimeISO('UTC')
  const time = local.toPlainTime().toString({ smallestUnit: 'second' })
  const anchor = { day: local.day, time, zone: 'UTC' }
  const bought = {
    kind: 'purchase',
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
    anchor,
    months: 1,
    extraDays: 0,
  }
  const owner =
    typeof customer === 'string'
      ? `'${customer}'`
      : `'cus_' || printf('%026d', (i - 1) / ${customer.each} + 1)`
  const entries = [bought, { kind: 'units_granted', quantity: 5 }]
  await client.batch(
    [
      {
        sql: `${NUMBERS} INSERT INTO licenses (id, product_id, customer_id, kind, plan_id, plan_name, type, one_time,
            cycle, total, activated_at, ends_at, service_days, anchor_day, anchor_time, zone, grace_days,
            retention_days, renewal_mode, next_charge_at, currency, key_hash, key_cipher, key_last4, created_at, version)
          SELECT 'lic_' || printf('%026d', i), 'recover', ${owner}, 'grant', 'dr', 'DR License', 'dr', 0,
            'month', 5, ?, ? + (i % 997) * ?, 30, ?, ?, 'UTC', 7, 15, ?, ?, 'USD', 'hash of ' || i, 'none', 'ABCD', 0, 1 FROM n`,
        args: [
          from,
          to,
          startsAt.epochMilliseconds,
          endsAt.epochMilliseconds,
          // Those that are only listed end at many times.
          chargeAt === null ? 1000 : 0,
          anchor.day,
          time,
          chargeAt === null ? 'manual' : 'auto',
          chargeAt?.epochMilliseconds ?? null,
        ],
      },
      ...entries.map((entry, index) => ({
        sql: `${NUMBERS} INSERT INTO coverage (license_id, sequence, kind, entry, at)
          SELECT 'lic_' || printf('%026d', i), ?, ?, ?, 0 FROM n`,
        args: [from, to, index + 1, entry.kind, JSON.stringify(entry)],
      })),
      {
        sql: `${NUMBERS} INSERT INTO journal (stream, version, type, actor, product_id, data, at)
          SELECT 'license:lic_' || printf('%026d', i), 1, 'bench.planted', 'bench', 'recover', '{}', 0 FROM n`,
        args: [from, to],
      },
    ],
    'write',
  )
}

/** What the tables say, read beside the server: whole rows, as they are on the disk. */
import type { Disk, Row } from '../world/database.ts'

export interface OrderFacts {
  readonly order: OrderRow
  readonly customer: Row
  readonly lines: readonly Row[]
  readonly payments: readonly PaymentRow[]
  readonly licenses: readonly LicenseRow[]
  /** What its lines added to ledgers, of these and of other licenses. */
  readonly periods: readonly PeriodRow[]
  readonly mails: readonly Row[]
  readonly tasks: readonly Row[]
  readonly promo: Row | null
}

export interface OrderRow extends Row {
  readonly id: string
  readonly state: string
  readonly version: number
  readonly total: number
  readonly currency: string
  readonly product_id: string
  readonly customer_id: string
  readonly quote_id: string
  readonly expires_at: number
  readonly review_reason: string | null
}

export interface PaymentRow extends Row {
  readonly session_id: string
  readonly state: string
  readonly amount: number
  readonly currency: string
}

export interface LicenseRow extends Row {
  readonly id: string
  readonly order_id: string
  readonly order_line_id: string
  readonly kind: string
  readonly total: number
  readonly reserved: number
  readonly consumed: number
  readonly activated_at: number
  readonly ends_at: number
  readonly zone: string
  readonly plan_id: string
  readonly renewal_mode: string | null
  readonly next_charge_at: number | null
  readonly revoked_at: number | null
  readonly suspended_at: number | null
  readonly version: number
}

export interface PeriodRow extends Row {
  readonly license_id: string
  readonly sequence: number
  readonly kind: string
  readonly order_line_id: string | null
  /** JSON. */
  readonly entry: string
}

export interface JournalRow extends Row {
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly actor: string
}

export function orderFacts({ all }: Disk, orderId: string): OrderFacts | null {
  const [order] = all('SELECT * FROM orders WHERE id = ?', orderId) as OrderRow[]
  if (order === undefined) return null
  const [customer = {}] = all('SELECT * FROM customers WHERE id = ?', order.customer_id)
  return {
    order,
    customer,
    lines: all('SELECT * FROM order_lines WHERE order_id = ? ORDER BY position', orderId),
    payments: all(
      'SELECT * FROM payments WHERE order_id = ? ORDER BY attempt',
      orderId,
    ) as PaymentRow[],
    licenses: all('SELECT * FROM licenses WHERE order_id = ?', orderId) as LicenseRow[],
    periods: all(
      `SELECT coverage.* FROM order_lines JOIN coverage ON coverage.order_line_id = order_lines.id
        WHERE order_lines.order_id = ? ORDER BY license_id, sequence`,
      orderId,
    ) as PeriodRow[],
    mails: all('SELECT * FROM mails WHERE reference = ?', orderId),
    tasks: all('SELECT * FROM operator_tasks WHERE reference = ?', orderId),
    promo: all('SELECT * FROM promo_uses WHERE order_id = ?', orderId)[0] ?? null,
  }
}

export function journalSince({ all }: Disk, position: number): readonly JournalRow[] {
  return all('SELECT * FROM journal WHERE position > ? ORDER BY position', position) as JournalRow[]
}

export interface LicenseFacts {
  readonly license: LicenseRow
  readonly ledger: readonly PeriodRow[]
}

export function licenseFacts({ all }: Disk, licenseId: string): LicenseFacts | null {
  const [license] = all('SELECT * FROM licenses WHERE id = ?', licenseId) as LicenseRow[]
  if (license === undefined) return null
  const ledger = all('SELECT * FROM coverage WHERE license_id = ? ORDER BY sequence', licenseId)
  return { license, ledger: ledger as PeriodRow[] }
}

/** Licenses that an order is about, paid or not. */
export function extendedBy({ all }: Disk, orderId: string): readonly string[] {
  return all(
    'SELECT license_id AS id FROM order_lines WHERE order_id = ? AND license_id IS NOT NULL',
    orderId,
  ).map(({ id }) => String(id))
}

export function allLicenseIds({ all }: Disk): readonly string[] {
  return all('SELECT id FROM licenses').map(({ id }) => String(id))
}

export function allOrderIds({ all }: Disk): readonly string[] {
  return all('SELECT id FROM orders').map(({ id }) => String(id))
}

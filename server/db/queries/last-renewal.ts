/** The renewal that a license was given last: its customer may take it back before it begins (section 4). */
import { sql } from 'drizzle-orm'
import type { OrderState } from '../../domain/order.ts'
import type { Id } from '../../domain/ids.ts'
import type { LedgerRow } from '../../domain/take-back.ts'
import { coverage, licenses, orderLines, orders } from '../schema.ts'

export interface LastRenewal {
  readonly orderId: Id<'ord'>
  readonly lineId: Id<'oln'>
  readonly state: OrderState
  /** Where the license ended before, `YYYY-MM-DDTHH:MM:SSZ`, unless something was taken back since. */
  readonly startsAt: string
  /** Everything, where something was taken back ever; null otherwise. */
  readonly ledger: readonly LedgerRow[] | null
}

const LEDGER = sql`(SELECT json_group_array(json_object('sequence', row.sequence,
    'entry', json(row.entry), 'orderLineId', row.order_line_id) ORDER BY row.sequence)
  FROM ${coverage} AS row WHERE row.license_id = ${licenses.id}
  AND EXISTS (SELECT 1 FROM ${coverage} AS back
    WHERE back.license_id = ${licenses.id} AND back.kind = 'reversal')
  HAVING count(*) > 0)`

/** A column of a query over `licenses`; null where no renewal by an order is left. */
export const LAST_RENEWAL = sql<LastRenewal | null>`(SELECT json_object('orderId', ${orders.id},
    'lineId', ${orderLines.id}, 'state', ${orders.state},
    'startsAt', json_extract(${coverage.entry}, '$.startsAt'), 'ledger', json(${LEDGER}))
  FROM ${coverage}
  JOIN ${orderLines} ON ${orderLines.id} = ${coverage.orderLineId}
  JOIN ${orders} ON ${orders.id} = ${orderLines.orderId}
  WHERE ${coverage.licenseId} = ${licenses.id} AND ${coverage.kind} = 'renewal'
  AND ${orders.state} <> 'refunded'
  ORDER BY ${coverage.sequence} DESC LIMIT 1)`.mapWith({
  mapFromDriverValue: (text: string): LastRenewal => JSON.parse(text),
})

/** The renewal that a license was given last: its customer may take it back before it begins (section 4). */
import { sql } from 'drizzle-orm'
import type { OrderState } from '../../domain/order.ts'
import type { Id } from '../../domain/ids.ts'
import { coverage, licenses, orderLines, orders } from '../schema.ts'

export interface LastRenewal {
  readonly orderId: Id<'ord'>
  readonly state: OrderState
  /** Where the license ended before, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly startsAt: string
}

/** A column of a query over `licenses`; null where it was never renewed by an order. */
export const LAST_RENEWAL = sql<LastRenewal | null>`(SELECT json_object('orderId', ${orders.id},
    'state', ${orders.state}, 'startsAt', json_extract(${coverage.entry}, '$.startsAt'))
  FROM ${coverage}
  JOIN ${orderLines} ON ${orderLines.id} = ${coverage.orderLineId}
  JOIN ${orders} ON ${orders.id} = ${orderLines.orderId}
  WHERE ${coverage.licenseId} = ${licenses.id} AND ${coverage.kind} = 'renewal'
  ORDER BY ${coverage.sequence} DESC LIMIT 1)`.mapWith({
  mapFromDriverValue: (text: string): LastRenewal => JSON.parse(text),
})

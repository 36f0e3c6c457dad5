/** What the filters of a license list are read by. */
import type { Context } from 'hono'
import { readCustomer } from '../db/queries/customers.ts'
import type { CustomerScope } from '../domain/scope.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import type { FilterContext } from './license-page.ts'

/** Only a query that names dates has to know whose calendar they are on: one more round trip. */
export async function filterContext(
  c: Context<WidgetEnv>,
  scope: CustomerScope,
  query: { readonly expires_from?: string | undefined; readonly expires_to?: string | undefined },
): Promise<FilterContext> {
  const { deps, product } = c.var
  const hasDates = query.expires_from !== undefined || query.expires_to !== undefined
  const customer = hasDates ? await readCustomer(deps.db, scope) : null
  return { now: deps.now(), product, zone: customer?.zone ?? product.time_zone }
}

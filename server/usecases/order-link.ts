/** The private link of an order: who has it sees its receipt, and can change nothing. */
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { privateToken } from './private-token.ts'

/** By which a token that somebody brings is looked up, kept with the order; the same work for every text. */
export function orderTokenHash(deps: Pick<Deps, 'secrets'>, token: string): Promise<string> {
  return privateToken(deps, `order-token:${token}`)
}

export async function hashOfOrder(deps: Pick<Deps, 'secrets'>, id: Id<'ord'>): Promise<string> {
  return orderTokenHash(deps, await orderToken(deps, id))
}

/** Where the receipt of the order is, once there is one. */
export async function receiptUrl(
  deps: Pick<Deps, 'secrets' | 'config'>,
  id: Id<'ord'>,
): Promise<string> {
  return `${deps.config.centerOrigin}/orders/${await orderToken(deps, id)}/receipt`
}

function orderToken(deps: Pick<Deps, 'secrets'>, id: Id<'ord'>): Promise<string> {
  return privateToken(deps, `order-link:${id}`)
}

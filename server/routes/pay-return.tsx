/** GET /pay/return: the provider sends the buyer's window here; the second caller of fulfilment (P06, P07). */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { productAt } from '../db/catalogue-store.ts'
import { readMethodSetup } from '../db/queries/method-setups.ts'
import { readOrderForSettlement } from '../db/queries/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { isId } from '../domain/ids.ts'
import type { Id } from '../domain/ids.ts'
import type { OrderState } from '../domain/order.ts'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from '../http/env.ts'
import { respondWithPage, settingOf } from '../pages/layout.tsx'
import { PaymentReturnPage, refreshOf } from '../pages/payment-return-page.tsx'
import type { PaymentReturnState, PaymentReturnView } from '../pages/payment-return-page.tsx'
import { settleMethodSetup } from '../usecases/settle-method-setup.ts'
import { settleOrder } from '../usecases/settle-order.ts'

export const payReturn = new Hono<AppEnv>().get('/pay/return', async (c) => {
  const setupId = c.req.query('setup')
  const view = setupId === undefined ? await viewOf(c) : await setupViewOf(c, setupId)
  const refresh = refreshOf(view)
  if (refresh !== null) c.header('Refresh', refresh)
  c.header('Cache-Control', 'no-store')
  const status = view.state === 'unknown' ? 404 : 200
  return respondWithPage(c, <PaymentReturnPage setting={settingOf(c)} view={view} />, status)
})

/** The same page for a method that is saved beside any order. */
async function setupViewOf(c: Context<AppEnv>, id: string): Promise<PaymentReturnView> {
  const { pathname, search } = new URL(c.req.url)
  const record = isId('set', id) ? await settledSetup(c, id) : null
  const state = record === null ? 'unknown' : SETUP_STATES[record.setup.state]
  const isLeft = c.req.query('how') === 'left'
  return {
    state: state === 'checking' && isLeft ? 'not_saved' : state,
    orderId: null,
    homeUrl: record?.setup.returnUrl ?? null,
    paymentUrl: null,
    selfUrl: pathname + search,
  }
}

async function settledSetup(c: Context<AppEnv>, id: Id<'set'>) {
  const { deps } = c.var
  try {
    return await settleMethodSetup(deps, id, { actor: 'return-page' })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return readMethodSetup(deps.db, id)
  }
}

const SETUP_STATES = {
  open: 'checking',
  saved: 'saved',
  expired: 'not_saved',
} as const satisfies Record<string, PaymentReturnState>

async function viewOf(c: Context<AppEnv>): Promise<PaymentReturnView> {
  const { deps } = c.var
  const orderId = c.req.query('order') ?? ''
  const { pathname, search } = new URL(c.req.url)
  const selfUrl = pathname + search
  const record = isId('ord', orderId) ? await settled(c, orderId) : null
  if (record === null) {
    return { state: 'unknown', orderId: null, homeUrl: null, paymentUrl: null, selfUrl }
  }
  const { order, payments } = record
  const product = await productAt(deps.db, order.catalogueVersion, order.productId)
  return {
    state: STATES[order.state] ?? (c.req.query('how') === 'left' ? 'open' : 'checking'),
    orderId: order.id,
    homeUrl: product.home_url,
    paymentUrl: payments.at(-1)?.url ?? null,
    selfUrl,
  }
}

/** When the provider cannot be asked right now, the page says what we know and looks again. */
async function settled(c: Context<AppEnv>, orderId: Id<'ord'>): Promise<OrderRecord | null> {
  const { deps } = c.var
  try {
    return (await settleOrder(deps, orderId, { actor: 'return-page' })).record
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return readOrderForSettlement(deps.db, orderId)
  }
}

/** `pending` is not here: it depends on which way the buyer left the payment page. */
const STATES: Partial<Record<OrderState, PaymentReturnState>> = {
  processing: 'processing',
  paid: 'checking',
  payable: 'checking',
  fulfilled: 'issued',
  failed: 'failed',
  canceled: 'canceled',
  expired: 'expired',
  review: 'review',
  partially_refunded: 'issued',
  refunded: 'canceled',
}

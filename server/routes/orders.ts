/** Orders: accept a quote, follow it, cancel it. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Order, OrderRequest } from '../contract/orders.ts'
import { RefundRequest } from '../contract/refunds.ts'
import { readOrder } from '../db/queries/orders.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { isId } from '../domain/ids.ts'
import { Refused } from '../domain/refusals.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { clientAddress } from '../http/client-address.ts'
import { idempotencyOf } from '../http/idempotency.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import { cancelOrder } from '../usecases/cancel-order.ts'
import { placeOrder } from '../usecases/place-order.ts'
import { refundOrder } from '../usecases/refund-order.ts'
import { orderAnswer } from './order-answer.ts'
import { pollUntil } from './long-poll.ts'

export const orders = createApi<WidgetEnv>()

const byId = z.object({ id: z.string() })

orders.openapi(
  createRoute({
    method: 'post',
    path: '/orders',
    security: hostToken,
    summary: 'Accept a quote: an order, and where to pay it',
    description:
      'One quote makes one order. A repeat answers 200 with the same order. With `payment_method`, one of `GET payment-methods`, that method is charged at once: the answer is `fulfilled`, or `processing` for a bank debit. Where the bank says no or wants to see its customer, it is `pending` with `payment_url` and the reason in `failure`. 404 `payment_method.not_found` when it is not one of theirs; nothing is ordered then.',
    request: {
      headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
      body: body(OrderRequest),
    },
    responses: {
      200: json(Order, 'The order that an earlier request placed'),
      201: json(Order, 'The new order'),
      ...refused,
    },
  }),
  async (c) => {
    const { scope, identity } = customerOf(c, 'buy')
    const request = c.req.valid('json')
    const { record, isRepeat } = await placeOrder(c.var.deps, c.var.product, {
      scope,
      request,
      locale: localeOfHeader(c.req.header('Accept-Language')),
      idempotency: await idempotencyOf(c, request),
      buyer: {
        email: identity.email,
        name: identity.name,
        locale: identity.locale,
        ip: clientAddress(c),
        userAgent: c.req.header('User-Agent')?.slice(0, 500) ?? null,
      },
    })
    if (isRepeat) c.header('Idempotent-Replayed', 'true')
    return c.json(await answer(c, record), isRepeat ? 200 : 201)
  },
)

orders.openapi(
  createRoute({
    method: 'get',
    path: '/orders/{id}',
    security: hostToken,
    summary: 'Follow an order',
    request: {
      params: byId,
      query: z.object({
        wait: z.coerce.number().min(0).max(25).optional().openapi({
          description: 'Seconds to wait for a change while the order is pending or processing',
        }),
      }),
    },
    responses: { 200: json(Order, 'The order as it is now'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const { id } = c.req.valid('param')
    const record = await pollUntil(c.var.deps, {
      seconds: c.req.valid('query').wait ?? 0,
      signal: c.req.raw.signal,
      read: () => readOrder(c.var.deps.db, scope, id),
      isOpen: (found) => found !== null && ['pending', 'processing'].includes(found.order.state),
      isChanged: (first, found) => first?.order.version !== found?.order.version,
    })
    if (record === null) throw new Refused('order.not_found')
    return c.json(await answer(c, record), 200)
  },
)

orders.openapi(
  createRoute({
    method: 'post',
    path: '/orders/{id}/cancel',
    security: hostToken,
    summary: 'Cancel an unpaid order',
    description: 'Closes the payment page. 409 `order.completing` when the payment was faster.',
    request: { params: byId },
    responses: { 200: json(Order, 'The canceled order'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'buy')
    const record = await cancelOrder(c.var.deps, scope, c.req.valid('param').id)
    return c.json(await answer(c, record), 200)
  },
)

orders.openapi(
  createRoute({
    method: 'post',
    path: '/orders/{id}/refund',
    security: hostToken,
    summary: 'Take back a renewal that has not begun',
    description:
      'Customers take back a whole renewal that has not begun (`kind: period`); 409 `refund.operator_only` otherwise. The same wish is one refund.',
    request: { params: byId, body: body(RefundRequest) },
    responses: { 200: json(Order, 'The order with its refunds'), ...refused },
  }),
  async (c) => {
    const { scope, identity } = customerOf(c, 'manage')
    const { id } = c.req.valid('param')
    if (!isId('ord', id)) throw new Refused('order.not_found')
    const { kind, lines, amount, reason } = c.req.valid('json')
    const record = await refundOrder(c.var.deps, id, {
      kind,
      lines:
        lines?.map((line) => ({ licenseId: line.license_id, quantity: line.quantity ?? null })) ??
        null,
      amount: amount ?? null,
      reason,
      actor: `customer:${identity.subject}`,
      scope,
    })
    return c.json(await answer(c, record), 200)
  },
)

function answer(c: Context<WidgetEnv>, record: OrderRecord): Promise<Order> {
  const locale = localeOfHeader(c.req.header('Accept-Language'))
  return orderAnswer(c.var.deps, c.var.product, record, locale)
}

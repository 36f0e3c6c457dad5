/** Saved payment methods: what later charges may use. */
import { createRoute, z } from '@hono/zod-openapi'
import {
  PaymentMethodList,
  PaymentMethodRequest,
  PaymentMethodSetup,
} from '../contract/payment-methods.ts'
import type { PaymentMethod } from '../contract/payment-methods.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { chooseMethod, listSavedMethods, removeMethod } from '../usecases/change-saved-method.ts'
import { openMethodSetup } from '../usecases/open-method-setup.ts'

export const paymentMethods = createApi<WidgetEnv>()

const byId = z.object({ id: z.string().min(1).max(64) })

paymentMethods.openapi(
  createRoute({
    method: 'get',
    path: '/payment-methods',
    security: hostToken,
    summary: 'List the saved payment methods, newest first',
    request: {},
    responses: { 200: json(PaymentMethodList, 'Empty before the first order'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    return c.json(answer(await listSavedMethods(c.var.deps, scope)), 200)
  },
)

paymentMethods.openapi(
  createRoute({
    method: 'post',
    path: '/payment-methods',
    security: hostToken,
    summary: 'Save a payment method on the provider’s page',
    description:
      'Nothing is charged there. The method that is saved last is the default. Asked again, it is the same page while that is open.',
    request: { body: body(PaymentMethodRequest) },
    responses: { 200: json(PaymentMethodSetup, 'Where the page is'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { return_url: returnUrl, locale = null } = c.req.valid('json')
    const url = await openMethodSetup(c.var.deps, c.var.product, scope, { returnUrl, locale })
    return c.json({ url }, 200)
  },
)

paymentMethods.openapi(
  createRoute({
    method: 'post',
    path: '/payment-methods/{id}/default',
    security: hostToken,
    summary: 'Choose the method that later charges use',
    request: { params: byId },
    responses: { 200: json(PaymentMethodList, 'The methods as they are now'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    return c.json(answer(await chooseMethod(c.var.deps, scope, c.req.valid('param').id)), 200)
  },
)

paymentMethods.openapi(
  createRoute({
    method: 'delete',
    path: '/payment-methods/{id}',
    security: hostToken,
    summary: 'Remove a saved method for good',
    description:
      'The newest of the others becomes the default. Without one, automatic renewals stop until there is one again.',
    request: { params: byId },
    responses: { 200: json(PaymentMethodList, 'What is left'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    return c.json(answer(await removeMethod(c.var.deps, scope, c.req.valid('param').id)), 200)
  },
)

function answer(methods: Awaited<ReturnType<typeof listSavedMethods>>): PaymentMethodList {
  const data = methods.map(({ id, kind, brand, last4, expires, isDefault }): PaymentMethod => ({
    id,
    kind,
    brand,
    last4,
    expires,
    is_default: isDefault,
  }))
  return { data }
}

/** Payment methods and invoices, on the provider's own page (S29). */
import { createRoute } from '@hono/zod-openapi'
import { BillingPortal, BillingPortalRequest } from '../contract/billing-portal.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { openBillingPortal } from '../usecases/open-billing-portal.ts'

export const billingPortal = createApi<WidgetEnv>()

billingPortal.openapi(
  createRoute({
    method: 'post',
    path: '/billing-portal',
    security: hostToken,
    summary: 'A page for payment methods and invoices',
    request: { body: body(BillingPortalRequest) },
    responses: { 200: json(BillingPortal, 'Where the page is, for a short time'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'buy')
    const { return_url } = c.req.valid('json')
    const url = await openBillingPortal(c.var.deps, c.var.product, scope, return_url ?? null)
    return c.json({ url }, 200)
  },
)

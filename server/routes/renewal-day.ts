/** The customer's standard renewal day (S51). */
import { createRoute } from '@hono/zod-openapi'
import { RenewalDayBody } from '../contract/renewal-day.ts'
import { readCustomer } from '../db/queries/customers.ts'
import { parseRenewalDay } from '../domain/alignment.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { setRenewalDay } from '../usecases/set-renewal-day.ts'

export const renewalDay = createApi<WidgetEnv>()

renewalDay.openapi(
  createRoute({
    method: 'get',
    path: '/renewal-day',
    security: hostToken,
    summary: 'Read the standard renewal day',
    request: {},
    responses: { 200: json(RenewalDayBody, 'The day; 1 until another one is set'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'read')
    const customer = await readCustomer(c.var.deps.db, scope)
    return c.json({ day: parseRenewalDay(customer?.renewalDay ?? '1') ?? 1 }, 200)
  },
)

renewalDay.openapi(
  createRoute({
    method: 'put',
    path: '/renewal-day',
    security: hostToken,
    summary: 'Set the standard renewal day',
    description: 'It moves nothing by itself; renewals with `align` end on it.',
    request: { body: body(RenewalDayBody) },
    responses: { 200: json(RenewalDayBody, 'The day as it is now'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { day } = c.req.valid('json')
    await setRenewalDay(c.var.deps, scope, day)
    return c.json({ day }, 200)
  },
)

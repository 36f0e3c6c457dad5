/** `/w/{key}/registration-code`, `activation-codes/redeem`: a license without a payment (S34). */
import { createRoute } from '@hono/zod-openapi'
import { RedeemBody, Redeemed, RegistrationCode } from '../contract/activation-codes.ts'
import { formatInstant } from '../domain/calendar.ts'
import { customerCode, customerDigest } from '../domain/offline-codes.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { redeemActivationCode } from '../usecases/activation-codes.ts'

export const activationCodes = createApi<WidgetEnv>()

activationCodes.openapi(
  createRoute({
    method: 'get',
    path: '/registration-code',
    security: hostToken,
    summary: 'Read the registration code of the customer',
    description:
      'Names this customer of this product to an operator, who issues an activation code for it. Always the same. Needs the scope `manage`.',
    responses: { 200: json(RegistrationCode, 'The code'), ...refused },
  }),
  async (c) => {
    const { identity } = customerOf(c, 'manage')
    const digest = await customerDigest(c.var.product.id, identity.subject)
    const now = formatInstant(c.var.deps.now())
    return c.json({ registration_code: customerCode(digest), now }, 200)
  },
)

activationCodes.openapi(
  createRoute({
    method: 'post',
    path: '/activation-codes/redeem',
    security: hostToken,
    summary: 'Take the license of an activation code',
    description: 'Safe to repeat: one code is one license. Needs the scope `manage`.',
    request: { body: body(RedeemBody) },
    responses: { 200: json(Redeemed, 'The license'), ...refused },
  }),
  async (c) => {
    const { identity } = customerOf(c, 'manage')
    const { deps, product } = c.var
    const code = c.req.valid('json').activation_code
    const id = await redeemActivationCode(deps, product, identity, code)
    return c.json({ license_id: id, licenses: [id], now: formatInstant(deps.now()) }, 200)
  },
)

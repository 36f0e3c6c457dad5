/** `/w/{key}/licenses/{id}/rebind`: another installation in the place of one (S82). */
import { createRoute, z } from '@hono/zod-openapi'
import { Rebind, RebindBody, WithdrawBody } from '../contract/installations.ts'
import { networkOf } from '../domain/source.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { clientAddress } from '../http/client-address.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { decideRebind } from '../usecases/decide-rebind.ts'
import { requestRebind } from '../usecases/request-rebind.ts'
import { rebindAnswer } from './installation-answer.ts'

export const rebinds = createApi<WidgetEnv>()

const ofLicense = z.object({ id: z.string() })

rebinds.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/rebind',
    security: hostToken,
    summary: 'Move a unit to another installation',
    description:
      '`approved`: done. `requested`: an operator decides, and both ends are told by mail. The same wish again is the same request. Needs the scope `manage`.',
    request: { params: ofLicense, body: body(RebindBody) },
    responses: { 200: json(Rebind, 'The request, decided or waiting'), ...refused },
  }),
  async (c) => {
    const { scope, identity } = customerOf(c, 'manage')
    const asked = c.req.valid('json')
    const row = await requestRebind(c.var.deps, c.var.product, {
      scope,
      licenseId: c.req.valid('param').id,
      activationId: asked.activation_id,
      fingerprint: asked.fingerprint,
      name: asked.name ?? null,
      note: asked.reason ?? null,
      email: identity.email,
      network: networkOf(clientAddress(c)),
    })
    return c.json(rebindAnswer(row), 200)
  },
)

rebinds.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/rebind/withdraw',
    security: hostToken,
    summary: 'Withdraw a request that waits',
    description: 'Safe to repeat. Needs the scope `manage`.',
    request: { params: ofLicense, body: body(WithdrawBody) },
    responses: { 200: json(Rebind, 'The request, withdrawn'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { deps, product } = c.var
    const row = await decideRebind(deps, async () => product, {
      rebindId: c.req.valid('json').rebind_id,
      decision: 'withdrawn',
      owner: { scope, licenseId: c.req.valid('param').id },
      actor: null,
      reason: null,
    })
    return c.json(rebindAnswer(row), 200)
  },
)

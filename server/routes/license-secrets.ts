/** `/w/{key}/licenses/{id}/…`: the license key shown, replaced, sent again. */
import { createRoute, z } from '@hono/zod-openapi'
import { RotatedKey, RotateKeyBody, SentKey } from '../contract/activation-codes.ts'
import { RevealedKey } from '../contract/license-api.ts'
import { formatInstant } from '../domain/calendar.ts'
import { body, hostToken, json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import { customerOf } from '../http/visitor.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { rotateKey, sendKey } from '../usecases/change-key.ts'
import { revealKey } from '../usecases/reveal-key.ts'

export const licenseSecrets = createApi<WidgetEnv>()

const ofLicense = z.object({ id: z.string() })

licenseSecrets.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/reveal',
    security: hostToken,
    summary: 'Show the license key',
    description: 'Each time is journaled. Needs the scope `manage`.',
    request: { params: ofLicense },
    responses: { 200: json(RevealedKey, 'The key'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const key = await revealKey(c.var.deps, scope, c.req.valid('param').id)
    return c.json({ key }, 200)
  },
)

licenseSecrets.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/rotate-key',
    security: hostToken,
    summary: 'Replace the license key',
    description:
      'What is activated stays activated. The old key stops at `previous_until`. Repeating it with the same ending answers the same new key. Needs the scope `manage`.',
    request: { params: ofLicense, body: body(RotateKeyBody) },
    responses: { 200: json(RotatedKey, 'The new key'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const asked = c.req.valid('json')
    const { license, key, previousUntil } = await rotateKey(c.var.deps, c.var.product, {
      licenseId: c.req.valid('param').id,
      scope,
      actor: null,
      reason: null,
      keyLast4: asked.key_last4,
      overlapHours: asked.overlap_hours ?? 0,
    })
    const previous = formatInstant(previousUntil)
    return c.json({ key, key_last4: license.keyLast4, previous_until: previous }, 200)
  },
)

licenseSecrets.openapi(
  createRoute({
    method: 'post',
    path: '/licenses/{id}/send-key',
    security: hostToken,
    summary: 'Send the license key by mail',
    description:
      'To the stored address of the customer, at most once in each hour. Needs the scope `manage`.',
    request: { params: ofLicense },
    responses: { 202: json(SentKey, 'It is on its way, or was sent within this hour'), ...refused },
  }),
  async (c) => {
    const { scope } = customerOf(c, 'manage')
    const { deps, product } = c.var
    const licenseId = c.req.valid('param').id
    const command = { licenseId, scope, actor: null, reason: null }
    const sentTo = await sendKey(deps, product, command)
    return c.json({ sent_to: sentTo, now: formatInstant(deps.now()) }, 202)
  },
)

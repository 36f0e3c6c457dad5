/** POST /webhooks/stripe: the provider's notifications, on the raw body. */
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { Refused } from '../domain/refusals.ts'
import type { AppEnv } from '../http/env.ts'
import { handleProviderEvent } from '../usecases/handle-provider-event.ts'

/** Events carry whole objects; the provider's own bound is lower. */
const MAX_BYTES = 1024 * 1024

const limit = bodyLimit({
  maxSize: MAX_BYTES,
  onError: () => {
    throw new Refused('request.too_large')
  },
})

/** A BOM stays: the signature does not cover it, and `c.req.text()` would drop it unseen (P24). */
const raw = new TextDecoder('utf-8', { ignoreBOM: true })

export const webhooks = new Hono<AppEnv>().post('/stripe', limit, async (c) => {
  const { deps } = c.var
  const rawBody = raw.decode(await c.req.arrayBuffer())
  const event = await deps.payments.readEvent(rawBody, c.req.header('Stripe-Signature') ?? null)
  const outcome = await handleProviderEvent(deps, event)
  deps.log({ level: 'info', event: 'webhook.received', type: event.type, id: event.id, outcome })
  return c.json({ received: true, outcome })
})

/**
 * The stand-in as a process of its own: `npm run stripe`, after `npm run build:server`. Who wants its
 * webhooks asks for them as at Stripe: `POST /v1/webhook_endpoints`.
 */
import { Temporal } from 'temporal-polyfill'
import { startStripeStandIn } from './stand-in.ts'

const port = Number(process.env['STRIPE_PORT'] ?? 12111)
const { origin, close } = await startStripeStandIn({ port, now: () => Temporal.Now.instant() })
console.log(origin)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void close().then(() => process.exit(0)))
}

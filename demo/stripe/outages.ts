/** The hours in which Stripe does not answer as it should. */
import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'
import { StripeFault } from './errors.ts'
import { nextOutage, type Switches } from './switches.ts'

export interface OutageEnv {
  Bindings: HttpBindings
  Variables: { mustFail: boolean }
}

/** Longer than any client waits. */
const SILENT_MS = 90_000

export function outages(switches: Switches): MiddlewareHandler<OutageEnv> {
  return async (c, next) => {
    const outage = nextOutage(switches)
    if (outage === '500') {
      throw new StripeFault(500, { type: 'api_error', message: 'An unknown error occurred' })
    }
    if (outage === '500_final') {
      const error = { type: 'api_error', message: 'An unknown error occurred' }
      return c.json({ error }, 500, { 'Stripe-Should-Retry': 'false' })
    }
    if (outage === '429') {
      const message = 'Request rate limit exceeded.'
      throw new StripeFault(429, { type: 'invalid_request_error', code: 'rate_limit', message })
    }
    c.set('mustFail', outage === '500_stored')
    await next()
    if (outage === 'reset') c.env.incoming.socket.destroy()
    if (outage === 'timeout') await silence(c.req.raw.signal)
  }
}

/** Runs behind the idempotency layer, which keeps this answer for its key. */
export const storedFailures: MiddlewareHandler<OutageEnv> = async (c, next) => {
  if (c.var.mustFail) {
    const body = { type: 'api_error', message: 'An unknown error occurred' } as const
    throw new StripeFault(500, body, { isKept: true })
  }
  await next()
}

function silence(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, SILENT_MS)
    timer.unref()
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

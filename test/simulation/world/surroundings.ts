/** What the product's packages reach without asking, as this world has it: Stripe's line, timers, chance. */
import type { Surroundings } from '../core/ambient.ts'
import { CONNECTION_BROKEN, type World } from './world.ts'

export function surroundingsOf(world: World): Surroundings {
  const { scheduler } = world
  return {
    fetch: (url, init) => askStripe(world, url, init),
    setTimeout: (callback, ms) =>
      scheduler.put(scheduler.current, `${scheduler.current.steps}t`, ms, callback),
    clearTimeout: (timer) => scheduler.remove(timer),
    random: () => scheduler.current.chance.real(),
    randomBytes: (length) => scheduler.current.chance.bytes(length),
  }
}

/** A call that was given up may still reach Stripe: it is only nobody's answer any more. */
function askStripe(world: World, url: string, init: RequestInit): Promise<Response> {
  const label = () => `asks Stripe: ${init.method ?? 'GET'} ${new URL(url).pathname.slice(4)}`
  const call = world.step<Response>(
    'stripe',
    label,
    async () => {
      if (world.isStripeAway) throw new TypeError(CONNECTION_BROKEN)
      world.stripe.advance()
      return world.stripe.answer(url, init)
    },
    { error: () => failure(500, 'api_error'), limit: () => failure(429, 'invalid_request_error') },
  )
  const { signal } = init
  if (!signal) return call
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
    call.then(resolve, reject)
  })
}

function failure(status: 429 | 500, type: string): Response {
  return Response.json({ error: { type, message: 'Not now.' } }, { status })
}

/** Limits on Workers: Cloudflare's rate-limit binding counts per location, by what `wrangler.toml` says. */
import type { Limiter } from '../deps.ts'

const BINDING = 'KEY_GUESSES'
/** The binding does not say when its period ends; `wrangler.toml` says how long it is. */
const PERIOD_SECONDS = 60

interface RateLimit {
  limit(options: { readonly key: string }): Promise<{ readonly success: boolean }>
}

/**
 * The binding lasts as long as the isolate, so it may be shared by requests.
 * @throws Error when it is not bound: without it guessing would be free
 */
export function createBoundLimiter(env: Readonly<Record<string, unknown>>): Limiter {
  const binding = env[BINDING]
  if (!isRateLimit(binding)) {
    throw new Error(`Bind a rate limiter as ${BINDING} in wrangler.toml ([[ratelimits]]).`)
  }
  return {
    keyGuess: async (source) => {
      const { success } = await binding.limit({ key: source })
      return success ? 0 : PERIOD_SECONDS
    },
  }
}

function isRateLimit(value: unknown): value is RateLimit {
  return (
    typeof value === 'object' &&
    value !== null &&
    'limit' in value &&
    typeof value.limit === 'function'
  )
}

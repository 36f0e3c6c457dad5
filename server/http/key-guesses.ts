/**
 * Whoever asks for keys that do not exist is slowed down (T10): so many misses a minute from one source,
 * counted by the runtime and never in the database. A key that exists is answered whatever was guessed
 * from the same address, or one wrong configuration behind a shared address would stop its neighbours.
 */
import type { Context } from 'hono'
import { Refused } from '../domain/refusals.ts'
import { sourceOf } from '../domain/source.ts'
import { clientAddress } from './client-address.ts'
import type { AppEnv } from './env.ts'

/** A limiter that is down refuses: guessing is never free (T11). */
const WHILE_UNKNOWN_SECONDS = 60

/** @throws Refused `request.rate_limited`, with the seconds until the next try */
export async function countKeyGuess<E extends AppEnv>(c: Context<E>): Promise<void> {
  const retryAfterSeconds = await waitOf(c)
  if (retryAfterSeconds > 0) throw new Refused('request.rate_limited', { retryAfterSeconds })
}

async function waitOf<E extends AppEnv>(c: Context<E>): Promise<number> {
  const { limiter, log } = c.var.deps
  try {
    return await limiter.keyGuess(sourceOf(clientAddress(c)))
  } catch (error) {
    const { requestId } = c.var
    log({ level: 'error', event: 'limiter.unavailable', requestId, error: String(error) })
    return WHILE_UNKNOWN_SECONDS
  }
}

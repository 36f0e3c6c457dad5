/** The optional Idempotency-Key: the key, and a hash of the body that it came with (P29). */
import type { Context } from 'hono'

export async function idempotencyOf(
  c: Context,
  request: unknown,
): Promise<{ key: string; bodyHash: string } | null> {
  const key = c.req.header('Idempotency-Key')
  if (key === undefined) return null
  const bytes = new TextEncoder().encode(JSON.stringify(request))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return { key, bodyHash: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') }
}

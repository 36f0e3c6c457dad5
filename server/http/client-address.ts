/** The address a request came from, kept with a consent (section 4). Headers of clients are not believed. */
import type { Context } from 'hono'
import type { AppEnv } from './env.ts'

/** What the runtime knows of the connection: Node's socket, or Cloudflare's own header. */
export function clientAddress<E extends AppEnv>(c: Context<E>): string | null {
  return c.var.deps.config.addressOf(c.req.raw, c.env)
}

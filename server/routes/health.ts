/** GET /health: the process answers. It asks nothing else, so that a busy database does not restart it. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'

export const health = new Hono<AppEnv>().get('/health', (c) => c.json({ status: 'ok' }))

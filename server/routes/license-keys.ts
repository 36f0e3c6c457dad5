/** `/.well-known/license-jwks.json`: the keys that license tokens can be signed with, current, next and retired. */
import { Hono } from 'hono'
import type { AppEnv } from '../http/env.ts'

const CACHE = 'public, max-age=3600'

export const licenseKeys = new Hono<AppEnv>().get('/.well-known/license-jwks.json', (c) => {
  c.header('Cache-Control', CACHE)
  c.header('Access-Control-Allow-Origin', '*')
  return c.json({ keys: c.var.deps.secrets.licenseSigner?.publicKeys ?? [] })
})

/** GET /openapi.json, generated from the routes, and GET /reference, its self-hosted reader. */
import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { AppEnv } from '../http/env.ts'

const INFO = {
  openapi: '3.1.0',
  info: {
    title: 'License Center',
    version: '1',
    description:
      'Amounts are integers in minor units, instants are RFC 3339 in UTC with whole seconds. ' +
      'Refusals are RFC 9457 problems with a stable `code`.',
  },
}

/** The reader brings its own styles and compiles templates; it is the only page that may do so. */
const READER_POLICY = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'", "'unsafe-eval'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  frameAncestors: ["'none'"],
}

/** Nothing of it talks to anybody but this server. */
const READER_SETTINGS = {
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
}

const READER = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>API reference · License Center</title></head>
<body>
<script id="api-reference" data-url="/openapi.json" data-configuration='${JSON.stringify(READER_SETTINGS)}'></script>
<script src="/reference/reader.js"></script>
</body></html>`

const PRODUCT_KEY = {
  name: 'publishableKey',
  in: 'path',
  required: true,
  description: 'Names the product; it is no secret.',
  schema: { type: 'string', examples: ['pk_demo_recover'] },
}

/** The key of the product belongs to the mount point, which the routes below it do not know. */
function withProductKey(paths: Readonly<Record<string, object>>): Record<string, object> {
  const described = Object.entries(paths).map(([path, item]) => [
    path,
    path.includes(`{${PRODUCT_KEY.name}}`) ? { parameters: [PRODUCT_KEY], ...item } : item,
  ])
  return Object.fromEntries(described)
}

/** @param app  asked late, when all routes are registered */
export function docs(app: () => OpenAPIHono<AppEnv>) {
  return new Hono<AppEnv>()
    .get('/openapi.json', (c) => {
      const servers = [{ url: c.var.deps.config.centerOrigin }]
      const document = app().getOpenAPI31Document({ ...INFO, servers })
      return c.json({ ...document, paths: withProductKey(document.paths ?? {}) })
    })
    .get('/reference', secureHeaders({ contentSecurityPolicy: READER_POLICY }), (c) =>
      c.html(READER),
    )
}

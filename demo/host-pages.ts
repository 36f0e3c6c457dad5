/** The host consoles: plain HTML files, as a host would write them. */
import { existsSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** @param hostsDirectory  `demo/hosts` */
export function hostPages({ hostsDirectory }: { hostsDirectory: string }): Hono {
  const app = new Hono()
  app.get('/demo', (c) => c.redirect('/demo/'))
  app.get('/demo/*', (c) => {
    const path = c.req.path.slice('/demo'.length)
    const file = join(hostsDirectory, normalize(path.endsWith('/') ? `${path}index.html` : path))
    const type = TYPES[file.split('.').at(-1) ?? '']
    if (!file.startsWith(hostsDirectory) || type === undefined || !existsSync(file)) {
      return c.text('There is no such demo page. Try /demo/.', 404)
    }
    return c.body(readFileSync(file), 200, { 'Content-Type': type, 'Cache-Control': 'no-store' })
  })
  return app
}

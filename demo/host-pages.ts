/**
 * The host consoles: plain HTML files, as a host would write them. Under `/demo/strict/` the same
 * files come with the strictest policy that a careful host may send (W13).
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, normalize, sep } from 'node:path'
import { Hono, type Context } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

const STRICT_HEADERS = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    "trusted-types lit-html 'allow-duplicates'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
}

/** @param hostsDirectory  `demo/hosts` */
export function hostPages({ hostsDirectory }: { hostsDirectory: string }): Hono {
  const app = new Hono()
  app.get('/demo', (c) => c.redirect('/demo/'))
  app.get('/demo/strict/*', (c) =>
    answerPage(c, hostsDirectory, c.req.path.slice('/demo/strict'.length), STRICT_HEADERS),
  )
  app.get('/demo/*', (c) => answerPage(c, hostsDirectory, c.req.path.slice('/demo'.length), {}))
  return app
}

function answerPage(
  c: Context,
  directory: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Response {
  const found = pageFile(directory, path)
  if (found === 'folder') return c.redirect(`${c.req.path}/${new URL(c.req.url).search}`)
  const isLost = found === null
  const file = isLost ? join(directory, 'lost.html') : found
  return c.body(readFileSync(file), isLost ? 404 : 200, {
    ...headers,
    'Content-Type': TYPES[extensionOf(file)] ?? 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
}

/**
 * The file behind a path, whose `.html` may be left out; null for whatever is not a page of the demo,
 * paths out of the directory included. `folder` is one that was asked for without its slash.
 */
function pageFile(directory: string, path: string): string | 'folder' | null {
  const asked = join(directory, normalize(path.endsWith('/') ? `${path}index.html` : path))
  if (!asked.startsWith(join(directory, sep)) || asked.includes('\0')) return null
  const file = [asked, `${asked}.html`].find((candidate) => existsSync(candidate))
  if (file === undefined) return null
  if (statSync(file).isDirectory()) return 'folder'
  return TYPES[extensionOf(file)] === undefined ? null : file
}

function extensionOf(file: string): string {
  return file.split('.').at(-1) ?? ''
}

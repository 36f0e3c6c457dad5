/** The files that hosts load: the widget, readable from every origin, and the API reader's script. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import { Hono } from 'hono'

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
}
const DAY_SECONDS = 86_400
const PINNED = `public, max-age=${365 * DAY_SECONDS}, immutable`
/** The moving entry is looked at again soon; its chunks are named by their content. */
const MOVING = 'public, max-age=300'

/** @param directory  with `widget/v1`, `widget/{version}` and `reference` in it */
export function staticFiles(directory: string): Hono {
  const app = new Hono()
  app.get('/widget/*', (c) => {
    const path = c.req.path
    const isPinned = /^\/widget\/(\d+\.\d+\.\d+\/|v1\/chunks\/)/.test(path)
    return answerFile(directory, path, {
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Cache-Control': isPinned ? PINNED : MOVING,
    })
  })
  app.get('/reference/reader.js', (c) =>
    answerFile(directory, c.req.path, { 'Cache-Control': `public, max-age=${DAY_SECONDS}` }),
  )
  return app
}

function answerFile(
  directory: string,
  path: string,
  headers: Readonly<Record<string, string>>,
): Response {
  const file = join(directory, normalize(path))
  const type = TYPES[file.split('.').at(-1) ?? '']
  if (!file.startsWith(directory) || type === undefined || !existsSync(file)) {
    return new Response('There is no such file.', {
      status: 404,
      headers: { 'Content-Type': 'text/plain' },
    })
  }
  const body = Readable.toWeb(createReadStream(file)) as ReadableStream
  return new Response(body, {
    headers: {
      ...headers,
      'Content-Type': type,
      'Content-Length': String(statSync(file).size),
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

/**
 * N17: the guarded routes by every other spelling of their path and by other methods, without a token.
 * The paths are sent as written: `fetch` would mend them on the way.
 */
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { count } from 'drizzle-orm'
import { journal } from '../../server/db/schema.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { pathOf } from './asking.ts'
import { ownObjects } from './own-objects.ts'
import { isOfProduct, OPERATIONS, type OwnObjects } from './rows.ts'

let center: TestSystem
let own: OwnObjects
let entries: number
beforeAll(async () => {
  center = await startTestSystem()
  own = await ownObjects(center)
  // A webhook that is still on its way would be counted as an effect.
  await center.told()
  entries = await journaled()
})
afterAll(() => center.remove())

const guarded = OPERATIONS.filter((row) => isOfProduct(row) && row.guard !== 'page')

const SPELLINGS: readonly [string, (path: string) => string][] = [
  ['with a slash at the end', (path) => `${path}/`],
  ['with slashes doubled', (path) => path.replaceAll('/', '//')],
  ['with an encoded slash', (path) => path.replace(/\/(?=[^/]*$)/, '%2f')],
  ['with a slash encoded twice', (path) => path.replace(/\/(?=[^/]*$)/, '%252f')],
  ['with an encoded letter', (path) => path.replace('/o', '/%6f').replace('/l', '/%6c')],
  ['with a letter encoded twice', (path) => path.replace('/o', '/%256f').replace('/l', '/%256c')],
  ['through another folder', (path) => path.replace('/w/', '/w/x/../')],
  ['through an encoded folder', (path) => path.replace('/w/', '/w/x/%2e%2e/')],
  ['through the health check', (path) => `/health/..${path}`],
  ['in capitals', (path) => path.replace(/[^/]*$/, (last) => last.toUpperCase())],
  ['with a parameter of the path', (path) => `${path};a=b`],
  ['with an encoded NUL', (path) => `${path}%00`],
  ['with an encoded question mark', (path) => `${path}%3f`],
  ['with a broken encoding', (path) => `${path}%`],
  ['with a backslash', (path) => path.replace('/w/', '/w\\')],
  ['with a token in the query', (path) => `${path}?access_token=x&token=x&_method=GET`],
]

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']
const OVERRIDES = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']

describe.each(guarded)('N17: $name without a token', (row) => {
  const path = () => pathOf(row, center.publishableKey('recover'), own)
  const body = () => JSON.stringify(row.body?.(own) ?? {})

  it.each(SPELLINGS)('shows and does nothing %s', async (_, spell) => {
    await expectNothing(await send(row.method, spell(path()), body()))
  })

  it.each(METHODS)('shows and does nothing by %s', async (method) => {
    await expectNothing(await send(method, path(), body()))
  })

  it.each(OVERRIDES)('shows and does nothing by %s', async (header) => {
    for (const method of ['GET', 'POST']) {
      await expectNothing(await send(method, path(), body(), { [header]: row.method }))
    }
  })
})

/**
 * A preflight is answered to everybody. A body that breaks the schema, which everybody may read, is
 * refused before it is asked who sent it.
 */
const CLOSED = [204, 400, 401, 403, 404, 405, 422]

async function expectNothing({ status, body }: { status: number; body: string }): Promise<void> {
  expect(CLOSED).toContain(status)
  for (const id of Object.values(own)) expect(body).not.toContain(id)
  expect(await journaled()).toBe(entries)
}

async function journaled(): Promise<number> {
  const [found] = await center.system.deps.db.orm.select({ rows: count() }).from(journal)
  return found?.rows ?? 0
}

function send(method: string, path: string, body: string, extra: Record<string, string> = {}) {
  const { hostname, port } = new URL(center.system.origin)
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // Without a length, Node lets the body of a DELETE stray into the next request.
  const length = hasBody ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}
  const headers = { 'Content-Type': 'application/json', ...length, ...extra }
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      text(response).then(
        (answered) => resolve({ status: response.statusCode ?? 0, body: answered }),
        reject,
      )
    })
    sent.on('error', reject)
    sent.end(hasBody ? body : undefined)
  })
}

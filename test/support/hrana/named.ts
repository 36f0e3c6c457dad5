/**
 * A libSQL server that somebody else runs (`LIBSQL_URL`), behind a counter: what is asked of it through
 * here is counted as at our stand-in. Everything in its database is dropped first.
 */
import { createClient } from '@libsql/client/web'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KEEP_ALIVE } from '../../../server/runtime/keep-alive.ts'
import type { HranaServer } from './server.ts'

/** `LIBSQL_URL`: one database for each runtime that wants one, separated by commas; null when unset. */
export function namedDatabase(index: number): string | null {
  const urls = process.env['LIBSQL_URL']?.split(',') ?? []
  if (urls.length === 0) return null
  const url = urls[index]
  if (url === undefined) {
    throw new Error(`LIBSQL_URL names ${urls.length} databases; one more is needed, after a comma.`)
  }
  return url
}

/** @param authToken  for that server; none when absent */
export async function startCounter(
  url: string,
  authToken = process.env['LIBSQL_AUTH_TOKEN'],
): Promise<Pick<HranaServer, 'url' | 'roundTrips' | 'close'>> {
  await emptied(url, authToken)
  let roundTrips = 0
  const server = createServer(KEEP_ALIVE, (request, response) => {
    if (request.method === 'POST') roundTrips += 1
    passedOn(new URL(request.url ?? '/', url), request, authToken)
      .then(async (answer) => {
        const type = answer.headers.get('Content-Type') ?? 'application/json'
        response.writeHead(answer.status, { 'Content-Type': type })
        response.end(Buffer.from(await answer.arrayBuffer()))
      })
      .catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // Guarantee: it listens on a port.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    roundTrips: () => roundTrips,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function passedOn(
  url: URL,
  request: IncomingMessage,
  authToken: string | undefined,
): Promise<Response> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const authorization = authToken === undefined ? {} : { Authorization: `Bearer ${authToken}` }
  return fetch(url, {
    method: request.method ?? 'GET',
    headers: { 'Content-Type': 'application/json', ...authorization },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  })
}

async function emptied(url: string, authToken: string | undefined): Promise<void> {
  const client = createClient({ url, ...(authToken === undefined ? {} : { authToken }) })
  const { rows } = await client.execute(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  )
  const drops = rows.map(({ name }) => `DROP TABLE "${String(name)}";`)
  await client.executeMultiple(`PRAGMA foreign_keys = OFF; ${drops.join(' ')}`)
  client.close()
}

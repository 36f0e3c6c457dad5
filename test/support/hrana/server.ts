/**
 * A libSQL server over HTTP on this machine, in place of sqld and Turso: the pipeline of Hrana 2
 * over SQLite connections to one file. It counts what arrives and can be told to lose it.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { KEEP_ALIVE } from '../../../server/runtime/keep-alive.ts'
import { openConnection, type Connection } from './connection.ts'
import { openStream, type Stream } from './stream.ts'
import { Pipeline, WireFailure, type StreamRequest } from './wire.ts'

/**
 * What becomes of one request on its way. `twice` is a copy that arrives as well: only the second
 * one is answered. `stream expired` is what a client hears whose stream lay idle for too long.
 */
export type Fate =
  | 'fine'
  | 'request lost'
  | 'reply lost'
  | 'twice'
  | 'stream expired'
  | { readonly delayMs: number }
/** Asked for each request, which are counted from 1. */
export type Weather = (request: number, requests: readonly StreamRequest[]) => Fate

export interface HranaOptions {
  /** The database file, created when absent. */
  readonly file: string
  /** 0 takes any free port. */
  readonly port?: number
  /** Without it everybody may come in. */
  readonly authToken?: string
  readonly streamIdleMs?: number
}

export interface HranaServer {
  /** `http://127.0.0.1:…`, for `createClient` and DATABASE_URL. */
  readonly url: string
  /** Requests that arrived so far, lost ones included. */
  roundTrips(): number
  /** Until it is called again. */
  setWeather(weather: Weather): void
  /**
   * Sets every connection so from now on, in SQLite's own words: `PRAGMA query_only = ON`, or
   * `PRAGMA max_page_count = 1` for a disk that is full (C21). Null: as they are by themselves.
   */
  configure(pragma: string | null): void
  /** While no connection is open, so that its file may be copied or put back. */
  atRest(work: () => Promise<void>): Promise<void>
  /** Streams that a client left open; each holds a connection. */
  openStreams(): number
  close(): Promise<void>
}

const STREAM_IDLE_MS = 10_000
const MAX_BYTES = 32 * 1024 * 1024

export async function startHranaServer(options: HranaOptions): Promise<HranaServer> {
  const streams = createStreams(options.file, options.streamIdleMs ?? STREAM_IDLE_MS)
  let weather: Weather = () => 'fine'
  let roundTrips = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/v2') return reply(response, 200, {})
    if (request.method !== 'POST' || request.url !== '/v2/pipeline') {
      return reply(response, 404, { message: 'no such endpoint', code: 'NOT_FOUND' })
    }
    const count = ++roundTrips
    const body = await bytesOf(request)
    const { authToken } = options
    if (authToken !== undefined && request.headers.authorization !== `Bearer ${authToken}`) {
      return reply(response, 401, { message: 'who are you?', code: 'AUTH_JWT_INVALID' })
    }
    const pipeline = Pipeline.parse(JSON.parse(body.toString('utf8')))
    const fate = weather(count, pipeline.requests)
    if (typeof fate === 'object') await sleep(fate.delayMs)
    if (fate === 'request lost') return void request.socket.destroy()
    if (fate === 'stream expired') throw expired()
    if (fate === 'twice') streams.serve(pipeline)
    const served = streams.serve(pipeline)
    if (fate === 'reply lost') return void request.socket.destroy()
    reply(response, 200, { base_url: null, ...served })
  }

  const server = createServer(KEEP_ALIVE, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const isWire = error instanceof WireFailure
      const code = isWire ? error.code : 'PROTO_ERROR'
      reply(response, 400, { message: String(isWire ? error.message : error), code })
    })
  })
  return {
    url: await listen(server, options.port ?? 0),
    roundTrips: () => roundTrips,
    setWeather: (next) => void (weather = next),
    configure: streams.configure,
    atRest: async (work) => {
      streams.close()
      // All of it into the one file, whoever still holds what it held.
      const last = openConnection(options.file)
      last.runAll('PRAGMA wal_checkpoint(TRUNCATE)')
      last.close()
      await work()
    },
    openStreams: streams.count,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      streams.close()
    },
  }
}

/** The streams by baton, and connections that wait for the next one: opening a file takes a while. */
function createStreams(file: string, idleMs: number) {
  const open = new Map<string, { readonly stream: Stream; readonly timer: NodeJS.Timeout }>()
  const idle: Connection[] = []
  let setting: string | null = null

  function connection(): Connection {
    const opened = openConnection(file)
    if (setting !== null) opened.runAll(setting)
    return opened
  }

  function take(baton: string | null | undefined): Stream {
    if (baton === null || baton === undefined) return openStream(idle.pop() ?? connection())
    const found = open.get(baton)
    if (found === undefined) throw expired()
    clearTimeout(found.timer)
    open.delete(baton)
    return found.stream
  }

  /** @returns the next baton, or null: each is good for one request */
  function keep(stream: Stream): string | null {
    if (stream.isClosed) {
      release(stream)
      return null
    }
    const baton = randomBytes(18).toString('base64url')
    const timer = setTimeout(() => {
      open.delete(baton)
      release(stream)
    }, idleMs)
    timer.unref()
    open.set(baton, { stream, timer })
    return baton
  }

  return {
    serve({ baton, requests }: Pipeline) {
      const stream = take(baton)
      const results = stream.run(requests)
      return { baton: keep(stream), results }
    },
    count: () => open.size,
    configure: (pragma: string | null) => {
      close()
      setting = pragma
    },
    close,
  }

  /** Who comes next opens another one. */
  function close(): void {
    for (const { stream, timer } of open.values()) {
      clearTimeout(timer)
      stream.connection.close()
    }
    open.clear()
    for (const left of idle.splice(0)) left.close()
  }

  /** A connection that a transaction is open on goes away with it. */
  function release({ connection }: Stream): void {
    if (connection.isInTransaction) connection.close()
    else idle.push(connection)
  }
}

function expired(): WireFailure {
  return new WireFailure('STREAM_EXPIRED', 'The stream has expired due to inactivity')
}

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_BYTES) throw new WireFailure('RESPONSE_TOO_LARGE', 'the request is too large')
  }
  return Buffer.concat(chunks)
}

function reply(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const address: string | AddressInfo | null = server.address()
  if (address === null || typeof address === 'string') throw new Error('not a TCP server')
  return `http://127.0.0.1:${address.port}`
}

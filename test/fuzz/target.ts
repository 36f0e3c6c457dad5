/** The running system that is fuzzed: takes requests, fills in ids, judges every answer. */
import { startTestSystem, type TestSystem } from '../support/system.ts'
import { DR_AUTO, DR_MONTHLY } from '../support/buyer.ts'
import { hostOf, type HostBackend } from '../support/host.ts'
import { readDocument, type ApiDocument, type DescribedOperation } from './document.ts'
import { faultsOf, type Exchange, type Took } from './judge.ts'
import { live, type Life } from './life.ts'
import { createPool, type Pool } from './pool.ts'
import type { Bytes, FuzzRequest } from './requests.ts'

export interface RawRequest {
  readonly method: string
  /** From the slash on. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Bytes | null
}

export interface Target {
  readonly center: TestSystem
  readonly document: ApiDocument
  readonly pool: Pool
  /** Somebody new buys, installs and renews; the pool knows them from then on. */
  live(): Promise<void>
  send(request: FuzzRequest): Promise<Exchange>
  /** To any address; `operation` is what describes it. */
  sendRaw(request: RawRequest, operation?: DescribedOperation): Promise<Exchange>
  /** @throws Error with the request and everything that is wrong with its answer */
  expectSound(request: FuzzRequest | RawRequest): Promise<Exchange>
}

export async function startTarget(): Promise<Target> {
  const center = await startTestSystem()
  const { origin } = center.system
  const document = readDocument(await (await fetch(`${origin}/openapi.json`)).json())
  const pool = createPool(origin)
  await buySomething(center, pool)
  const host = await publishSomething(center, pool)
  let lives = 0
  let life: Life = {}
  const liveOn = async () => {
    life = await live(center, host, `life-${++lives}`, life)
    pool.follow(life)
  }
  await liveOn()

  const sendRaw: Target['sendRaw'] = async ({ method, path, headers = {}, body }, operation) => {
    const since = stopwatch()
    const carriesBody = body !== null && body !== undefined && !['GET', 'HEAD'].includes(method)
    const response = await fetchOnLiveConnection(origin + path, {
      method,
      headers: sendable(headers),
      redirect: 'manual',
      ...(carriesBody ? { body } : {}),
    })
    const text = await response.text()
    const took = since()
    const sent = carriesBody ? jsonIn(body) : undefined
    const { status } = response
    return {
      operation: operation ?? null,
      method,
      sent,
      status,
      headers: response.headers,
      text,
      took,
    }
  }
  const send = async (request: FuzzRequest) => {
    const operation = operationOf(document, request)
    const raw = await rawOf({ center, pool, operation, hostKey: host.key }, request)
    const exchange = await sendRaw(raw, operation)
    if (exchange.status < 300) pool.harvest(jsonIn(exchange.text))
    return exchange
  }
  return {
    center,
    document,
    pool,
    live: liveOn,
    send,
    sendRaw,
    expectSound: async (request) => {
      const exchange = await ('to' in request ? send(request) : sendRaw(request))
      const faults = faultsOf(exchange)
      if (faults.length === 0) return exchange
      throw new Error(`${faults.join('; ')}\n→ ${exchange.status} ${exchange.text}`)
    },
  }
}

function stopwatch(): () => Took {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { ms: performance.now() - startedAt, coreMs: (user + system) / 1000 }
  }
}

/** On a busy machine, an idle connection may be closed just when it is used again. */
async function fetchOnLiveConnection(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    const { cause } = Object(error)
    if (Object(cause).code !== 'ECONNRESET') throw error
    return fetch(url, init)
  }
}

/** Something of every state, for requests to name. */
async function buySomething(center: TestSystem, pool: Pool): Promise<void> {
  for (const customer of ['acme', 'huaxia']) {
    const buyer = center.as('recover', customer)
    const paid = await buyer.buy(customer === 'acme' ? DR_AUTO : DR_MONTHLY)
    await center.pay(paid)
    await center.told()
    const bank = await buyer.buy(DR_MONTHLY)
    await center.payByBank(bank)
    const canceled = await buyer.cancel((await buyer.buy(DR_MONTHLY)).id)
    const quote = await buyer.quote(DR_MONTHLY)
    for (const made of [await buyer.follow(paid.id), canceled, bank, quote]) pool.harvest(made)
    pool.harvest(await buyer.licenses({ limit: 1 }))
  }
}

/** Versions and webhook endpoints of the product. */
async function publishSomething(center: TestSystem, pool: Pool): Promise<HostBackend> {
  const host = await hostOf(center, 'recover')
  for (const number of [0, 1, 2, 3]) {
    await host.ask('releases', { version: `1.0.${number}`, reason: 'To be named.' })
    const endpoint = { url: `http://localhost:1/${number}`, email: 'it@acme.example' }
    pool.harvest(await host.ask('webhook-endpoints', endpoint))
  }
  return host
}

function operationOf({ operations }: ApiDocument, { to }: FuzzRequest): DescribedOperation {
  const found = operations.find(({ name }) => name === to)
  if (found === undefined) throw new Error(`the document has no operation ${to}`)
  return found
}

interface Place extends Pick<Target, 'center' | 'pool'> {
  readonly operation: DescribedOperation
  /** Of the backend of a host. */
  readonly hostKey: string
}

async function rawOf(
  { center, pool, operation, hostKey }: Place,
  request: FuzzRequest,
): Promise<RawRequest> {
  const { system, as, publishableKey } = center
  const { method, product, customer, path, query, headers, body } = request
  const filled = operation.path
    .replace('{publishableKey}', publishableKey(product))
    .replace(/\{(\w+)\}/g, (_, name) => segment(pool.fill(path[name] ?? 'x')))
  const search = new URLSearchParams(query.map(([name, value]) => [name, pool.fill(value)]))
  const isOfHost = operation.path.startsWith('/v1/host/')
  const token = isOfHost ? hostKey : customer && (await as(product, pool.fill(customer)).token())
  return {
    method,
    path: `${filled}?${search}`,
    headers: {
      Origin: system.origin,
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: typeof body === 'string' ? pool.fill(body) : body,
  }
}

/** Header values are bytes; control characters never leave the client. */
function sendable(headers: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    Buffer.from(Buffer.from(value).map((byte) => (byte < 32 || byte === 127 ? 32 : byte))).toString(
      'latin1',
    ),
  ])
  return Object.fromEntries(entries)
}

/** A segment of dots would be another path, encoded or not. */
function segment(text: string): string {
  return /^\.{1,2}$/.test(text) ? 'dots' : encodeURIComponent(text.toWellFormed())
}

function jsonIn(body: string | Bytes): unknown {
  try {
    const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

import type { Catalogue } from '../../server/contract/catalogue.ts'
import type { License, LicenseList, LicenseQuery } from '../../server/contract/licenses.ts'
import type { Order, OrderRequest } from '../../server/contract/orders.ts'
import type { Quote, QuoteRequest } from '../../server/contract/quotes.ts'
import { readBlob, readJson } from './answer.ts'
import { ApiProblem } from './problem.ts'
import { TokenSource } from './token-source.ts'

export interface ClientOptions {
  /** Origin of the License Center, without a trailing slash. */
  readonly center: string
  readonly publishableKey: string
  /** BCP 47; read at each request. */
  readonly language: () => string
  /** The host's signed statement of who its customer is; null for an anonymous visitor. */
  readonly getToken: () => Promise<string> | string | null
}

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly body?: object
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly timeoutMs?: number
}

const TIMEOUT_MS = 20_000
/** A long poll may take its whole wait and a slow network besides. */
const LONG_POLL_MARGIN_MS = 15_000

/** Taken before the page can replace them (W09). */
const send = globalThis.fetch?.bind(globalThis)
const stringify = JSON.stringify

/** The Widget API of one product. The only code in the elements that fetches. */
export class Client {
  readonly #options: ClientOptions
  readonly #tokens: TokenSource

  constructor(options: ClientOptions) {
    this.#options = options
    this.#tokens = new TokenSource(options.getToken)
  }

  /** What relative addresses of the API are relative to. */
  get center(): string {
    return this.#options.center
  }

  async catalogue(signal?: AbortSignal): Promise<Catalogue> {
    return this.call('catalogue', { signal }, (response) =>
      readJson<Catalogue>(response, ['product', 'plans', 'notices', 'links', 'now']),
    )
  }

  async quote(body: QuoteRequest, signal?: AbortSignal): Promise<Quote> {
    return this.call('quotes', { method: 'POST', body, signal }, readQuote)
  }

  /** One quote makes one order: a repeat with the same quote answers the same order. */
  async placeOrder(body: OrderRequest, signal?: AbortSignal): Promise<Order> {
    const headers = { 'idempotency-key': body.quote_id }
    return this.call('orders', { method: 'POST', body, headers, signal }, readOrder)
  }

  /** @param waitSeconds 0–25: answers sooner when the order leaves `pending` or `processing` */
  async order(id: string, waitSeconds = 0, signal?: AbortSignal): Promise<Order> {
    const path = `orders/${encodeURIComponent(id)}${waitSeconds > 0 ? `?wait=${waitSeconds}` : ''}`
    const timeoutMs = waitSeconds * 1000 + LONG_POLL_MARGIN_MS
    return this.call(path, { signal, timeoutMs }, readOrder)
  }

  async cancelOrder(id: string, signal?: AbortSignal): Promise<Order> {
    const path = `orders/${encodeURIComponent(id)}/cancel`
    return this.call(path, { method: 'POST', body: {}, signal }, readOrder)
  }

  async licenses(query: LicenseQuery, signal?: AbortSignal): Promise<LicenseList> {
    return this.call(`licenses${search(query)}`, { signal }, (response) =>
      readJson<LicenseList>(response, ['data', 'next_cursor', 'count', 'now']),
    )
  }

  async license(id: string, signal?: AbortSignal): Promise<License> {
    return this.call(`licenses/${encodeURIComponent(id)}`, { signal }, (response) =>
      readJson<License>(response, ['id', 'status', 'expires_at']),
    )
  }

  /** The whole filtered list as a CSV file; a link could not carry the bearer token. */
  async licensesCsv(query: LicenseQuery, signal?: AbortSignal): Promise<Blob> {
    return this.call(`licenses.csv${search(query)}`, { signal }, (response) =>
      readBlob(response, 'text/csv'),
    )
  }

  /** Any request of the API, within one time limit: token, request and the whole answer. */
  async call<T>(path: string, call: Call, read: (response: Response) => Promise<T>): Promise<T> {
    const timeout = AbortSignal.timeout(call.timeoutMs ?? TIMEOUT_MS)
    const signal = call.signal ? AbortSignal.any([call.signal, timeout]) : timeout
    try {
      return await read(await this.#authorized(path, call, signal))
    } catch (thrown) {
      if (call.signal?.aborted) throw call.signal.reason
      throw connectionProblem(thrown, timeout)
    }
  }

  /** Asks the host for another token after a 401, once, because tokens live for minutes (W26). */
  async #authorized(path: string, call: Call, signal: AbortSignal): Promise<Response> {
    const token = await this.#tokens.token(signal)
    const response = await this.#fetch(path, call, token, signal)
    if (response.status !== 401 || token === null) return response
    const fresh = await this.#tokens.replacement(token, signal)
    const second = await this.#fetch(path, call, fresh, signal)
    if (second.status !== 401) return second
    throw new ApiProblem({ code: 'auth', status: 401 })
  }

  #fetch(path: string, call: Call, token: string | null, signal: AbortSignal): Promise<Response> {
    const { center, publishableKey, language } = this.#options
    return send(`${center}/w/${encodeURIComponent(publishableKey)}/${path}`, {
      method: call.method ?? 'GET',
      headers: {
        accept: 'application/json',
        'accept-language': language(),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      credentials: 'omit',
      cache: 'no-store',
      signal,
      ...(call.body === undefined ? {} : { body: stringify(call.body) }),
    })
  }
}

const readQuote = (response: Response) =>
  readJson<Quote>(response, ['id', 'lines', 'total', 'currency', 'notices', 'now'])
const readOrder = (response: Response) =>
  readJson<Order>(response, ['id', 'state', 'total', 'currency', 'licenses', 'now'])

/** A query string with its question mark, without what is empty. */
export function search(query: object): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== '')
  const parameters = new URLSearchParams(entries.map(([key, value]) => [key, String(value)]))
  return entries.length === 0 ? '' : `?${parameters}`
}

function connectionProblem(thrown: unknown, timeout: AbortSignal): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  const code = timeout.aborted ? 'network.timeout' : 'network.unreachable'
  return new ApiProblem({ code }, { cause: thrown })
}

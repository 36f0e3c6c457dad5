/** A customer in a host's console, as the widget API sees one. Every 2xx answer is held to its schema. */
import type { z } from 'zod'
import { Catalogue } from '../../server/contract/catalogue.ts'
import { License, LicenseList, type LicenseQuery } from '../../server/contract/licenses.ts'
import { Order, type OrderRequest } from '../../server/contract/orders.ts'
import { Quote, type QuoteItem, type QuoteRequest } from '../../server/contract/quotes.ts'
import { Problem } from '../../server/contract/shared.ts'

export type Item = QuoteItem

export interface Request {
  readonly method?: string
  /** JSON, or the text of a body that is none. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export interface Buyer {
  /** Sends the customer’s token along; other headers may replace it. */
  send(path: string, request?: Request): Promise<Response>
  catalogue(): Promise<Catalogue>
  quote(items: Item | readonly Item[], extra?: Partial<QuoteRequest>): Promise<Quote>
  /** Of renewals, added units and upgrades, too. */
  price(request: QuoteRequest): Promise<Quote>
  order(quote: Quote, extra?: Partial<OrderRequest>, headers?: Request['headers']): Promise<Order>
  /** Quote and order in one. */
  buy(items: Item | readonly Item[], extra?: Partial<QuoteRequest>): Promise<Order>
  follow(orderId: string, waitSeconds?: number): Promise<Order>
  cancel(orderId: string): Promise<Order>
  licenses(query?: LicenseQuery): Promise<LicenseList>
  license(id: string): Promise<License>
  token(): Promise<string>
}

export interface BuyerOptions {
  /** `https://center/w/pk_…`. */
  readonly base: string
  readonly token: () => Promise<string>
  /** The network by default; an app's own `fetch` for a server with other dependencies. */
  readonly fetch?: (request: globalThis.Request) => Response | Promise<Response>
}

export const DR_MONTHLY = { plan: 'dr', quantity: 5, cycle: 'month', auto_renew: false } as const
export const DR_AUTO = { ...DR_MONTHLY, auto_renew: true } as const

export function createBuyer({ base, token, fetch = globalThis.fetch }: BuyerOptions): Buyer {
  const send: Buyer['send'] = async (path, { method, body, headers } = {}) => {
    const isText = typeof body === 'string' || body === undefined
    return fetch(
      new globalThis.Request(`${base}/${path}`, {
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        headers: {
          Authorization: `Bearer ${await token()}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      }),
    )
  }
  const price: Buyer['price'] = async (body) => answerOf(await send('quotes', { body }), Quote)
  const quote: Buyer['quote'] = (items, extra = {}) =>
    price({ items: isList(items) ? [...items] : [items], ...extra })
  const order: Buyer['order'] = async ({ id, notices }, extra = {}, headers = {}) => {
    const body = { quote_id: id, notices_version: notices.version, ...extra }
    return answerOf(await send('orders', { body, headers }), Order)
  }
  return {
    send,
    token,
    quote,
    price,
    order,
    catalogue: async () => answerOf(await send('catalogue'), Catalogue),
    buy: async (items, extra) => order(await quote(items, extra)),
    follow: async (id, wait = 0) => answerOf(await send(`orders/${id}?wait=${wait}`), Order),
    cancel: async (id) => answerOf(await send(`orders/${id}/cancel`, { method: 'POST' }), Order),
    licenses: async (query = {}) => answerOf(await send(`licenses?${search(query)}`), LicenseList),
    license: async (id) => answerOf(await send(`licenses/${id}`), License),
  }
}

/** A refusal that a test expects: `await refusalOf(acme.order(quote))`. */
export class RefusedAnswer extends Error {
  override readonly name = 'RefusedAnswer'
  readonly problem: Problem
  readonly response: Response

  constructor(problem: Problem, response: Response) {
    super(`${problem.status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.errors)}`)
    this.problem = problem
    this.response = response
  }

  /** JSON Pointers of the fields at fault. */
  get pointers(): readonly string[] {
    return (this.problem.errors ?? []).map(({ pointer }) => pointer)
  }
}

export async function refusalOf(promise: Promise<unknown>): Promise<RefusedAnswer> {
  const thrown = await promise.then(
    (value) => new Error(`not refused: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (thrown instanceof RefusedAnswer) return thrown
  throw thrown
}

/** A problem as it crosses the wire: its media type, its schema, its status. */
export async function problemIn(response: Response): Promise<Problem> {
  const type = response.headers.get('Content-Type')
  if (type !== 'application/problem+json') throw new Error(`${response.status} is ${type}`)
  const problem = Problem.parse(await response.json())
  if (problem.status !== response.status) throw new Error(`status ${problem.status} in the body`)
  return problem
}

/**
 * The answer, exactly as its schema declares it: a field too many is a leak, one too few a lie.
 * @throws RefusedAnswer for a problem
 */
export async function answerOf<S extends z.ZodType>(
  response: Response,
  schema: S,
): Promise<z.output<S>> {
  if (!response.ok) throw new RefusedAnswer(await problemIn(response), response)
  const body: unknown = await response.json()
  const parsed = schema.parse(body)
  if (JSON.stringify(parsed) !== JSON.stringify(sortedLike(body, parsed))) {
    throw new Error(`undeclared fields: ${JSON.stringify(body)}`)
  }
  return parsed
}

/** The same value with its keys in the order of the other one, undeclared ones at the end. */
function sortedLike(value: unknown, model: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => sortedLike(item, Array.isArray(model) ? model[index] : null))
  }
  if (!isRecord(value) || !isRecord(model)) return value
  const keys = new Set([...Object.keys(model), ...Object.keys(value)])
  return Object.fromEntries([...keys].map((key) => [key, sortedLike(value[key], model[key])]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(items: Item | readonly Item[]): items is readonly Item[] {
  return Array.isArray(items)
}

function search(query: LicenseQuery): URLSearchParams {
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
}

/**
 * The network seam: a table path → answer, in place of `fetch`. Import it before the widget, which
 * takes `fetch` when it loads.
 */
export interface Call {
  readonly method: string
  /** After `/w/{publishableKey}/`, with its query. */
  readonly path: string
  readonly headers: Headers
  readonly body: unknown
  readonly signal: AbortSignal | null
}

type Answer = object | Response | ((call: Call) => object | Promise<object>)

let table = new Map<string, Answer>()
/** Every request since the last `answer()` table, oldest first. */
export let calls: Call[] = []

window.fetch = async (input, init = {}) => {
  const url = new URL(String(input))
  const path = url.pathname.replace(/^\/w\/[^/]+\//, '') + url.search
  const method = init.method ?? 'GET'
  const call: Call = {
    method,
    path,
    headers: new Headers(init.headers),
    body: typeof init.body === 'string' ? JSON.parse(init.body) : null,
    signal: init.signal ?? null,
  }
  calls.push(call)
  init.signal?.throwIfAborted()
  return toResponse(await abortable(call))
}

/** Replaces the table. Keys are `GET catalogue`, `POST orders`, a path without its query. */
export function answer(entries: Record<string, Answer>): void {
  table = new Map(Object.entries(entries))
  calls = []
}

/** Changes one row of the table. */
export function answerAlso(key: string, value: Answer): void {
  table.set(key, value)
}

export function callsTo(key: string): Call[] {
  return calls.filter(({ method, path }) => `${method} ${path.split('?')[0]}` === key)
}

export function json(body: object, status = 200, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
}

export function problem(status: number, code: string, more: object = {}): Response {
  const body = { type: `/problems/${code}`, title: code, status, code, requestId: 'req_1', ...more }
  return json(body, status, 'application/problem+json')
}

export function networkError(): never {
  throw new TypeError('Failed to fetch')
}

/** Never answers; ends when the request is aborted. */
export function never(): Promise<object> {
  return new Promise(() => {})
}

function abortable(call: Call): Promise<object> {
  const { signal, method, path } = call
  const found = table.get(`${method} ${path.split('?')[0]}`)
  const outcome = new Promise<object>((resolve) => {
    if (found === undefined) resolve(problem(404, 'route.not_found'))
    else resolve(typeof found === 'function' ? found(call) : found)
  })
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason))
    outcome.then(resolve, reject)
  })
}

function toResponse(value: object): Response {
  return value instanceof Response ? value.clone() : json(value)
}

/** Requests to one operation: as the document permits them, and bent out of shape. */
import fc, { type Arbitrary } from 'fast-check'
import { MALFORMED, STRANGE_OBJECTS } from './corpora.ts'
import type { ApiDocument, DescribedOperation, Parameter } from './document.ts'
import { placeholders } from './pool.ts'
import { typicalBodies, typicalRequests } from './typical.ts'
import { permitted, unexpected } from './values.ts'

export type Bytes = Uint8Array<ArrayBuffer>

export interface FuzzRequest {
  /** The name of the operation that it is for. */
  readonly to: string
  readonly method: string
  readonly product: string
  /** May be a placeholder; null sends no token. */
  readonly customer: string | null
  readonly path: Readonly<Record<string, string>>
  readonly query: readonly (readonly [string, string])[]
  readonly headers: Readonly<Record<string, string>>
  /** JSON with placeholders, or bytes as they are. */
  readonly body: string | Bytes | null
}

const PRODUCTS = ['recover', 'recover', 'recover', 'shift', 'studio']
const CUSTOMERS = ['acme', 'acme', 'acme', 'huaxia', null]

/** What the document permits, and what people send. */
export function valid(
  operation: DescribedOperation,
  document: ApiDocument,
): Arbitrary<FuzzRequest> {
  const anybody = anyValid(operation, document)
  const theirs = typicalRequests(operation.name).map(({ path = {}, query = {}, body }) =>
    anybody.map((request) => ({
      ...request,
      product: 'recover',
      customer: '«live:customer»',
      path: { ...request.path, ...path },
      query: Object.entries(query),
      body: body === undefined ? request.body : JSON.stringify(body),
    })),
  )
  return fc.oneof(
    { weight: 2, arbitrary: anybody },
    ...theirs.map((arbitrary) => ({ weight: 1, arbitrary })),
  )
}

function anyValid(operation: DescribedOperation, { resolve }: ApiDocument): Arbitrary<FuzzRequest> {
  const named = (parameters: readonly Parameter[]) => {
    const values = parameters.map(
      ({ name, schema }) => [name, permitted(schema, resolve, name).map(String)] as const,
    )
    const requiredKeys = parameters.filter((it) => it.required).map((it) => it.name)
    return fc.record(Object.fromEntries(values), { requiredKeys })
  }
  const inPlace = (place: Parameter['in']) => operation.parameters.filter((it) => it.in === place)
  const bodies =
    operation.bodySchema === null
      ? fc.constant(null)
      : fc
          .oneof(
            { weight: 3, arbitrary: permitted(operation.bodySchema, resolve) },
            ...typicalBodies(operation.name).map((body) => ({
              weight: 1,
              arbitrary: fc.constant(body),
            })),
          )
          .map((body) => JSON.stringify(body))
  return fc.record({
    to: fc.constant(operation.name),
    method: fc.constant(operation.method),
    product: fc.constantFrom(...PRODUCTS),
    customer: fc.constantFrom(...CUSTOMERS),
    path: pathOf(operation),
    query: fc
      .oneof(
        named(inPlace('query')),
        // Of ten parameters, one is always such that nothing matches.
        named(inPlace('query').filter((it) => it.required)),
      )
      .map((query) => Object.entries(query)),
    headers: named(inPlace('header')),
    body: bodies,
  })
}

const OBJECT_OF_PATH: readonly (readonly [string, Parameters<typeof placeholders>[0]])[] = [
  ['/webhook-endpoints/{id}', 'endpoint'],
  ['/quotes/', 'quote'],
  ['/orders/', 'order'],
  ['/licenses/', 'license'],
]

function pathOf({ path }: DescribedOperation): Arbitrary<Record<string, string>> {
  const [, kind] = OBJECT_OF_PATH.find(([part]) => path.includes(part)) ?? []
  const names = kind === undefined ? ['x'] : placeholders(kind)
  const id = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...names) },
    fc.string({ minLength: 1, maxLength: 80 }),
    fc.constantFrom('%', '%00', ' ', '%2e%2e', '../..', 'constructor', '__proto__', 'null'),
  )
  return fc.record({ id, version: fc.constantFrom('1.0.0', '1.0.1') })
}

/** One that the document permits, with one thing about it changed. */
export function bent(operation: DescribedOperation, document: ApiDocument): Arbitrary<FuzzRequest> {
  return fc
    .tuple(valid(operation, document), changeOf(operation))
    .map(([request, apply]) => apply(request))
}

type Change = (request: FuzzRequest) => FuzzRequest

const header = (name: string, values: Arbitrary<string>): Arbitrary<Change> =>
  values.map((value) => (it) => ({ ...it, headers: { ...it.headers, [name]: value } }))

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), unexpected.map(String))

const changeOf = (operation: DescribedOperation): Arbitrary<Change> =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.tuple(fc.nat(), unexpected).map(
        ([at, value]): Change =>
          (it) =>
            inBody(it, (body) => replaced(body, at, value)),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(anyText, unexpected).map(
        ([name, value]): Change =>
          (it) =>
            inBody(it, (body) => ({ ...body, [name]: value })),
      ),
    },
    fc.nat().map(
      (at): Change =>
        (it) =>
          inBody(it, (body) => replaced(body, at, undefined)),
    ),
    fc.constantFrom<string | Bytes>(...MALFORMED.map(([, body]) => body), ...STRANGE_OBJECTS).map(
      (body): Change =>
        (it) =>
          it.body === null ? it : { ...it, body },
    ),
    fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([at, bytes]): Change => (it) => ({
      ...it,
      body: damaged(it.body, at, bytes),
    })),
    fc.tuple(fc.nat(), anyText).map(([at, value]): Change => (it) => ({
      ...it,
      query: bentQuery(operation, it.query, at, value),
    })),
    header('Idempotency-Key', anyText),
    header('Accept-Language', anyText),
    header(
      'Content-Type',
      fc.constantFrom(
        'text/plain',
        'application/xml',
        '',
        'a/b;c',
        'application/json; charset=utf-16',
        'multipart/form-data; boundary=x',
      ),
    ),
    header(
      'Authorization',
      fc.oneof(
        anyText,
        anyText.map((text) => `Bearer ${text}`),
      ),
    ),
    header('Accept', fc.constantFrom('text/html', 'image/png', '*/*;q=0', 'application/json')),
    fc
      .constantFrom('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE')
      .map((method): Change => (it) => ({ ...it, method })),
  )

/** Applies to JSON bodies only. */
function inBody(request: FuzzRequest, edit: (body: object) => object): FuzzRequest {
  if (typeof request.body !== 'string') return request
  const body: unknown = JSON.parse(request.body)
  if (typeof body !== 'object' || body === null) return request
  return { ...request, body: JSON.stringify(edit(body)) }
}

/** The n-th place of the value, counted around, holds something else; undefined takes it out. */
function replaced(body: object, at: number, value: unknown): object {
  const copy: object = structuredClone(body)
  const places = placesOf(copy)
  const place = places[at % Math.max(places.length, 1)]
  if (place === undefined) return copy
  const [holder, name] = place
  if (value === undefined) Reflect.deleteProperty(holder, name)
  else Reflect.set(holder, name, value)
  return copy
}

function placesOf(value: unknown): (readonly [object, string])[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    [value, name] as const,
    ...placesOf(member),
  ])
}

/** Overwritten, beginning there. */
function damaged(body: FuzzRequest['body'], at: number, bytes: Uint8Array): FuzzRequest['body'] {
  if (body === null) return null
  const copy = typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body)
  const start = at % (copy.length + 1)
  copy.set(bytes.subarray(0, copy.length - start), start)
  return copy
}

function bentQuery(
  { parameters }: DescribedOperation,
  query: FuzzRequest['query'],
  at: number,
  value: string,
): FuzzRequest['query'] {
  const names = parameters.filter((it) => it.in === 'query').map((it) => it.name)
  return [...query, [names[at % Math.max(names.length, 1)] ?? value, value]]
}

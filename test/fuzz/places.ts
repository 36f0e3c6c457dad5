/** Every place of the document that takes text: a field of a body, a parameter, a header. */
import type { ApiDocument, DescribedOperation, Schema } from './document.ts'
import type { FuzzRequest } from './requests.ts'
import { typesOf } from './values.ts'

export interface PlaceOfText {
  /** The operation and the last name, as `GET /w/{publishableKey}/licenses q`. */
  readonly name: string
  /** A request that is in order but for this text there. */
  readonly with: (text: string) => FuzzRequest
}

/** The plainest request that the document permits. */
export function requestWith(operation: DescribedOperation, body: unknown = null): FuzzRequest {
  const kinds: readonly (readonly [string, string])[] = [
    ['/quotes/', '«quote:0»'],
    ['/orders/', '«order:0»'],
    ['/licenses/', '«license:0»'],
  ]
  const [, id = 'x'] = kinds.find(([part]) => operation.path.includes(part)) ?? []
  return {
    to: operation.name,
    method: operation.method,
    product: 'recover',
    customer: 'acme',
    path: { id, version: '1.0.0' },
    query: [],
    headers: {},
    body: body === null ? null : JSON.stringify(body),
  }
}

export function placesOfText(document: ApiDocument): readonly PlaceOfText[] {
  return document.operations.flatMap((operation) => [
    ...placesInBody(operation, document),
    ...placesInParameters(operation, document),
    ...['Idempotency-Key', 'Accept-Language', 'X-Request-Id', 'User-Agent'].map((header) => ({
      name: `${operation.name} ${header}`,
      with: (text: string) => ({
        ...requestWith(operation, sample(operation.bodySchema, document)),
        headers: { [header]: text },
      }),
    })),
  ])
}

function placesInParameters(
  operation: DescribedOperation,
  { resolve }: ApiDocument,
): readonly PlaceOfText[] {
  return operation.parameters
    .filter((it) => it.name !== 'publishableKey' && typesOf(resolve(it.schema)).includes('string'))
    .filter((it) => it.in !== 'header')
    .map(({ name, in: place }) => ({
      name: `${operation.name} ${name}`,
      with: (text) => {
        const request = requestWith(operation)
        return place === 'path'
          ? { ...request, path: { [name]: text === '' ? ' ' : text } }
          : { ...request, query: [[name, text]] }
      },
    }))
}

function placesInBody(operation: DescribedOperation, document: ApiDocument): PlaceOfText[] {
  const { bodySchema } = operation
  if (bodySchema === null) return []
  return pathsOfText(bodySchema, document).map((path) => ({
    name: [operation.name, ...path].join(' '),
    with: (text) => requestWith(operation, placed(sample(bodySchema, document), path, text)),
  }))
}

type Path = readonly (string | number)[]

function pathsOfText(schema: Schema, document: ApiDocument): readonly Path[] {
  const { properties, items, ...found } = document.resolve(schema)
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([name, field]) =>
      pathsOfText(field, document).map((rest) => [name, ...rest]),
    )
  }
  if (items !== undefined) return pathsOfText(items, document).map((rest) => [0, ...rest])
  return typesOf(found).includes('string') ? [[]] : []
}

/** Text of no length for any text; enough to reach the field that is tried. */
function sample(schema: Schema | null, document: ApiDocument): unknown {
  if (schema === null) return null
  const { properties, items, required = [], ...found } = document.resolve(schema)
  if (properties !== undefined) {
    return Object.fromEntries(
      required.map((name) => [name, SAMPLES[name] ?? sample(properties[name] ?? {}, document)]),
    )
  }
  if (items !== undefined) return [sample(items, document)]
  const [type] = typesOf(found)
  return type === 'integer' ? 1 : type === 'boolean' ? false : 'x'
}

const SAMPLES: Readonly<Record<string, unknown>> = {
  plan: 'dr',
  quote_id: '«quote:0»',
  notices_version: '«notices:0»',
}

function placed(value: unknown, [head, ...rest]: Path, text: string): unknown {
  if (head === undefined) return text
  if (Array.isArray(value)) return value.map((item) => placed(item, rest, text))
  const record: object = Object(value)
  return { ...record, [head]: placed(Reflect.get(record, head), rest, text) }
}

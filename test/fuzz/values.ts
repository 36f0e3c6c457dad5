/** Values that a schema permits, and values that nobody expects. */
import fc, { type Arbitrary } from 'fast-check'
import { INJECTIONS, UNUSUAL_TEXTS } from './corpora.ts'
import type { Schema } from './document.ts'
import { placeholders } from './pool.ts'

const TYPICAL_LENGTH = 40

/**
 * Words that mean something here, by the name of the field: what is only random never gets far.
 * `«order:3»` stands for an order of the pool, filled in when the request is sent.
 */
const KNOWN_WORDS: Readonly<Record<string, readonly string[]>> = {
  plan: ['dr', 'failback', 'migration', 'solo', 'team', 'archive'],
  cycle: ['month', 'year'],
  currency: ['USD', 'EUR', 'JPY'],
  promo_code: ['WELCOME10', 'TEAM50', 'welcome10'],
  time_zone: ['UTC', 'Asia/Shanghai', 'Pacific/Apia', 'Asia/Kathmandu', 'utc', '+05:00'],
  locale: ['en', 'zh-CN', 'de-AT-1996', 'x'],
  status: ['active', 'active,grace', 'expiring', 'revoked,', 'unknown'],
  sort: ['id', '-total', 'expires_at', '-status', 'in_use', '-service_life_days'],
  wait: ['0', '0.05', '-1', '26', 'x', ''],
  cursor: placeholders('cursor'),
  quote_id: placeholders('quote'),
  order_id: placeholders('order'),
  license_id: placeholders('license'),
  license_ids: placeholders('license'),
  notices_version: placeholders('notices'),
  version: ['1.0.0', '1.0.1'],
  url: ['http://localhost:1/hook', 'https://10.0.0.1/hook'],
  return_url: ['«origin»/demo/recover/', '«origin»', 'https://evil.example'],
}

/** Values that the schema permits, the known words of that field most of the time. */
export function permitted(
  schema: Schema,
  resolve: (schema: Schema) => Schema,
  name = '',
): Arbitrary<unknown> {
  const found = resolve(schema)
  const plain = bySchema(found, resolve, name)
  const words = KNOWN_WORDS[name]
  if (words === undefined || !typesOf(found).includes('string')) return plain
  const wanted = found.enum === undefined ? fc.constantFrom(...words) : plain
  return fc.oneof({ weight: 5, arbitrary: wanted }, { weight: 1, arbitrary: plain })
}

function bySchema(
  schema: Schema,
  resolve: (schema: Schema) => Schema,
  name: string,
): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) {
    return fc.oneof(...choices.map((choice) => permitted(choice, resolve, name)))
  }
  return fc.oneof(...typesOf(schema).map((type) => ofType(type, schema, resolve, name)))
}

function ofType(
  type: string,
  schema: Schema,
  resolve: (schema: Schema) => Schema,
  name: string,
): Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return integers(schema)
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'string':
      return texts(schema)
    case 'array':
      return fc.array(permitted(schema.items ?? {}, resolve, name), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 3, (schema.minItems ?? 0) + 2),
      })
    case 'object':
      return objects(schema, resolve)
    default:
      throw new Error(`the fuzzer knows no values of type ${type}`)
  }
}

/** Small ones most of the time: what is counted here is bought, and has a price. */
function integers({ minimum = -1_000_000, maximum = 1_000_000 }: Schema): Arbitrary<number> {
  const min = Math.max(minimum, Number.MIN_SAFE_INTEGER)
  const max = Math.min(maximum, Number.MAX_SAFE_INTEGER)
  const small = fc.integer({ min, max: Math.min(max, Math.max(min, 20)) })
  return fc.oneof({ weight: 4, arbitrary: small }, fc.integer({ min, max }))
}

function texts({ pattern, minLength = 0, maxLength }: Schema): Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  return fc.string({
    minLength,
    maxLength: Math.max(minLength, Math.min(maxLength ?? TYPICAL_LENGTH, TYPICAL_LENGTH)),
    unit: 'grapheme',
  })
}

function objects(
  { properties = {}, required = [] }: Schema,
  resolve: (schema: Schema) => Schema,
): Arbitrary<object> {
  const fields = Object.entries(properties).map(
    ([name, field]) => [name, permitted(field, resolve, name)] as const,
  )
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...required] })
}

export function typesOf({ type, properties }: Schema): readonly string[] {
  if (typeof type === 'string') return [type]
  return type ?? (properties === undefined ? ['string', 'integer', 'null'] : ['object'])
}

/** In place of any value. */
export const unexpected: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, '', 0, -0, -1, 1.5, [], {}, [[]], [null], ' '),
  fc.constantFrom(2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 1e21, 1e308, 5e-324, -(2 ** 53)),
  fc.constantFrom(...INJECTIONS),
  fc.constantFrom(...UNUSUAL_TEXTS),
  fc.integer({ min: 1, max: 70_000 }).map((length) => 'x'.repeat(length)),
  fc.json({ maxDepth: 3 }).map((text): unknown => JSON.parse(text)),
  fc.string({ unit: 'binary' }),
)

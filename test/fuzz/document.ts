/** Our own OpenAPI document as the fuzzer reads it: what may be sent, and what may be answered. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'

export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

const AnySchema = z.custom<Schema>((value) => typeof value === 'object' && value !== null)
const Content = z.record(z.string(), z.object({ schema: AnySchema.optional() }))
const Parameter = z.object({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().default(false),
  schema: AnySchema,
})
const OpenApiOperation = z.looseObject({
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: Content.optional() })),
})
const Document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), AnySchema) }),
})
export type Parameter = z.infer<typeof Parameter>

export interface Answer {
  readonly mediaType: string
  /** Null for what is not JSON. @returns what breaks the schema */
  readonly faultsOf: ((body: unknown) => readonly string[]) | null
}

export interface DescribedOperation {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly bodySchema: Schema | null
  /** Whether the document permits this body. */
  readonly permits: (body: unknown) => boolean
  /** By status, or `default`. */
  readonly answers: ReadonlyMap<string, readonly Answer[]>
}

export interface ApiDocument {
  readonly operations: readonly DescribedOperation[]
  /** Follows `$ref`. */
  readonly resolve: (schema: Schema) => Schema
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export function readDocument(json: unknown): ApiDocument {
  const { paths, components } = Document.parse(json)
  const { schemas } = components
  const permitted = validatorsOver(schemas)
  const answered = validatorsOver(mapped(schemas, closed))
  const described = (path: string, method: string, found: unknown, shared: Parameter[]) => {
    const operation = OpenApiOperation.parse(found)
    const bodySchema = operation.requestBody?.content['application/json']?.schema ?? null
    const validate = bodySchema === null ? null : permitted(bodySchema)
    const answers = Object.entries(operation.responses).map(
      ([status, { content = {} }]) => [status, answersOf(content, answered)] as const,
    )
    return {
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      parameters: [...shared, ...operation.parameters],
      bodySchema,
      permits: (body: unknown) => validate?.(body) ?? true,
      answers: new Map(answers),
    }
  }
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => method in item).map((method) =>
      described(path, method, item[method], z.array(Parameter).parse(item['parameters'] ?? [])),
    ),
  )
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolve(schemas[nameIn(schema.$ref)] ?? {})
  return { operations, resolve }
}

type Compile = (schema: Schema) => ValidateFunction

function validatorsOver(schemas: Readonly<Record<string, Schema>>): Compile {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  ajv.addSchema({ $id: 'api:/', components: { schemas } })
  return (schema) => ajv.compile(absolute(schema))
}

function answersOf(content: z.infer<typeof Content>, compile: Compile): Answer[] {
  return Object.entries(content).map(([mediaType, { schema }]) => {
    if (schema === undefined || !mediaType.includes('json')) return { mediaType, faultsOf: null }
    const validate = compile(closed(schema))
    const faultsOf = (body: unknown) =>
      validate(body)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message, params }) =>
            [instancePath, message, JSON.stringify(params)].join(' '),
          )
    return { mediaType, faultsOf }
  })
}

/** A field that is not declared is a leak, so answers are held to exactly what is declared. */
function closed(schema: Schema): Schema {
  const inner = rewritten(schema, closed)
  const isOpen = inner.properties === undefined || inner.additionalProperties !== undefined
  return isOpen ? inner : { ...inner, additionalProperties: false }
}

/** References of the document as references into the registered schemas. */
function absolute(schema: Schema): Schema {
  const inner = rewritten(schema, absolute)
  return inner.$ref === undefined ? inner : { $ref: `api:/${inner.$ref}` }
}

function rewritten(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const { items, properties, additionalProperties, anyOf, oneOf, allOf } = schema
  return {
    ...schema,
    ...(items && { items: change(items) }),
    ...(properties && { properties: mapped(properties, change) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: change(additionalProperties),
    }),
    ...(anyOf && { anyOf: anyOf.map(change) }),
    ...(oneOf && { oneOf: oneOf.map(change) }),
    ...(allOf && { allOf: allOf.map(change) }),
  }
}

function mapped(schemas: Readonly<Record<string, Schema>>, change: (schema: Schema) => Schema) {
  return Object.fromEntries(Object.entries(schemas).map(([name, it]) => [name, change(it)]))
}

function nameIn(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1)
}

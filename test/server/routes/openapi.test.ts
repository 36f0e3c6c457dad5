/** `/openapi.json` describes what there is: complete, without loose ends, with examples that hold. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const Operation = z.looseObject({
  summary: z.string().min(1),
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).default([]),
  responses: z.record(z.string(), z.looseObject({ description: z.string().min(1) })),
})
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  servers: z.array(z.object({ url: z.url() })),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
})

let center: TestSystem
let text: string
beforeAll(async () => {
  center = await startTestSystem()
  text = await (await fetch(`${center.system.origin}/openapi.json`)).text()
})
afterAll(() => center.remove())

it('says where the server is, and answers every operation with a success and with problems', () => {
  const { servers, paths } = document()
  expect(servers).toEqual([{ url: center.system.origin }])
  for (const { name, operation } of operationsOf(paths)) {
    const codes = Object.keys(operation.responses)
    expect(
      codes.some((code) => code.startsWith('2')),
      name,
    ).toBe(true)
    expect(codes, name).toContain('default')
  }
})

it('declares every parameter of every path', () => {
  for (const { name, path, operation } of operationsOf(document().paths)) {
    const declared = operation.parameters.filter((it) => it.in === 'path').map((it) => it.name)
    const used = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter)
    expect(declared.toSorted(), name).toEqual(used.toSorted())
  }
})

it('refers only to schemas that it has', () => {
  const { components } = document()
  const references = [...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, it]) => it)
  expect(references.length).toBeGreaterThan(10)
  for (const reference of references) expect(Object.keys(components.schemas)).toContain(reference)
  for (const name of ['Catalogue', 'Quote', 'Order', 'License', 'LicenseList', 'Problem']) {
    expect(Object.keys(components.schemas)).toContain(name)
  }
})

it('gives examples that their own schema accepts', () => {
  const examples = examplesOf(JSON.parse(text))
  expect(examples.length).toBeGreaterThan(3)
  for (const { schema, example } of examples) {
    const { type, pattern } = schema
    if (type === 'string') expect(example).toMatch(new RegExp(String(pattern ?? '')))
    if (type === 'integer') expect(Number.isInteger(example)).toBe(true)
  }
})

function document() {
  return Document.parse(JSON.parse(text))
}

/** Parameters of a path count for each of its operations. */
function operationsOf(paths: Record<string, Record<string, unknown>>) {
  return Object.entries(paths).flatMap(([path, { parameters = [], ...operations }]) =>
    Object.entries(operations).map(([method, found]) => {
      const operation = Operation.parse(found)
      const shared = Operation.shape.parameters.parse(parameters)
      return {
        name: `${method} ${path}`,
        path,
        operation: { ...operation, parameters: [...shared, ...operation.parameters] },
      }
    }),
  )
}

function examplesOf(value: unknown): { schema: Record<string, unknown>; example: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  const below = Object.values(value).flatMap(examplesOf)
  const own =
    'example' in value && 'type' in value ? [{ schema: { ...value }, example: value.example }] : []
  return [...own, ...below]
}

/**
 * Reads a catalogue as a person wrote it, YAML or JSON, and answers with every mistake at once, each
 * at its line and column (design section 5). Nothing half-read leaves this file.
 */
import {
  type Document,
  LineCounter,
  type YAMLError,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  visit,
} from 'yaml'
import { z } from 'zod'
import { CatalogueDocument } from './catalogue.ts'
import type { Finding, Path } from './catalogue-findings.ts'
import { ruleFindings } from './catalogue-rules.ts'
import { nearestWord } from './suggest.ts'

export interface CatalogueMistake {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** e.g. `products[0].plans[1].prices[0].cycle`; empty for the whole document. */
  readonly path: string
  readonly message: string
  /** What was probably meant. */
  readonly suggestion?: string
}

export type ParsedCatalogue =
  | { readonly ok: true; readonly document: CatalogueDocument }
  | { readonly ok: false; readonly mistakes: readonly CatalogueMistake[] }

/** @param fileName  decides the grammar: `.json` is held to JSON's quoting, everything else is YAML 1.2 */
export function parseCatalogue(text: string, fileName: string): ParsedCatalogue {
  const lines = new LineCounter()
  const schema = fileName.toLowerCase().endsWith('.json') ? 'json' : 'core'
  const tree = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema })
  const broken = [...tree.errors, ...tree.warnings]
  if (broken.length > 0) return refused(broken.map((error) => syntaxMistake(error, lines)))
  const raw = rawOf(tree)
  if (!raw.ok) return refused([{ line: 1, column: 1, path: '', message: raw.message }])
  const parsed = CatalogueDocument.safeParse(raw.value, { reportInput: true })
  const issues = parsed.success ? [] : parsed.error.issues
  const findings = [
    ...issues.flatMap((issue) => schemaFindings(issue)),
    ...ruleFindings(raw.value),
    ...decimalFindings(tree),
  ]
  if (!parsed.success || findings.length > 0) {
    return refused(findings.map((finding) => located(finding, tree, lines)))
  }
  return { ok: true, document: parsed.data }
}

/** `catalogue.yaml:12:5 products[0].id: … Did you mean …?`, as editors and terminals link it. */
export function mistakeText(mistake: CatalogueMistake, fileName: string): string {
  const { line, column, path, message, suggestion } = mistake
  const where = `${fileName}:${line}:${column}${path && ` ${path}`}`
  return `${where}: ${message}${suggestion ? ` Did you mean "${suggestion}"?` : ''}`
}

function refused(mistakes: readonly CatalogueMistake[]): ParsedCatalogue {
  return {
    ok: false,
    mistakes: mistakes.toSorted((a, b) => a.line - b.line || a.column - b.column),
  }
}

function syntaxMistake(error: YAMLError, lines: LineCounter): CatalogueMistake {
  return { ...position(lines, error.pos[0]), path: '', message: error.message }
}

/** Aliases are expanded here; a document that expands without end is refused by the parser. */
function rawOf(tree: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    const value: unknown = tree.toJS()
    return value === null ? { ok: false, message: 'The document is empty.' } : { ok: true, value }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

type Issue = z.core.$ZodIssue

function schemaFindings(issue: Issue): Finding[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  const value = issue.input
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(CatalogueDocument, path)
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `Unknown key "${key}".`,
      suggestion: nearestWord(key, known),
      isKey: true,
    }))
  }
  if (value === undefined) return [{ path, message: 'Missing.' }]
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map(String)
    const message = `${JSON.stringify(value)} is not one of ${allowed.join(', ')}.`
    return [{ path, message, suggestion: nearestWord(String(value), allowed) }]
  }
  if (issue.code === 'invalid_type') {
    const expected = KINDS[issue.expected] ?? issue.expected
    return [{ path, message: `Expected ${expected}, found ${JSON.stringify(value)}.` }]
  }
  if (issue.code === 'too_small')
    return [{ path, message: `At least ${issue.minimum}${unitOf(issue.minimum, issue)}.` }]
  if (issue.code === 'too_big')
    return [{ path, message: `At most ${issue.maximum}${unitOf(issue.maximum, issue)}.` }]
  return [{ path, message: `${issue.message}.` }]
}

const KINDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  array: 'a list',
}

function unitOf(count: number | bigint, { origin }: { readonly origin: string }): string {
  if (origin === 'array') return ' in the list'
  if (origin !== 'string') return ''
  return count === 1 ? ' character' : ' characters'
}

/** `49.00` is the number 49 to a parser, and $49.00 to whoever wrote it. */
function decimalFindings(tree: Document): Finding[] {
  const findings: Finding[] = []
  visit(tree, {
    Scalar(_, scalar, ancestors) {
      const { value, source } = scalar
      if (!Number.isInteger(value) || !source?.includes('.')) return
      const message = `Write whole minor units without a point: ${source} would be ${value}.`
      findings.push({ path: pathOf([...ancestors, scalar]), message })
    },
  })
  return findings
}

/** Keys and positions on the way from the document down to a node, which comes last. */
function pathOf(nodes: readonly unknown[]): Path {
  return nodes.flatMap((node, depth): Path => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : []
    const next = nodes[depth + 1]
    return isSeq(node) && next !== undefined ? [node.items.indexOf(next)] : []
  })
}

/** Keys that the schema knows at that place; none inside free-form records. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  const inner = unwrapped(schema)
  const [key, ...rest] = path
  if (inner instanceof z.ZodArray && key !== undefined) return keysAt(inner.element, rest)
  if (inner instanceof z.ZodRecord && inner.keyType instanceof z.ZodEnum) {
    return inner.keyType.options.map(String)
  }
  if (!(inner instanceof z.ZodObject)) return []
  if (key === undefined) return Object.keys(inner.shape)
  const field: z.core.$ZodType | undefined = inner.shape[key]
  return field ? keysAt(field, rest) : []
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? unwrapped(schema.unwrap())
    : schema
}

function located(finding: Finding, tree: Document, lines: LineCounter): CatalogueMistake {
  const offset = finding.isKey ? keyOffset(tree, finding.path) : valueOffset(tree, finding.path)
  const place = { ...position(lines, offset), path: pathText(finding.path) }
  const { message, suggestion } = finding
  return suggestion ? { ...place, message, suggestion } : { ...place, message }
}

function keyOffset(tree: Document, path: Path): number {
  const parent = tree.getIn(path.slice(0, -1), true)
  const pairs = isMap(parent) ? parent.items : []
  const key = pairs.find(({ key }) => isScalar(key) && key.value === path.at(-1))?.key
  return isNode(key) && key.range ? key.range[0] : valueOffset(tree, path)
}

/** Where the value begins; what is absent is looked for where it belongs. */
function valueOffset(tree: Document, path: Path): number {
  const node = tree.getIn(path, true)
  if (isNode(node) && node.range) return node.range[0]
  return path.length > 0 ? valueOffset(tree, path.slice(0, -1)) : 0
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function pathText(path: Path): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${key}`))
    .join('')
}

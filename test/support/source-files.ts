/** Reads the repository as source: files, their imports, and the expressions that rules ask about. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, posix } from 'node:path'
import ts from '@typescript/typescript6'

export interface SourceFile {
  /** From the root of the repository, with `/`. */
  readonly path: string
  readonly text: string
}

export interface Import {
  /** A path from the root of the repository for our own files, else the name of a package. */
  readonly target: string
  readonly isOwn: boolean
  /** True when nothing of it remains at run time. */
  readonly isTypeOnly: boolean
}

const SKIPPED = new Set(['node_modules', 'dist', '.data'])
const CODE = /\.(ts|tsx|mjs|js)$/

/** All files of code below a folder of the repository. */
export function sourceFiles(root: string, folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : sourceFiles(root, path)
    return CODE.test(entry.name) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : []
  })
}

/** Static, re-exporting, dynamic and type imports. */
export function importsOf(file: SourceFile): Import[] {
  return nodesOf(file).flatMap((node) => {
    const found = specifierOf(node)
    if (found === null) return []
    const isOwn = found.specifier.startsWith('.')
    const own = () => posix.normalize(posix.join(posix.dirname(file.path), found.specifier))
    return [{ target: isOwn ? own() : found.specifier, isOwn, isTypeOnly: found.isTypeOnly }]
  })
}

/**
 * What the code does, as text without arguments: `Date.now`, `new Date()`, `client.execute()`,
 * `process.env`. Comments and strings do not count.
 */
export function actsOf(file: SourceFile): string[] {
  return nodesOf(file).flatMap((node) => {
    if (ts.isNewExpression(node)) {
      return [`new ${node.expression.getText()}(${node.arguments?.length ? '…' : ''})`]
    }
    if (ts.isCallExpression(node)) return [`${plain(node.expression.getText())}()`]
    if (ts.isPropertyAccessExpression(node)) return [plain(node.getText())]
    return []
  })
}

function plain(expression: string): string {
  return expression.replaceAll(/\?|\s/g, '')
}

function nodesOf(file: SourceFile): ts.Node[] {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return nodes
}

function specifierOf(node: ts.Node): { specifier: string; isTypeOnly: boolean } | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const specifier = node.moduleSpecifier
    if (specifier === undefined || !ts.isStringLiteral(specifier)) return null
    return { specifier: specifier.text, isTypeOnly: isTypeOnly(node) }
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments
    const isText = argument !== undefined && ts.isStringLiteralLike(argument)
    return isText ? { specifier: argument.text, isTypeOnly: false } : null
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument
    return ts.isStringLiteral(literal) ? { specifier: literal.text, isTypeOnly: true } : null
  }
  return null
}

/** `verbatimModuleSyntax`: only `import type` and `export type` vanish; `import { type X }` stays. */
function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  return node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
}

/** Promises that nobody waits for, found by their types. */
import ts from 'typescript'
import { join, relative } from 'node:path'

/** @param root  of the repository, with `tsconfig.json` in it */
export function typedProgram(root: string, files: readonly string[]): ts.Program {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const paths = files.map((file) => join(root, file))
  return ts.createProgram(paths, { ...options, noEmit: true })
}

/** Statements that start work and drop its promise; `void` in front of it says so, and changes nothing. */
export function droppedPromises(root: string, program: ts.Program, file: string): string[] {
  const source = program.getSourceFile(join(root, file))
  if (source === undefined) throw new Error(`${file} is not part of the program`)
  const checker = program.getTypeChecker()
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const dropped = droppedBy(node)
    if (dropped !== null && isPromise(checker, checker.getTypeAtLocation(dropped))) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${relative(root, source.fileName)}:${line + 1}: ${node.getText().split('\n')[0]}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function droppedBy(node: ts.Node): ts.Expression | null {
  if (ts.isVoidExpression(node)) return node.expression
  return ts.isExpressionStatement(node) && !ts.isVoidExpression(node.expression)
    ? node.expression
    : null
}

function isPromise(checker: ts.TypeChecker, type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type]
  return parts.some((part) => checker.getPropertyOfType(part, 'then') !== undefined)
}

/**
 * The simulated world with all planted bugs in it, one of which is alive at a time: building and loading
 * a bundle for each costs six times as much as the day that finds it.
 *
 * In place of each patched module stands one that has its exports and calls the same function of the
 * module as it is, or of a copy with the bug in it. What a module exports that is no function is
 * always that of the module as it is; a bug that sits there has to be looked for in a bundle of its own.
 */
import { readFileSync } from 'node:fs'
import { parseSync, type Plugin } from 'vite'
import { groupBy } from '../../server/domain/group-by.ts'
import { buildSimulation, misfitOf, ROOT, type Patch } from './bundle.ts'

const ALIVE = 'virtual:alive'

/** @returns the path of the module, whose `plant` wakes one bug. @throws Error for a patch that does not fit */
export async function bundleJointly(patches: readonly Patch[]): Promise<string> {
  const misfit = patches.map(misfitOf).find((problem) => problem !== null)
  if (misfit !== undefined) throw new Error(misfit)
  return buildSimulation('jointly', [joining(patches)], false)
}

function joining(patches: readonly Patch[]): Plugin {
  const byFile = groupBy(patches, ({ file }) => ROOT + file)
  return {
    name: 'planted-bugs',
    enforce: 'pre',
    resolveId: {
      filter: { id: /^virtual:alive$/ },
      handler: (id) => id,
    },
    load(id) {
      if (id === ALIVE) return aliveModule
      const [file = '', query] = id.split('?')
      const own = byFile.get(file)
      if (own === undefined) return null
      const source = readFileSync(file, 'utf8')
      if (query === undefined) return { code: facade(file, source, own), moduleType: 'js' }
      const bug = own.find(({ name }) => query === `planted=${name}`)
      return bug === undefined ? source : source.replace(bug.find, () => bug.replace)
    },
    transform: {
      filter: { id: /\/test\/simulation\/entry\.ts$/ },
      handler: (code) => `export { plant } from '${ALIVE}'\n${code}`,
    },
  }
}

const aliveModule = `
let name = null
export function plant(bug) { name = bug }
export function alive() { return name }
`

function facade(file: string, source: string, bugs: readonly Patch[]): string {
  return [
    `import { alive } from '${ALIVE}'`,
    `import * as sound from '${file}?sound'`,
    ...bugs.map(({ name }, index) => `import * as bug${index} from '${file}?planted=${name}'`),
    `export * from '${file}?sound'`,
    'function chosen() {',
    '  switch (alive()) {',
    ...bugs.map(({ name }, index) => `    case '${name}': return bug${index}`),
    '    default: return sound',
    '  }',
    '}',
    ...functionsOf(file, source).map(
      (name) => `export function ${name}(...given) { return chosen().${name}(...given) }`,
    ),
  ].join('\n')
}

/** Names of the functions that a module exports by itself. */
function functionsOf(file: string, source: string): string[] {
  return parseSync(file, source).program.body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') return []
    const { declaration } = statement
    if (declaration?.type === 'FunctionDeclaration') return declaration.id?.name ?? []
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ id, init }) =>
      id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression' ? [id.name] : [],
    )
  })
}

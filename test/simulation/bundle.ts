/** Builds the product and its simulated world as one module, from the sources or with a bug planted in them. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** A source patch: never a switch in the product, never on disk. */
export interface Patch {
  readonly name: string
  /** From the root of the repository. */
  readonly file: string
  /** Occurs exactly once in the file. */
  readonly find: string
  readonly replace: string
}

/** @returns the path of the module. @throws Error when the patch does not fit the source any more */
export async function bundle(patch: Patch | null): Promise<string> {
  if (patch === null) return buildSimulation('as-it-is', [], true)
  const misfit = misfitOf(patch)
  if (misfit !== null) throw new Error(misfit)
  return buildSimulation(patch.name, [planting(patch)], false)
}

/** @param isMapped  a planted bug says what it breaks, not where. @returns the path of the module */
export async function buildSimulation(
  name: string,
  plugins: readonly Plugin[],
  isMapped: boolean,
): Promise<string> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [sharedSurroundings, ...plugins],
    oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
    build: {
      ssr: true,
      target: 'node24',
      outDir: 'dist/simulation',
      emptyOutDir: false,
      reportCompressedSize: false,
      sourcemap: isMapped && 'inline',
      rolldownOptions: {
        // What nobody calls costs less to keep than to find.
        treeshake: false,
        input: { [name]: `${ROOT}test/simulation/entry.ts` },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  })
  return `${ROOT}dist/simulation/${name}.js`
}

/** Why the patch does not fit the source any more, as a sentence; null when it does. */
export function misfitOf({ name, file, find }: Patch): string | null {
  const count = readFileSync(ROOT + file, 'utf8').split(find).length - 1
  if (count === 1) return null
  return (
    `The planted bug “${name}” looks for a text that occurs ${count} times in ${file}. ` +
    `Find the place again, and mend its entry in test/simulation/planted/:\n${find}`
  )
}

/** One process has one network and one clock, however many bundles it loads. */
const sharedSurroundings: Plugin = {
  name: 'shared-surroundings',
  enforce: 'pre',
  resolveId: {
    filter: { id: /\/ambient\.ts$/ },
    handler: () => ({ id: new URL('core/ambient.ts', import.meta.url).href, external: true }),
  },
}

function planting({ file, find, replace }: Patch): Plugin {
  return {
    name: 'planted-bug',
    enforce: 'pre',
    transform: {
      filter: { code: find },
      handler: (code, id) => (id === ROOT + file ? code.replace(find, () => replace) : null),
    },
  }
}

/**
 * Runs a measurement as the server is deployed: from one bundle, in a process of its own. The test
 * runner wraps every import in a look-up, which slows our many files and hardly a bare handler.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** @param name  of `test/bench/{name}.ts`; what it prints is printed. @throws Error when it fails */
export async function runBuilt(name: string): Promise<void> {
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
    build: {
      ssr: true,
      target: 'node24',
      // Two levels below the root, as the sources are, so that what they read is where they look.
      outDir: 'dist/bench',
      emptyOutDir: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { [name]: `${ROOT}test/bench/${name}.ts` },
        output: { entryFileNames: '[name].js', codeSplitting: false },
      },
    },
  })
  const child = spawn(process.execPath, [`${ROOT}dist/bench/${name}.js`], { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`${name} ended with ${code}`)
}

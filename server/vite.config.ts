import { copyFileSync, mkdirSync } from 'node:fs'
import { defineConfig } from 'vite'

const root = new URL('..', import.meta.url).pathname

/** The script of /reference, served by ourselves: no third party on a payments origin. */
const apiReader = {
  name: 'api-reader',
  closeBundle() {
    mkdirSync(`${root}dist/reference`, { recursive: true })
    copyFileSync(
      `${root}node_modules/@scalar/api-reference/dist/browser/standalone.js`,
      `${root}dist/reference/reader.js`,
    )
  },
}

/** The server for Node: pages are `.tsx`, which Node cannot run. Packages stay outside. */
export default defineConfig({
  root,
  plugins: [apiReader],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/server',
    emptyOutDir: true,
    rolldownOptions: {
      input: {
        node: 'server/runtime/node.ts',
        cli: 'server/runtime/cli.ts',
        demo: 'demo/serve.ts',
        'demo-worker': 'demo/serve-worker.ts',
        'stripe-stand-in': 'demo/stripe/serve.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
})

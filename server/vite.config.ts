import { defineConfig } from 'vite'

const root = new URL('..', import.meta.url).pathname

/** The server for Node: pages are `.tsx`, which Node cannot run. Packages stay outside. */
export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/server',
    emptyOutDir: true,
    rolldownOptions: {
      input: { node: 'server/runtime/node.ts', demo: 'demo/serve.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})

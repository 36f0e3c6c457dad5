import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

const root = new URL('..', import.meta.url).pathname
const ASSETS = `${root}dist/worker/assets`

/** The server for Cloudflare Workers: one file with everything in it, and the files beside it. */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [englishOnly(), assets()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  ssr: {
    target: 'webworker',
    noExternal: true,
    resolve: { conditions: ['workerd', 'worker', 'browser', 'module', 'production'] },
  },
  build: {
    ssr: 'server/runtime/worker.ts',
    target: 'es2022',
    outDir: 'dist/worker/script',
    emptyOutDir: true,
    minify: true,
    rolldownOptions: { output: { entryFileNames: 'worker.js', codeSplitting: false } },
  },
})

/** zod brings its messages in some fifty languages; ours are in `server/i18n`. */
function englishOnly(): Plugin {
  return {
    name: 'english-only',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source.endsWith('/locales/index.js') && importer?.includes('/zod/') ? '\0locales' : null,
    load: (id) => (id === '\0locales' ? 'export {}' : null),
  }
}

const HEADERS = `/widget/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  X-Content-Type-Options: nosniff
`

/** Cloudflare serves these without asking the Worker. */
function assets(): Plugin {
  return {
    name: 'assets',
    closeBundle() {
      rmSync(ASSETS, { recursive: true, force: true })
      for (const folder of ['widget', 'reference']) {
        cpSync(`${root}dist/${folder}`, `${ASSETS}/${folder}`, { recursive: true })
      }
      writeFileSync(`${ASSETS}/_headers`, HEADERS)
    },
  }
}

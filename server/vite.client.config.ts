import { defineConfig } from 'vite'

const root = new URL('..', import.meta.url).pathname

/** `license-center/client`: one file without a dependency. Its types come from `tsc` beside it. */
export default defineConfig({
  root,
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/client',
    emptyOutDir: true,
    lib: { entry: 'server/client/license-client.ts', formats: ['es'], fileName: 'license-client' },
  },
})

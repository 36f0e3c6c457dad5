import { defineConfig } from 'vite'
import manifest from '../package.json' with { type: 'json' }

const root = new URL('..', import.meta.url).pathname

/**
 * Two files from one source: `v1/license.js`, small, loads the manager and locales when they are
 * needed; and `{version}/license.js` (mode `standalone`), one file that SRI can pin.
 */
export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  define: { __WIDGET_VERSION__: JSON.stringify(manifest.version) },
  resolve: { conditions: ['production', 'module', 'browser', 'default'] },
  build: {
    target: 'es2022',
    outDir: mode === 'standalone' ? `dist/widget/${manifest.version}` : 'dist/widget/v1',
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: 'widget/index.ts', formats: ['es'], fileName: () => 'license.js' },
    rolldownOptions: {
      output: {
        minify: true,
        chunkFileNames: 'chunks/[name]-[hash].js',
        ...(mode === 'standalone' ? { inlineDynamicImports: true } : {}),
      },
    },
  },
}))

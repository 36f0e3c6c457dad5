import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import manifest from '../package.json' with { type: 'json' }

const root = new URL('..', import.meta.url).pathname

/** `integrity.json` beside the pinned file: what a host writes into its script tag (W22). */
const integrity = (directory: string): Plugin => ({
  name: 'integrity',
  closeBundle() {
    const hash = createHash('sha384').update(readFileSync(`${directory}/license.js`))
    const digests = { 'license.js': `sha384-${hash.digest('base64')}` }
    writeFileSync(`${directory}/integrity.json`, JSON.stringify(digests, null, 2))
  },
})

/**
 * Two files from one source: `v1/license.js`, small, loads the manager and locales when they are
 * needed; and `{version}/license.js` (mode `standalone`), one file that SRI can pin.
 */
export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  define: { __WIDGET_VERSION__: JSON.stringify(manifest.version) },
  resolve: { conditions: ['production', 'module', 'browser', 'default'] },
  plugins: [
    narrowTemplates(),
    ...(mode === 'standalone' ? [integrity(`${root}dist/widget/${manifest.version}`)] : []),
  ],
  build: {
    target: 'es2022',
    outDir: mode === 'standalone' ? `dist/widget/${manifest.version}` : 'dist/widget/v1',
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: 'widget/index.ts', formats: ['es'], fileName: () => 'license.js' },
    rolldownOptions: {
      // What loads later takes what it shares from the entry, so that the entry is one request.
      preserveEntrySignatures: 'allow-extension',
      output: {
        minify: true,
        chunkFileNames: 'chunks/[name]-[hash].js',
        codeSplitting:
          mode === 'standalone'
            ? false
            : { groups: [{ name: 'license', test: /widget\/index\.ts$/ }] },
      },
    },
  },
}))

/** Minifiers leave template literals alone; ours are HTML and CSS, where a run of blanks is one. */
function narrowTemplates(): Plugin {
  return {
    name: 'narrow-templates',
    transform(code, id) {
      if (!/\/widget\/(parts|styles|license-)/.test(id)) return null
      return { code: code.replace(/css`[^`]*`/g, narrowStyles).replace(/\n\s*/g, '\n'), map: null }
    },
  }
}

function narrowStyles(template: string): string {
  return template
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
}

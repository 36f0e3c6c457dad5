import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'
import manifest from '../package.json' with { type: 'json' }

const root = new URL('..', import.meta.url).pathname

/** What the desk file consists of; everything else is in the entry, which the desk imports. */
const DESK = /\/widget\/(parts|state)\/desk\/|\/widget\/(i18n|styles|api)\/(desk|renewal)-/
const INTEGRITY_LATER = 'sha384-of-the-desk-file'

const digest = (content: string | Uint8Array) =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`

/**
 * A hash in a script tag covers one file (W14). So the pinned entry carries the hash of the desk
 * beside it, and `integrity.json` holds both, for those who keep copies (W22).
 */
const integrity = (): Plugin => ({
  name: 'integrity',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const { 'license.js': entry, 'desk.js': desk } = bundle
      if (entry?.type !== 'chunk' || desk?.type !== 'chunk' || Object.keys(bundle).length !== 2) {
        throw new Error(`expected license.js and desk.js, got ${Object.keys(bundle).join()}`)
      }
      const before = entry.code
      entry.code = before.replaceAll(INTEGRITY_LATER, digest(desk.code))
      if (entry.code === before) throw new Error('the entry does not verify the desk')
      const digests = { 'license.js': digest(entry.code), 'desk.js': digest(desk.code) }
      const source = JSON.stringify(digests, null, 2)
      this.emitFile({ type: 'asset', fileName: 'integrity.json', source })
    },
  },
})

const pinned = {
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: [
      { name: 'license', test: (id: string) => !DESK.test(id), priority: 2 },
      { name: 'desk', test: DESK, priority: 1 },
    ],
  },
}
const moving = {
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: { groups: [{ name: 'license', test: /widget\/index\.ts$/ }] },
}

/**
 * Two builds of one source: `v1/license.js`, small, loads the manager and locales when they are
 * needed; and `{version}/license.js` (mode `standalone`), which SRI can pin, with `desk.js` beside it.
 */
export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  define: {
    __WIDGET_VERSION__: JSON.stringify(manifest.version),
    __DESK_INTEGRITY__: JSON.stringify(mode === 'standalone' ? INTEGRITY_LATER : ''),
  },
  resolve: { conditions: ['production', 'module', 'browser', 'default'] },
  plugins: [narrowTemplates(), ...(mode === 'standalone' ? [integrity()] : [])],
  build: {
    target: 'es2022',
    outDir: mode === 'standalone' ? `dist/widget/${manifest.version}` : 'dist/widget/v1',
    emptyOutDir: true,
    modulePreload: false,
    lib: { entry: 'widget/index.ts', formats: ['es'], fileName: () => 'license.js' },
    rolldownOptions: {
      // What loads later takes what it shares from the entry, so that the entry is one request.
      preserveEntrySignatures: 'allow-extension',
      output: { minify: true, ...(mode === 'standalone' ? pinned : moving) },
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

import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'
import manifest from '../package.json' with { type: 'json' }

const root = new URL('..', import.meta.url).pathname

/** What the late files consist of; everything else is in the entry, which they import. */
const LATE_FILES = {
  desk: /\/widget\/(parts|state)\/desk\/|\/widget\/(i18n|styles|api)\/(desk|renewal)-/,
  activation:
    /\/widget\/(parts|state)\/activation\/|\/widget\/(i18n|api)\/activation-|\/server\/domain\/(code-text|gf32|offline-codes)\.ts/,
}
const LATE_NAMES = Object.keys(LATE_FILES)
const isLate = (id: string) => Object.values(LATE_FILES).some((file) => file.test(id))
/** Stands in the entry until the bytes of the file are known. */
const integrityLater = (name: string) => `sha384-of-${name}.js`
const INTEGRITIES = Object.fromEntries(LATE_NAMES.map((name) => [name, integrityLater(name)]))

const digest = (content: string | Uint8Array) =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`

/**
 * A hash in a script tag covers one file (W14). So the pinned entry carries the hashes of the late
 * files beside it, and `integrity.json` holds all, for those who keep copies (W22).
 */
const integrity = (): Plugin => ({
  name: 'integrity',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const names = ['license.js', ...LATE_NAMES.map((name) => `${name}.js`)]
      const found = Object.keys(bundle).toSorted()
      if (found.join() !== names.toSorted().join()) throw new Error(`got ${found.join()}`)
      const entry = chunkOf(bundle, 'license.js')
      for (const name of LATE_NAMES) {
        const before = entry.code
        entry.code = before.replaceAll(
          integrityLater(name),
          digest(chunkOf(bundle, `${name}.js`).code),
        )
        if (entry.code === before) throw new Error(`the entry does not verify ${name}.js`)
      }
      const digests = Object.fromEntries(
        names.map((name) => [name, digest(chunkOf(bundle, name).code)]),
      )
      const source = JSON.stringify(digests, null, 2)
      this.emitFile({ type: 'asset', fileName: 'integrity.json', source })
    },
  },
})

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...all: never[]) => unknown>>[1]

function chunkOf(bundle: Bundle, name: string) {
  const file = bundle[name]
  if (file?.type !== 'chunk') throw new Error(`${name} is no script`)
  return file
}

const pinned = {
  chunkFileNames: '[name].js',
  codeSplitting: {
    groups: [
      { name: 'license', test: (id: string) => !isLate(id), priority: 2 },
      ...Object.entries(LATE_FILES).map(([name, test]) => ({ name, test, priority: 1 })),
    ],
  },
}
const moving = {
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: { groups: [{ name: 'license', test: /widget\/index\.ts$/ }] },
}

/**
 * Two builds of one source: `v1/license.js`, small, loads the manager and locales when they are
 * needed; and `{version}/license.js` (mode `standalone`), which SRI can pin, with `desk.js` and
 * `activation.js` beside it.
 */
export default defineConfig(({ mode }) => ({
  root,
  publicDir: false,
  define: {
    __WIDGET_VERSION__: JSON.stringify(manifest.version),
    __INTEGRITY__: JSON.stringify(mode === 'standalone' ? INTEGRITIES : null),
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

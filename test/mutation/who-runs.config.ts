import { defineConfig } from 'vitest/config'

/** Every test of the server but those of rules, each noting what of the server it ran. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    css: true,
    isolate: false,
    include: ['test/server/**/*.test.ts'],
    exclude: ['test/server/domain/**', 'test/server/i18n/**'],
    setupFiles: ['test/support/fixed-laws.ts', 'test/mutation/notes-what-ran.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})

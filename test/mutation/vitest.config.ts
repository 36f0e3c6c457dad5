import { defineConfig } from 'vitest/config'

/** Only the tests of the file that is changed. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    css: true,
    include: (process.env['MUTATION_TESTS'] ?? 'test/server/domain/**/*.test.ts').split(','),
    testTimeout: 60_000,
  },
})

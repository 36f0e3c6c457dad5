import { defineConfig } from 'vitest/config'

/** Only the tests of the file that is changed. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: (process.env['MUTATION_TESTS'] ?? 'test/server/domain/**/*.test.ts').split(','),
    testTimeout: 60_000,
  },
})

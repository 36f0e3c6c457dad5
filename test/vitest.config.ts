import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

export default defineConfig({
  root,
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          include: ['test/**/*.test.ts'],
          exclude: [
            'test/widget/**',
            'test/journeys/**',
            'test/parity/**',
            'test/crash/**',
            'test/upgrade/**',
            'node_modules/**',
          ],
          setupFiles: ['test/support/fixed-laws.ts'],
          // Files share what they import: a third of the minutes were spent on reading it again.
          isolate: false,
          // Ends what hangs; how long things take is for the benches to say.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // The stylesheet of the pages is read as it is, not emptied.
          css: true,
        },
      },
      {
        extends: true,
        test: {
          name: 'bench',
          include: ['test/bench/**/*.bench.ts'],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'upgrade',
          include: ['test/upgrade/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'parity',
          include: ['test/parity/**/*.test.ts'],
          css: true,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          // Files share what they import.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/journeys/**/*.test.ts'],
          globalSetup: ['test/support/one-browser.ts'],
          // Pages are judged as they look.
          css: true,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Files share what they import; each test has a browser context of its own.
          isolate: false,
          maxWorkers: 2,
          expect: { poll: { timeout: 60_000 } },
        },
      },
    ],
  },
})

import { defineConfig } from 'vitest/config'
import { keptPool } from './kept-pool.ts'

/** Only the tests of the file that is changed. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  plugins: [
    {
      name: 'kept-pool',
      // The options that Stryker gives would outweigh what stands here.
      configureVitest: ({ project }) => {
        Object.assign(project.config, { pool: keptPool.name, poolRunner: keptPool })
      },
    },
  ],
  test: {
    css: true,
    isolate: false,
    // It tells each run which change is alive; from `node_modules` it would be read once.
    server: { deps: { inline: [/stryker-setup/] } },
    include: (process.env['MUTATION_TESTS'] ?? 'test/server/domain/**/*.test.ts').split(','),
    testTimeout: 60_000,
  },
})

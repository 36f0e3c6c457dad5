import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner-chrome'
import { BROWSER_ARGS, browserPath } from './support/browser.mjs'

const root = new URL('..', import.meta.url).pathname

export default {
  rootDir: root,
  files: ['test/widget/**/*.test.ts'],
  nodeResolve: { exportConditions: ['production', 'default'] },
  // Two pages at once: one of them counts as hidden, and focus and timers are late there.
  concurrency: 1,
  // Of one file.
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 30_000 } },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}tsconfig.json` })],
  browsers: [
    chromeLauncher({ launchOptions: { executablePath: await browserPath(), args: BROWSER_ARGS } }),
  ],
}

/** One browser for all journeys: it takes longer to start than most of them take. */
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { BROWSER_ARGS, browserPath } from './browser.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where it listens. */
    readonly browser: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const options = { executablePath: await browserPath(), args: BROWSER_ARGS }
  const server = await chromium.launchServer(options)
  project.provide('browser', server.wsEndpoint())
  return () => server.close()
}

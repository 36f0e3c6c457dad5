/** The one browser of a run (`one-browser.ts`), as this worker reaches it. */
import { chromium, type Browser } from 'playwright-core'
import { inject } from 'vitest'

let connected: Promise<Browser> | null = null

export function sharedBrowser(): Promise<Browser> {
  connected ??= chromium.connect(inject('browser'))
  return connected
}

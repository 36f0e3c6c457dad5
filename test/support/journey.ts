/**
 * The whole system and a real browser for one test. Whatever a page complains about (console errors,
 * exceptions, violations of its content security policy) fails the test, and so does a broken
 * invariant of the database at its end.
 */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import type { System } from '../../demo/system.ts'
import type { Buyer } from './buyer.ts'
import { expectInvariants } from './invariants.ts'
import { sharedBrowser } from './shared-browser.ts'
import { startTestSystem, type TestSystem, type TestSystemOptions } from './system.ts'

export interface JourneyOptions extends TestSystemOptions {
  readonly context?: BrowserContextOptions
  /** What the browser may say on its console, for faults that it has to meet. */
  readonly mayComplain?: RegExp
  /** A system that several journeys share; each is another customer then. */
  readonly center?: TestSystem
  readonly customer?: string
}

export interface Journey {
  readonly system: System
  readonly context: BrowserContext
  /** Id of the one customer, who starts without licenses. */
  readonly customer: string
  /** The same customer's view of the API. */
  at(product: 'recover' | 'shift'): Buyer
  /** Opens a page of the demo as that customer, or any address of the system. */
  open(path: string): Promise<Page>
  /** Keeps a picture when the environment asks for it by `SCREENSHOTS=directory`. */
  picture(page: Page, name: string): Promise<void>
}

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const CUSTOMER = 'journey'
/** Browsers report every page that answers 4xx; the payment page does, to what it refuses. */
const HARMLESS = /favicon|status of (402|410) .*\/c\/pay\//

/** One system for the journeys of a file, which differ by their customers: it starts once. */
export function shareSystem(options: TestSystemOptions = {}): () => TestSystem {
  let center: TestSystem
  beforeAll(async () => {
    center = await startTestSystem({ assets: dist, ...options })
  })
  afterAll(() => center?.remove())
  return () => center
}

export async function startJourney(options: JourneyOptions = {}): Promise<Journey> {
  if (!existsSync(join(dist, 'widget/v1/license.js'))) {
    throw new Error('There is no dist/widget/v1/license.js. Build it first: npm run build:widget')
  }
  const center = options.center ?? (await startTestSystem({ assets: dist, ...options }))
  const { system } = center
  const { customer = CUSTOMER } = options
  const browser = await sharedBrowser()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...options.context,
  })
  context.setDefaultTimeout(20_000)
  const complaints = await listen(context, options.mayComplain)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await pictureOfAll(context, task.name)
    await context.close()
    await system.stripe.delivered()
    await expectInvariants(system)
    if (options.center === undefined) await center.remove()
    expect(complaints).toEqual([])
  })
  return {
    system,
    context,
    customer,
    at: (product) => center.as(product, customer),
    open: async (path) => {
      const page = await context.newPage()
      await page.goto(new URL(path, system.origin).href)
      return page
    },
    picture,
  }
}

async function listen(context: BrowserContext, allowed: RegExp | undefined): Promise<string[]> {
  const complaints: string[] = []
  const complain = (text: string) => {
    if (!HARMLESS.test(text) && !allowed?.test(text)) complaints.push(text)
  }
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    complain(`${message.type()}: ${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => complain(`exception: ${error.error().stack}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`)
    })
  })
  return complaints
}

async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env['SCREENSHOTS']
  if (directory === undefined || directory === '') return
  await mkdir(directory, { recursive: true })
  await page.screenshot({ path: join(directory, `${name}.png`), fullPage: true })
}

async function pictureOfAll(context: BrowserContext, name: string): Promise<void> {
  for (const [index, page] of context.pages().entries()) {
    await picture(page, `failed ${name.replaceAll(/[^\w ]/g, '')} ${index}`)
  }
}

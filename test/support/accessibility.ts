/** axe over what is on the screen, in every look that customers have. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

interface Look {
  readonly language: 'en' | 'zh-CN'
  readonly colorScheme: 'light' | 'dark'
  readonly width: 320 | 1280
}

/** Each pair of values occurs; together they cost half of all combinations. */
export const LOOKS: readonly Look[] = [
  { language: 'en', colorScheme: 'light', width: 1280 },
  { language: 'en', colorScheme: 'dark', width: 320 },
  { language: 'zh-CN', colorScheme: 'dark', width: 1280 },
  { language: 'zh-CN', colorScheme: 'light', width: 320 },
]

export interface Shown {
  readonly page: Page
  /** CSS selector of what is judged; the whole page when absent. */
  readonly part?: string
}

interface ShownElement extends Shown {
  readonly part: string
  /** Told of each look while it is on the screen. */
  readonly seen: (look: string) => Promise<void>
}

/** Goes through the looks of the present state of an element and comes back to the first. */
export async function expectAccessible(shown: ShownElement): Promise<void> {
  const { page } = shown
  // Hidden tabs paint once a second.
  await page.bringToFront()
  const found: string[] = []
  for (const look of LOOKS) {
    await showIn(page, shown.part, look)
    await shown.seen(Object.values(look).join(' '))
    found.push(...(await faults(shown, look)))
  }
  expect(found).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await speak(page, shown.part, 'en')
}

/** What axe finds, and what sticks out of the window. */
export async function faults({ page, part }: Shown, look: Look): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const violations = await page.evaluate(runAxe, part ?? 'html')
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  const where = `${page.url().replace(/^.*?\/\/[^/]+/, '')} ${Object.values(look).join(' ')}`
  return [
    ...violations.map((violation) => `${where}: ${violation}`),
    ...(overflow > 0 ? [`${where}: ${overflow} px wider than the window`] : []),
  ]
}

async function runAxe(part: string): Promise<string[]> {
  // Every rule, but only of what it finds wrong are all places written down.
  const { violations } = await window.axe.run(part, { resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => `${id}: ${html} ${any.map(({ message }) => message).join(' ')}`),
  )
}

async function showIn(page: Page, part: string, look: Look): Promise<void> {
  await lightUp(page, look)
  await speak(page, part, look.language)
}

/** Width and theme change while the page is open. */
export async function lightUp(page: Page, { width, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme })
}

/** The nearest `lang` decides, and the elements follow it at any time. */
async function speak(page: Page, part: string, language: string): Promise<void> {
  const roots = page.locator(`${part} [part=root]`)
  const spoken = page.locator(`${part} [part=root][lang=${language}]`)
  if ((await page.locator('html').getAttribute('lang')) === language) return
  await page.evaluate((lang) => {
    document.documentElement.lang = lang
  }, language)
  await expect.poll(async () => (await roots.count()) - (await spoken.count())).toBe(0)
  // The list and the price are asked for again once they are drawn in the other language, and dimmed
  // until they are there; without a transition, since journeys prefer reduced motion.
  await page.evaluate(drawn)
  const busy = page.locator(`${part} [aria-busy=true]`)
  await expect.poll(() => busy.count(), { timeout: 10_000 }).toBe(0)
}

/** What was changed in one frame is drawn, and what that asked for has begun, in the one after the next. */
async function drawn(): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  for (let frames = 0; frames < 3; frames++) await frame()
}

declare global {
  interface Window {
    readonly axe: typeof axe
  }
}

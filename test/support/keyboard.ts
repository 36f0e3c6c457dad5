import type { Locator, Page } from 'playwright-core'

const FARTHEST_STEPS = 200

/** Tabs until the control has the focus, as somebody without a pointer would. */
export async function tabTo(page: Page, control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
  for (let steps = 0; steps < FARTHEST_STEPS; steps++) {
    if (await control.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press(key)
  }
  throw new Error(`${FARTHEST_STEPS} times ${key} do not reach ${control}`)
}

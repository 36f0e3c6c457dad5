/**
 * Takes the pictures of the README from a demo that runs: `npm start`, then `npm run pictures`, or
 * `npm run pictures http://localhost:8788`. A demo with a fresh `.data` gives the same ones again.
 */
import { chromium } from 'playwright-core'
import { fileURLToPath } from 'node:url'
import { BROWSER_ARGS, browserPath } from '../support/browser.mjs'

const [origin = 'http://localhost:8787'] = process.argv.slice(2)
const directory = fileURLToPath(new URL('../../demo/pictures/', import.meta.url))
/** Of Acme, who has licenses; the newcomer lives in Berlin. */
const HOME_ZONE = 'America/New_York'
const browser = await chromium.launch({ executablePath: await browserPath(), args: BROWSER_ARGS })

try {
  await takeManager('light')
  await takeManager('dark')
  await takePurchase()
} finally {
  await browser.close()
}

/** A page of the Recover console without the demo's own controls. */
async function open(path, { colorScheme = 'light', size, sharpness = 2, zone = HOME_ZONE }) {
  const context = await browser.newContext({
    colorScheme,
    viewport: { width: size[0], height: size[1] },
    deviceScaleFactor: sharpness,
    locale: 'en-US',
    timezoneId: zone,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(new URL(path, origin).href)
  await page.addStyleTag({ content: '.demo-panel { display: none }' })
  return page
}

async function takeManager(colorScheme) {
  const page = await open('/demo/recover/?customer=acme', {
    colorScheme,
    size: [1240, 800],
    sharpness: 1.5,
  })
  await page.getByRole('rowheader').first().waitFor()
  await keep(page, `manager-${colorScheme}`)
}

async function takePurchase() {
  const panel = await fillForm({ size: [1100, 900], sharpness: 1.33 })
  await keep(panel, 'subscribe')
  await takeDialog(await fillForm({ size: [1100, 660] }))
}

async function fillForm(view) {
  const path = '/demo/recover/subscribe.html?customer=newcomer'
  const page = await open(path, { zone: 'Europe/Berlin', ...view })
  const panel = page.locator('license-subscribe')
  await panel.getByRole('textbox', { name: 'Quantity' }).fill('5')
  const autoRenewal = panel.getByRole('group', { name: 'Auto-Renewal' })
  await autoRenewal.getByRole('radio', { name: /^Yes/ }).check()
  await panel.getByRole('button', { name: /Due today/ }).waitFor()
  await page.evaluate(() => document.activeElement?.blur())
  return panel
}

/** The order that it asks about is canceled again. */
async function takeDialog(panel) {
  const page = panel.page()
  await panel.getByRole('button', { name: /Due today/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Payment Redirect Notice' })
  await dialog.waitFor()
  await page.evaluate(() => scrollTo(0, 0))
  await keep(page, 'dialog')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

async function keep(target, name) {
  await target.screenshot({ path: `${directory}${name}.png` })
  console.log(`demo/pictures/${name}.png`)
}

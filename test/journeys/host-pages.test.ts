import { describe, expect, it } from 'vitest'
import { startJourney, type Journey } from '../support/journey.ts'
import { LicenseManagerView } from '../support/license-list.ts'
import { expectOneSale, openFilledForm } from '../support/purchase.ts'
import { SubscribePanel } from '../support/subscribe-panel.ts'

/** A page of the host with that document, at an address that the product knows. */
async function openHost(journey: Journey, document: string): Promise<SubscribePanel> {
  const { origin } = journey.system
  await journey.context.route('**/host-page', (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: document }),
  )
  const page = await journey.open(`${origin}/host-page`)
  return new SubscribePanel(page)
}

const SCRIPT = '<script type="module" src="/widget/v1/license.js"></script>'

/** The property is there before the element is. */
const element = (customer: string) => `
  <license-subscribe publishable-key="pk_demo_recover" type="dr"></license-subscribe>
  <script>
    document.querySelector('license-subscribe').getToken = async () =>
      (await (await fetch(location.origin + '/demo/token?product=recover&customer=${customer}')).json()).token
  </script>`

async function buy(panel: SubscribePanel): Promise<void> {
  await panel.choose({ cycle: 'Monthly', quantity: 5, autoRenewal: 'No' })
  expect(await panel.total()).toBe('$375.00')
  await panel.subscribe()
  const payment = await panel.continueToPayment()
  await payment.payBy('good')
  await panel.issued()
}

describe('host pages', () => {
  it('W08: the strictest policy and COOP, no violation in any state', async () => {
    const journey = await startJourney()
    const panel = await openFilledForm(journey, '/demo/strict/recover/subscribe.html')
    await panel.button('Add a promo code').click()
    await panel.root.getByLabel('Promo code').waitFor()
    await panel.subscribe()
    await panel.dialog.getByRole('button', { name: 'Pay on another device' }).click()
    await panel.dialog.getByRole('img').waitFor()
    const payment = await panel.continueToPayment()
    await payment.payBy('declined')
    await panel.heading('The payment was declined').waitFor()
    await payment.payBy('good')
    await panel.issued()
    const page = await journey.open(`/demo/strict/recover/?customer=${journey.customer}`)
    const manager = new LicenseManagerView(page)
    await manager.rows(1)
    await manager.button(/^Actions for/).click()
    await manager.root.getByRole('menuitem', { name: 'Details' }).click()
    await page.keyboard.press('Escape')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      manager.button('Export CSV').click(),
    ])
    expect(file.suggestedFilename()).toMatch(/\.csv$/)
    await manager.button('Manage Subscriptions').click()
    await manager.root.getByText('Complimentary licenses').waitFor()
    await page.keyboard.press('Escape')
    await manager.add()
    await expectOneSale(journey)
  })

  it('W07: the script twice, in two builds: one definition, one warning, no throw', async () => {
    const warnings: string[] = []
    const journey = await startJourney({ mayComplain: /\[license\] loaded twice/ })
    journey.context.on('console', (message) => {
      if (message.text().includes('loaded twice')) warnings.push(message.text())
    })
    const standalone = '<script type="module" src="/widget/0.1.0/license.js"></script>'
    await buy(
      await openHost(
        journey,
        `<!doctype html><html lang="en"><body>${element(journey.customer)}${SCRIPT}${standalone}${SCRIPT}</body></html>`,
      ),
    )
    expect(warnings).toHaveLength(1)
    await expectOneSale(journey)
  })

  it('W04: a property that is set before the script arrives is kept', async () => {
    const journey = await startJourney()
    const panel = await openHost(
      journey,
      `<!doctype html><html lang="en"><body>${element(journey.customer)}</body></html>`,
    )
    await panel.page.addScriptTag({ type: 'module', url: '/widget/v1/license.js' })
    await buy(panel)
    await expectOneSale(journey)
  })

  it('W09: hostile styles, <base href>, from right to left: buys all the same', async () => {
    const journey = await startJourney({ context: { viewport: { width: 360, height: 800 } } })
    const panel = await openHost(journey, HOSTILE.replace('ELEMENT', element(journey.customer)))
    await buy(panel)
    await journey.picture(panel.page, 'hostile host')
    const width = await panel.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(360)
    await expectOneSale(journey)
  })
})

const HOSTILE = `<!doctype html>
<html lang="en" dir="rtl">
  <head>
    <meta name="viewport" content="width=device-width" />
    <style>
      html { font-size: 62.5% }
      body { margin: 0; text-transform: uppercase; letter-spacing: 0.5em; line-height: 3; color: red }
      * { font-family: fantasy !important; }
      button, input, dialog, a, h2 { display: none !important; all: unset !important }
      .button, .card, .panel, dialog::backdrop { display: none !important }
    </style>
  </head>
  <body>
    ELEMENT
    <script type="module" src="/widget/v1/license.js"></script>
    <base href="https://elsewhere.example/" />
  </body>
</html>`

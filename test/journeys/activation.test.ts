/** What uses a license, in the console: by code, by hand, and in the log. */
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { issueActivationCode } from '../../server/usecases/activation-codes.ts'
import { airGappedHost } from '../support/air-gapped-host.ts'
import { shareSystem, startJourney, type Journey } from '../support/journey.ts'
import { LicenseManagerView } from '../support/license-list.ts'
import { bought } from '../support/renewing.ts'

const system = shareSystem()

/** The console of Recover under the strictest policy that a host may send. */
async function openConsole(journey: Journey) {
  const page = await journey.open(`/demo/strict/recover/?customer=${journey.customer}`)
  return { page, manager: new LicenseManagerView(page) }
}

describe('activation in the console, with the real API', () => {
  it('S33, S34: a host without a network gets its code, is seen, gives its unit back; the log has both', async () => {
    const journey = await startJourney({ center: system(), customer: 'air-gapped' })
    const { origin } = journey.system
    const jwks = await fetch(`${origin}/.well-known/license-jwks.json`)
    const { keys } = (await jwks.json()) as { keys: JsonWebKey[] }
    await bought(system(), journey.at('recover'))
    const host = airGappedHost('recover', 'vault.example', keys)

    const { page, manager } = await openConsole(journey)
    await manager.button(/^Actions for/).click()
    await manager.root.getByRole('menuitem', { name: 'Manage activations' }).click()
    const sheet = manager.root.locator('license-panel')
    await sheet.getByText('Nothing is activated yet').waitFor()
    await sheet.getByRole('tab', { name: 'Offline' }).click()
    const registration = sheet.getByLabel('Registration code', { exact: true })
    await registration.fill((await host.register()).toLowerCase().replaceAll('-', ' '))
    await sheet.getByLabel('Name of the host (optional)').fill('vault')
    await sheet.getByRole('button', { name: 'Make the activation code' }).click()
    await sheet.getByRole('img', { name: 'QR code of the activation code' }).waitFor()
    const terms = host.activate(await sheet.locator('pre').innerText())
    expect(terms).toMatchObject({ plan: 'dr', total: 5 })

    await sheet.getByRole('tab', { name: 'Activations' }).click()
    await sheet.getByText('1 of 5 units in use').waitFor()
    await sheet.getByText('Activated by code').waitFor()
    await journey.picture(page, 'activations')
    await sheet.getByRole('button', { name: 'Release vault' }).click()
    await sheet.getByLabel('Deactivation code').fill(await host.deactivate())
    await sheet.getByRole('button', { name: 'Release the unit' }).click()
    await sheet.getByText('vault was released. Its unit is free.').waitFor()
    await sheet.getByText('0 of 5 units in use').waitFor()
    await page.keyboard.press('Escape')

    await manager.tab('Allocation Log')
    await manager.root.getByRole('rowheader', { name: 'Released' }).waitFor()
    await manager.root.getByRole('rowheader', { name: 'Activated' }).waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      manager.button('Export CSV').click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^allocations-\d{4}-\d{2}-\d{2}\.csv$/)
    const rows = (await text(await file.createReadStream())).split('\r\n')
    expect(rows.filter((row) => row.includes(',vault,')).map((row) => row.split(',')[3])).toEqual([
      'deactivated',
      'activated',
    ])
  })

  it('S34: an activation code of the operator brings a license, with no payment', async () => {
    const journey = await startJourney({ center: system(), customer: 'by-code' })
    const { deps, catalogue } = journey.system
    const { page, manager } = await openConsole(journey)
    await manager.button('Activate by code').click()
    const sheet = manager.root.locator('license-redeem')
    const registrationCode = await sheet.locator('pre').innerText()
    const product = catalogue.products.find(({ id }) => id === 'recover')
    if (product === undefined) throw new Error('the demo sells no recover')
    const { code } = await issueActivationCode(deps, product, {
      registrationCode,
      terms: { plan: 'dr', quantity: 7, months: null, days: null },
      reference: 'journey',
      validDays: 1,
      actor: 'operator:mia',
      reason: 'A journey.',
    })
    await sheet.getByRole('textbox', { name: 'Activation code' }).fill(code)
    await sheet.getByRole('button', { name: 'Activate', exact: true }).click()
    await sheet.getByText('1 license of yours is in the list now.').waitFor()
    await page.keyboard.press('Escape')
    expect(await manager.rows(1)).toMatchObject([{ total: '7' }])
  })
})

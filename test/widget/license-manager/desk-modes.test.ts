import { expect } from 'chai'
import { groupBy } from '../../../server/domain/group-by.ts'
import { callsTo } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { openDesk, pageBoxOf, press } from '../support/open-desk.ts'
import { columnOf, findAll, openSheet, required, says } from '../support/open-manager.ts'
import { aRenewable, desk, licenseId, renewables, VISA } from '../support/renewals.ts'

afterEach(unmountAll)

const tabs = (manager: Element) => findAll(manager, '[role=tab]').map(textOf)
const selected = (manager: Element) => {
  const facts = find(manager, '.bulk .facts')
  return facts === null ? '' : textOf(facts)
}

describe('moving between the tabs of the desk', () => {
  it('line 29: agrees to auto-renewal for those too that no page has shown', async () => {
    const manager = await openDesk(renewables(230))
    pageBoxOf(manager).click()
    await eventually(() => find(manager, '.bulk'))
    press(manager, 'Select all 230 matching')
    await eventually(() => selected(manager).includes('230 selected'))
    for (const left of [130, 30]) {
      press(manager, 'Cancel renewal')
      await eventually(() => selected(manager).startsWith(`${left} selected`))
    }
    press(manager, 'Turn on auto-renewal')
    const sheet = required(manager, 'license-mode-sheet')
    await eventually(() => findAll(sheet, 'tbody tr').length === 30)
    await says(sheet, 'Charged to Visa •••• 4242')
    press(sheet, 'Turn on auto-renewal')
    await eventually(() => callsTo('POST renewals/mode').length === 3)
    const modes = groupBy(desk.licenses, ({ renewal_mode }) => renewal_mode)
    expect(modes.get('auto')).to.have.length(30)
    expect(modes.get('canceled')).to.have.length(200)
  })

  it('line 37: off is one click, says until when it works, and can be undone', async () => {
    const auto = aRenewable({ id: licenseId(1), renewal_mode: 'auto', time_zone: 'UTC' })
    const manager = await openDesk([auto])
    const told: unknown[] = []
    manager.addEventListener('license-autorenew-changed', ({ detail }) => told.push(detail))
    required(manager, '#tab-auto').click()
    await eventually(() => columnOf(manager, 'renewal')[0]?.includes('from Visa •••• 4242'))
    press(manager, 'Turn off auto-renewal')
    await says(manager, 'Auto-renewal is off for 1 license. Works until Dec 13, 2026.')
    expect(callsTo('POST renewals/mode')[0]?.body).to.deep.equal({
      license_ids: [auto.id],
      mode: 'manual',
    })
    await eventually(() => tabs(manager)[0] === 'Manual Renewals (1)')
    press(manager, 'Undo')
    await eventually(() => tabs(manager)[1] === 'Auto Renewals (1)')
    expect(told).to.deep.equal([
      { licenseIds: [auto.id], mode: 'manual' },
      { licenseIds: [auto.id], mode: 'auto' },
    ])
  })

  it('line 37: on shows price, first charge and card before anything is agreed', async () => {
    const manager = await openDesk([aRenewable({ id: licenseId(1), total: 4, time_zone: 'UTC' })])
    press(manager, 'Turn on auto-renewal')
    const sheet = await eventually(() => openSheet(manager))
    await says(manager, 'Charged to Visa •••• 4242')
    expect(textOf(manager)).to.contain('Dec 6, 2026 $300.00 every month')
    expect(callsTo('POST renewals/mode')).to.have.length(0)
    press(manager, 'Turn on auto-renewal')
    await eventually(() => !sheet.open)
    expect(callsTo('POST renewals/mode')[0]?.body).to.include({ mode: 'auto' })
  })

  it('line 37: without a saved method leads to one, and goes on by itself when it is there', async () => {
    const manager = await openDesk([aRenewable({ id: licenseId(1) })])
    desk.methods = []
    press(manager, 'Turn on auto-renewal')
    await says(manager, 'First save a payment method.')
    press(manager, 'Save a payment method')
    const link = await eventually(() => find<HTMLAnchorElement>(manager, 'a[target=_blank]'))
    expect(link.href).to.equal('https://pay.test/setup')
    document.addEventListener('click', (event) => event.preventDefault(), { once: true })
    link.click()
    desk.methods = [VISA]
    await eventually(() => {
      window.dispatchEvent(new Event('focus'))
      return callsTo('POST renewals/mode').length === 1
    })
    await says(manager, 'Auto-renewal is on for 1 license.')
  })

  it('says why a charge failed, and what to do', async () => {
    const license = aRenewable({ id: licenseId(1), renewal_mode: 'auto' })
    const { auto_renewal: auto } = license
    if (auto === null) throw new Error('it renews by itself')
    const failed = { ...auto, state: 'past_due' as const, failure: 'Your card was declined.' }
    const manager = await openDesk([{ ...license, auto_renewal: failed }])
    required(manager, '#tab-auto').click()
    await says(manager, 'The last charge failed')
    expect(textOf(manager)).to.contain('Your card was declined.')
    press(manager, 'Use another card')
    await eventually(() => openSheet(manager))
    press(manager, 'Save a payment method')
    await eventually(() => find(manager, 'a[target=_blank]'))
  })
})

import { expect } from 'chai'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { deskRows, pageBoxOf, press } from '../support/open-desk.ts'
import { findAll, openManager, says } from '../support/open-manager.ts'
import { openRenewals, renewables } from '../support/renewals.ts'

afterEach(unmountAll)

describe('the list of all licenses', () => {
  it('S36: More > Renew leads to the Renew page, and back to the list', async () => {
    openRenewals(renewables(2))
    const manager = await openManager()
    press(manager, 'Renew')
    await says(manager, 'Renew 1 license')
    press(manager, '← Back')
    await eventually(() => deskRows(manager).length === 2)
  })

  it('S37: with several selected, More > Renew stands at the top', async () => {
    openRenewals(renewables(3))
    const manager = await openManager()
    pageBoxOf(manager).click()
    const bar = await eventually(() => find(manager, '.bulk'))
    expect(textOf(bar)).to.contain('3 selected')
    findAll(bar, '[role=menuitem]')[0]?.click()
    await says(manager, 'Renew 3 licenses')
  })

  it('S30: a one-time license has no box and no Renew', async () => {
    openRenewals(renewables(2).map((one) => ({ ...one, renewal: null })))
    const manager = await openManager()
    expect(find(manager, 'tbody input[type=checkbox]')).to.equal(null)
    expect(findAll(manager, '[role=menuitem]').map(textOf)).not.to.contain('Renew')
  })
})

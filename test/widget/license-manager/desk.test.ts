import { expect } from 'chai'
import { callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { boxOf, deskRows, openDesk, pageBoxOf, press } from '../support/open-desk.ts'
import { choose, columnOf, findAll, lastQuery, required, says } from '../support/open-manager.ts'
import { aRenewable, licenseId, renewables } from '../support/renewals.ts'

afterEach(unmountAll)

const tabs = (manager: Element) => findAll(manager, '[role=tab]').map(textOf)
const selected = (manager: Element) => {
  const facts = find(manager, '.bulk .facts')
  return facts === null ? '' : textOf(facts)
}

describe('the renewal desk', () => {
  it('S44: has exactly the four tabs, with how many licenses are in each', async () => {
    const auto = aRenewable({ id: licenseId(50), renewal_mode: 'auto' })
    const manager = await openDesk([...renewables(12), auto])
    expect(tabs(manager)).to.deep.equal([
      'Manual Renewals (12)',
      'Auto Renewals (1)',
      'Pay-per-Use After Expiration (0)',
      'Renewals Canceled (0)',
    ])
  })

  it('S43: searches and filters by status, window of days and custom dates', async () => {
    const manager = await openDesk()
    const field = required<HTMLInputElement>(manager, 'input[type=search]')
    field.value = licenseId(3)
    field.dispatchEvent(new Event('change'))
    await eventually(() => deskRows(manager).length === 1)
    choose(manager, 'Expires', '15')
    await eventually(() => lastQuery()['expires_within'] === '15')
    choose(manager, 'Expires', 'custom')
    const from = await eventually(() => find<HTMLInputElement>(manager, 'input[type=date]'))
    from.value = '2026-12-02'
    from.dispatchEvent(new Event('change'))
    await eventually(() => lastQuery()['expires_from'] === '2026-12-02')
    expect(lastQuery()).not.to.have.property('expires_within')
    choose(manager, 'Status', 'expiring')
    await says(manager, 'No license matches')
    expect(lastQuery()).to.include({ q: licenseId(3), status: 'expiring', renewal_mode: 'manual' })
    press(manager, 'Clear all')
    await eventually(() => deskRows(manager).length === 12)
  })

  it('line 30: the bulk bar takes the toolbar’s place at the same height', async () => {
    const manager = await openDesk()
    const bars = required(manager, '.bars')
    const before = bars.getBoundingClientRect().height
    boxOf(manager, licenseId(0)).click()
    const bulk = await eventually(() => find(manager, '.bulk'))
    expect(bars.getBoundingClientRect().height).to.equal(before)
    expect(bulk.getBoundingClientRect().height).to.equal(before)
    expect(findAll(manager, '[inert] input[type=search]')).to.have.length(1)
  })

  it('line 29: selection survives paging, and the box over the column has three states', async () => {
    const manager = await openDesk(renewables(60))
    boxOf(manager, licenseId(0)).click()
    await eventually(() => pageBoxOf(manager).indeterminate)
    press(manager, 'Next page')
    await says(manager, 'Showing 21–40 of 60')
    expect(pageBoxOf(manager).indeterminate).to.equal(false)
    pageBoxOf(manager).click()
    await eventually(() => pageBoxOf(manager).checked)
    expect(selected(manager)).to.contain('21 selected')
    press(manager, 'Previous page')
    await says(manager, 'Showing 1–20 of 60')
    expect(pageBoxOf(manager).indeterminate).to.equal(true)
  })

  it('line 29: “Select all 148 matching” takes them all, and says what one payment takes', async () => {
    const manager = await openDesk(renewables(148))
    pageBoxOf(manager).click()
    await eventually(() => find(manager, '.bulk'))
    press(manager, 'Select all 148 matching')
    await eventually(() => selected(manager).includes('148 selected'))
    expect(selected(manager)).to.contain(
      'One payment renews up to 100. The first 100 come first, 48 stay selected.',
    )
    expect(selected(manager)).not.to.contain('Select all')
  })

  it('line 29: says how many of the selected the filters hide', async () => {
    const manager = await openDesk()
    pageBoxOf(manager).click()
    await eventually(() => find(manager, '.bulk'))
    const mark = await eventually(() => find<HTMLElement>(manager, '[data-date="2027-01-06"]'))
    mark.click()
    await eventually(() => selected(manager).includes('11 not shown by the filters'))
    expect(deskRows(manager)).to.have.length(1)
    mark.click()
    await eventually(() => deskRows(manager).length === 12)
    await eventually(() => !selected(manager).includes('not shown'))
  })

  it('line 29: Shift takes the rows between', async () => {
    const manager = await openDesk()
    boxOf(manager, licenseId(2)).click()
    await eventually(() => selected(manager).includes('1 selected'))
    boxOf(manager, licenseId(6)).dispatchEvent(
      new MouseEvent('click', { shiftKey: true, bubbles: true, composed: true }),
    )
    await eventually(() => selected(manager).includes('5 selected'))
  })

  it('S48: Batch Renew stands upper left, and says what is missing', async () => {
    const manager = await openDesk()
    expect(textOf(required(manager, '.bars button'))).to.equal('Batch Renew')
    press(manager, 'Batch Renew')
    await says(manager, 'Select one or more licenses first.')
    expect(callsTo('POST quotes')).to.have.length(0)
  })

  it('R3: what has ended says so, and offers no renewal', async () => {
    const license = aRenewable({ id: licenseId(1), status: 'ended' })
    const { renewal } = license
    if (renewal === null) throw new Error('it could be renewed')
    const sentence = 'This license has ended. Buy a new one.'
    const over = { ...renewal, possible: false, reason: 'ended' as const, sentence }
    const manager = await openDesk([{ ...license, renewal: over }])
    expect(columnOf(manager, 'renewal')[0]).to.contain(sentence)
    expect(columnOf(manager, 'price')[0]).to.equal('–')
    expect(findAll(manager, 'button').map(textOf)).not.to.include('Renew')
  })

  it('S46: shows why a move was refused, and moves nothing', async () => {
    const refused = problem(409, 'license.not_renewable', { detail: 'It was refunded.' })
    const manager = await openDesk(renewables(2), '', { 'POST renewals/mode': refused })
    press(manager, 'Cancel renewal')
    await says(manager, 'It was refunded.')
    expect(tabs(manager)[0]).to.equal('Manual Renewals (2)')
  })
})

describe('the expiry timeline', () => {
  it('line 24: has a mark for each day, a table that says the same, and filters', async () => {
    const manager = await openDesk(renewables(11))
    const marks = await eventually(() => {
      const found = findAll(manager, '.mark')
      return found.length > 0 && found
    })
    const rows = findAll(required(manager, 'license-expiry-timeline'), 'tbody tr').map(textOf)
    expect(rows).to.have.length(11)
    expect(rows[0]).to.equal('Dec 1, 2026 1 1')
    expect(marks.every(({ ariaLabel }) => /expires?, \d+ units?$/.test(ariaLabel ?? ''))).to.equal(
      true,
    )
    marks[0]?.click()
    await eventually(() => lastQuery()['expires_from'] === '2026-12-01')
    await eventually(() => marks[0]?.ariaPressed === 'true')
    press(manager, 'Show all days')
    await eventually(() => lastQuery()['expires_from'] === undefined)
  })
})

import { expect } from 'chai'
import { selectedRows } from '../../../widget/state/desk/selected-rows.ts'
import { callsTo } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { boxOf, openDesk, press } from '../support/open-desk.ts'
import { choose, findAll, lastQuery, says } from '../support/open-manager.ts'
import { licenseId, renewables } from '../support/renewals.ts'

afterEach(unmountAll)

/** As the server writes it: quoted cells hold commas, quotes and line ends. */
const CSV = `\u{feff}License ID,Plan\r\n${[0, 1, 2]
  .map((n) => `${licenseId(n)},"DR, ""blue""\r\nLicense"`)
  .join('\r\n')}`

const openExport = (count = 3) =>
  openDesk(renewables(count), '', {
    'GET licenses.csv': new Response(CSV, { headers: { 'content-type': 'text/csv' } }),
  })

async function downloaded(manager: Element): Promise<string> {
  const link = await eventually(() => find<HTMLAnchorElement>(manager, 'a[download]'))
  expect(link.download).to.equal('licenses-2026-11-21.csv')
  // The tests answer `fetch` themselves.
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.addEventListener('load', () => resolve(request.responseText))
    request.open('GET', link.href)
    request.send()
  })
}

describe('export from the desk', () => {
  it('line 52: holds what the filters show, in the order of the list', async () => {
    const manager = await openExport()
    choose(manager, 'Expires', '60')
    await eventually(() => lastQuery()['expires_within'] === '60')
    press(manager, 'Export CSV')
    await says(manager, 'licenses-2026-11-21.csv')
    const { searchParams } = new URL(callsTo('GET licenses.csv')[0]?.path ?? '', 'https://x.test')
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      expires_within: '60',
      renewal_mode: 'manual',
      sort: 'expires_at',
    })
    expect(await downloaded(manager)).to.contain(licenseId(2))
  })

  it('line 52: holds what is selected, and nothing else', async () => {
    const manager = await openExport()
    boxOf(manager, licenseId(0)).click()
    boxOf(manager, licenseId(2)).click()
    await eventually(() => find(manager, '.bulk'))
    press(manager, 'Export CSV')
    const text = await downloaded(manager)
    expect(text).to.contain(`License ID,Plan\r\n${licenseId(0)},`)
    expect(text).to.contain(licenseId(2))
    expect(text).not.to.contain(licenseId(1))
    expect(callsTo('GET licenses.csv')[0]?.path).to.equal('licenses.csv?sort=expires_at')
  })

  it('keeps the bytes of each row, and the mark that spreadsheets need', async () => {
    const file = await selectedRows(new Blob([CSV]), new Set([licenseId(1)]))
    const bytes = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer())
    const [heading, first] = CSV.split(`${licenseId(0)},`)
    const row = (first ?? '').split(`${licenseId(1)},`)[0]?.trimEnd()
    expect(bytes).to.equal(`${heading}${licenseId(1)},${row}`)
  })
})

describe('the desk of a private renew link', () => {
  it('R18: offers renewal by Checkout, and nothing that its session may not do', async () => {
    const manager = await openDesk(renewables(3), 'renew-only')
    const buttons = () => findAll(manager, 'button').map((one) => one.ariaLabel ?? textOf(one))
    for (const absent of ['Add', 'Manage Subscriptions', 'Export CSV', 'Cancel renewal']) {
      expect(buttons()).not.to.include(absent)
    }
    expect(buttons()).to.include('Copy license ID')
    expect(buttons()).not.to.include('Add units')
    boxOf(manager, licenseId(0)).click()
    await eventually(() => find(manager, '.bulk'))
    expect(find(manager, '.bulk license-menu')).to.equal(null)
    press(manager, 'Set the same renewal day')
    await eventually(() => find(manager, 'select[aria-label="Standard renewal day"]'))
    choose(manager, 'Standard renewal day', 'last')
    await says(manager, 'All end on the last day of the month.')
    await eventually(() => find(manager, '.summary')?.getAttribute('aria-busy') === 'false')
    press(manager, buttons().find((text) => text.startsWith('Pay ')) ?? '')
    await eventually(() => find(manager, 'dialog[open]'))
    expect(callsTo('GET payment-methods')).to.have.length(0)
    expect(callsTo('PUT renewal-day')).to.have.length(0)
  })
})

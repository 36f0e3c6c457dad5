/** The Allocation Log, one-time units, and what is about to end unused (S24, S26, S33). */
import { expect } from 'chai'
import {
  anEntry,
  openLicense,
  openTab,
  page,
  SHARED,
  SINGLE,
  seek,
  seekAll,
} from '../support/activations.ts'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { listOf } from '../support/licenses.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import {
  addManager,
  buttonSaying,
  columnOf,
  findAll,
  openCenter,
  openManager,
  required,
  says,
  stock,
} from '../support/open-manager.ts'

const LOG = 'GET allocations'
const ENTRIES = [
  anEntry({ id: '3', event: 'unit_consumed', who: null, reference: 'vm-17', in_use: 3 }),
  anEntry({
    id: '2',
    event: 'key_revealed',
    kind: 'key',
    who: null,
    fingerprint: null,
    in_use: null,
    by: 'customer',
  }),
  anEntry({
    id: '1',
    event: 'from_the_future',
    fingerprint: 'reg:5a5a',
    who: null,
    by: 'operator',
  }),
]

async function openLog(answers: Parameters<typeof openCenter>[1] = {}) {
  openCenter(undefined, { [LOG]: page(ENTRIES), ...answers })
  const manager = await openManager()
  required(manager, '#tab--log').click()
  await eventually(() => seek(manager, 'license-allocation-log .toolbar'), 'the log opens')
  return manager
}
const entries = (manager: Element) =>
  seekAll(manager, 'license-allocation-log', 'tbody tr').map(textOf)
const lastQuery = () =>
  Object.fromEntries(new URL(callsTo(LOG).at(-1)?.path ?? '', 'https://center.test').searchParams)

function set(manager: Element, selector: string, value: string): void {
  const field = findAll<HTMLInputElement>(required(manager, 'license-allocation-log'), selector)[0]
  if (field === undefined) throw new Error(selector)
  field.value = value
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

afterEach(unmountAll)

describe('the Allocation Log', () => {
  it('S33: is a tab: who or what used each unit and when, and every key operation, in words', async () => {
    const manager = await openLog()
    await eventually(() => entries(manager).length === 3)
    const [unit, key, unknown] = entries(manager)
    expect(unit).to.match(
      /^Unit used up Nov 20, 2026, .* DR License .* vm-17 In-use 3 By Installation$/,
    )
    expect(key).to.match(/^Key shown .* By You$/)
    expect(unknown).to.match(/^from_the_future .* Activated by code .* By Operator$/)
    expect(find(manager, 'license-list')).to.equal(null)
    required(manager, '#tab-dr').click()
    await eventually(() => find(manager, 'license-list'))
  })

  it('S82: says why a unit moved or did not, in the words of whoever decided', async () => {
    const denied = anEntry({
      event: 'rebind_denied',
      by: 'operator',
      reason: 'Unknown <b>host</b>.',
    })
    const manager = await openLog({ [LOG]: page([denied]) })
    await eventually(() => entries(manager).length === 1)
    expect(entries(manager)[0]).to.match(/^Move denied Reason: Unknown <b>host<\/b>\. Nov 20, 2026/)
  })

  it('is filtered by kind and dates, and says when nothing matches', async () => {
    const manager = await openLog()
    await eventually(() => entries(manager).length === 3)
    answerAlso(LOG, page([]))
    set(manager, 'select', 'key')
    await says(manager, 'No entry matches')
    set(manager, 'input[type=date]', '2026-11-01')
    await eventually(() => lastQuery()['from'] === '2026-11-01')
    expect(lastQuery()).to.include({ kind: 'key', limit: '50' })
    answerAlso(LOG, page(ENTRIES))
    buttonSaying(required(manager, '.empty'), 'Clear all').click()
    await eventually(() => entries(manager).length === 3)
    expect(lastQuery()).to.deep.equal({ limit: '50' })
  })

  it('is paged on demand, and keeps what is shown where the next page fails', async () => {
    const manager = await openLog({ [LOG]: page(ENTRIES, { next_cursor: 'next' }) })
    await says(manager, '3 entries shown')
    answerAlso(LOG, problem(503, 'database.unavailable'))
    buttonSaying(manager, 'Show more').click()
    await says(manager, 'Code database.unavailable')
    expect(entries(manager)).to.have.length(3)
    answerAlso(LOG, ({ path }) => page([anEntry({ id: path.includes('cursor=next') ? '0' : '9' })]))
    buttonSaying(manager, 'Show more').click()
    await says(manager, '4 entries shown')
    expect(lastQuery()['cursor']).to.equal('next')
  })

  it('line 52: exports what the filter shows, under a name with the date', async () => {
    const csv = new Response('\uFEFFTime', { headers: { 'content-type': 'text/csv' } })
    const manager = await openLog({ 'GET allocations.csv': csv })
    await eventually(() => entries(manager).length === 3)
    set(manager, 'select', 'unit')
    buttonSaying(required(manager, 'license-allocation-log'), 'Export CSV').click()
    await says(manager, 'allocations-2026-11-21.csv is ready.')
    expect(callsTo('GET allocations.csv').map(({ path }) => path)).to.deep.equal([
      'allocations.csv?kind=unit',
    ])
  })

  it('stands alone as `view="allocations"`, and holds only one license in its sheet', async () => {
    openCenter(undefined, { [LOG]: page(ENTRIES) })
    const manager = addManager('view="allocations"')
    await eventually(() => entries(manager).length === 3)
    expect(find(manager, '[role=tablist]')).to.equal(null)
    unmountAll()
    const other = await openLicense(SHARED)
    await openTab(other, 'log', 'license-allocation-log tbody tr')
    expect(lastQuery()).to.include({ license: SHARED.id })
  })
})

describe('one-time units', () => {
  it('S24, S30: used up, reserved and left, each with its reference', async () => {
    const manager = await openLicense(SINGLE)
    await openTab(manager, 'activations', 'license-units li')
    expect(seekAll(manager, 'license-units', 'li').map(textOf)).to.deep.equal([
      'vm-3 Given back Reserved Nov 21, 2026 · Given back Nov 21, 2026',
      'vm-2 Used up Reserved Nov 21, 2026 · Used up Nov 21, 2026',
      'vm-1 Reserved Reserved Nov 21, 2026',
    ])
    const meter = textOf(required(required(manager, 'license-units'), '.units'))
    expect(meter).to.contain('14 of 120 units in use 106 left 10 used up 4 reserved')
    const [gone, held] = ['.bar .gone', '.bar .held'].map((part) =>
      Number(find(required(manager, 'license-units'), part)?.getAttribute('width')),
    )
    expect(gone).to.be.closeTo(8.33, 0.01)
    expect(held).to.be.closeTo(11.67, 0.01)
  })
})

describe('complimentary units that end soon', () => {
  const soon = {
    licenses: 2,
    units: 14,
    type: 'failback',
    expires_at: '2026-12-02T10:00:00Z',
    time_zone: 'Asia/Shanghai',
  }

  it('S26, S28: are told above the list with their number and day, and lead to their tab', async () => {
    openCenter(undefined, {
      'GET licenses': ({ path }) => ({ ...listOf(stock.licenses, `/${path}`), unused_soon: soon }),
    })
    const manager = await openManager()
    await says(manager, '14 complimentary units not used yet')
    await says(manager, 'The first end on Dec 2, 2026 and cannot be renewed.')
    buttonSaying(manager, 'Show').click()
    await eventually(() => columnOf(manager, 'id').join().includes('Complimentary'))
    // There they stand in the list, with nowhere else to lead to.
    await eventually(() => !textOf(manager).includes('yet Show'))
    await says(manager, '14 complimentary units not used yet')
  })

  it('are not spoken of where there are none', async () => {
    openCenter()
    const manager = await openManager()
    expect(textOf(manager)).not.to.contain('complimentary units')
  })
})

import { expect } from 'chai'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { aLicense } from '../support/licenses.ts'
import {
  addManager,
  buttonSaying,
  choose,
  columnOf,
  comeBackUntil,
  findAll,
  lastQuery,
  openCenter,
  openManager,
  required,
  rowsOf,
  says,
} from '../support/open-manager.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'

beforeEach(() => openCenter())
afterEach(unmountAll)

const many = Array.from({ length: 148 }, (_, n) =>
  aLicense({ id: `lic_${String(n).padStart(26, '0')}`, total: n + 1 }),
)

describe('the table of <license-manager>', () => {
  it('S32: has a caption and the seven columns, in their order', async () => {
    const manager = await openManager()
    expect(textOf(required(manager, 'caption'))).to.equal('DR License')
    expect(findAll(manager, 'thead th').map(textOf)).to.deep.equal([
      'License ID',
      'Total',
      'In-use',
      'Service Life (Days)',
      'Activation Date',
      'Expiration Date',
      'Status',
      'Operation',
    ])
  })

  it('S31: says every status in words, with how long grace lasts', async () => {
    const manager = await openManager()
    expect(columnOf(manager, 'status')).to.deep.equal([
      'Valid Auto-renews on Dec 14, 2026',
      'Expiring Won’t renew',
      'Grace · 3 days left Manual renewal',
      'Retained Manual renewal',
      'Valid Auto-renews on Jun 23, 2027',
      'Suspended Manual renewal',
      'Expiring Manual renewal',
      'Ended',
    ])
  })

  it('shows each status with a shape of its own', async () => {
    const manager = await openManager()
    const shapes = new Map(
      findAll(manager, 'td .chip').map((chip) => [textOf(chip), find(chip, 'svg')?.innerHTML]),
    )
    expect(new Set(shapes.values()).size).to.equal(shapes.size)
  })

  it('dates are those of the license’s zone, which is named near midnight', async () => {
    const manager = await openManager()
    const expiry = columnOf(manager, 'expires_at')
    expect(expiry[0]).to.equal('Dec 21, 2026 in 30 days')
    expect(expiry[1]).to.match(/^Nov 30, 2026 11:59.PM GMT\+8 in 9 days$/)
    const time = required(manager, 'tbody .expires_at time')
    expect(time.getAttribute('datetime')).to.equal('2026-12-21T09:41:07Z')
  })

  it('masks the key and marks what came free', async () => {
    const manager = await openManager('type="failback"')
    expect(textOf(rowsOf(manager)[0] ?? manager)).to.contain('Key ending in Z5LU')
    expect(textOf(rowsOf(manager)[0] ?? manager)).to.contain('Complimentary')
  })

  it('sorts on the server by every column, and turns around on the second press', async () => {
    const manager = await openManager()
    for (const column of ['id', 'total', 'in_use', 'service_life_days', 'expires_at', 'status']) {
      required(manager, `thead .${column} button`).click()
      await eventually(() => lastQuery()['sort'] === column)
      await eventually(() => find(manager, `thead .${column}`)?.ariaSort === 'ascending')
    }
    required(manager, 'thead .status button').click()
    await eventually(() => lastQuery()['sort'] === '-status')
    expect(findAll(manager, '[aria-sort]').map(textOf)).to.deep.equal(['Status'])
    expect(required(manager, '[aria-sort]').ariaSort).to.equal('descending')
  })

  it('pages by cursor, and says where it is', async () => {
    openCenter(many)
    const manager = await openManager()
    await pagerSays(manager, 'Showing 1–20 of 148')
    buttonSaying(manager, 'Next page').click()
    await pagerSays(manager, 'Showing 21–40 of 148')
    expect(lastQuery()).to.include({ cursor: '20', limit: '20' })
    buttonSaying(manager, 'Previous page').click()
    await pagerSays(manager, 'Showing 1–20 of 148')
    const size = required<HTMLSelectElement>(manager, '.pager select')
    expect([...size.options].map(({ value }) => value)).to.deep.equal(['20', '50', '100', '200'])
    size.value = '200'
    size.dispatchEvent(new Event('change'))
    await pagerSays(manager, 'Showing 1–148 of 148')
    expect(buttonSaying(manager, 'Next page').ariaDisabled).to.equal('true')
  })

  it('starts over when the server no longer knows the cursor', async () => {
    openCenter(many)
    const manager = await openManager()
    await says(manager, 'Showing 1–20 of 148')
    answerAlso('GET licenses', problem(422, 'request.invalid'))
    buttonSaying(manager, 'Next page').click()
    await eventually(() => callsTo('GET licenses').length === 3)
    expect(lastQuery()).not.to.have.property('cursor')
  })

  it('searches after a pause, filters at once, and clears all', async () => {
    const manager = await openManager()
    const field = required<HTMLInputElement>(manager, 'input[type=search]')
    for (const text of ['K', 'K4', 'K4RT']) {
      field.value = text
      field.dispatchEvent(new InputEvent('input'))
    }
    await eventually(() => rowsOf(manager).length === 1)
    expect(callsTo('GET licenses').map(({ path }) => /q=(\w+)/.exec(path)?.[1])).to.deep.equal([
      undefined,
      'K4RT',
    ])
    choose(manager, 'Status', 'expiring')
    choose(manager, 'Expires', '15')
    await eventually(() => lastQuery()['expires_within'] === '15')
    expect(lastQuery()).to.include({ q: 'K4RT', status: 'expiring', type: 'dr' })
    await says(manager, 'No license matches')
    findAll(manager, 'button')
      .find((one) => textOf(one) === 'Clear all')
      ?.click()
    await eventually(() => rowsOf(manager).length === 8)
    expect(required<HTMLInputElement>(manager, 'input[type=search]')).to.equal(field)
    expect(field.value).to.equal('')
  })

  it('exports what is filtered, under the server’s date, and leaves a link', async () => {
    openCenter(undefined, {
      'GET licenses.csv': () =>
        new Response('\ufeffid\r\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } }),
    })
    const manager = await openManager()
    choose(manager, 'Status', 'grace')
    await eventually(() => rowsOf(manager).length === 1)
    buttonSaying(manager, 'Export CSV').click()
    const link = await eventually(() => find<HTMLAnchorElement>(manager, 'a[download]'))
    expect(link.download).to.equal('licenses-2026-11-21.csv')
    expect(await (await fetchReal(link.href)).text()).to.contain('id')
    expect(callsTo('GET licenses.csv')[0]?.path).to.contain('status=grace')
    expect(callsTo('GET licenses.csv')[0]?.path).not.to.contain('limit')
  })
})

describe('the four views beside the table', () => {
  it('empty: offers to add', async () => {
    openCenter([])
    const manager = addManager()
    await says(manager, 'No DR License yet')
    expect(find(manager, 'input[type=search]')).to.equal(null)
    expect(findAll(manager, 'button').filter((one) => textOf(one) === 'Add')).to.have.length(2)
  })

  it('error: says code and request id, copies them, and tries again', async () => {
    openCenter(undefined, { 'GET licenses': problem(503, 'database.unavailable') })
    const manager = addManager()
    await says(manager, 'Code database.unavailable, request req_1')
    buttonSaying(manager, 'Copy reference')
    openCenter()
    buttonSaying(manager, 'Try again').click()
    await eventually(() => rowsOf(manager).length === 8)
  })

  it('partial: shows licenses though the catalogue failed', async () => {
    openCenter(undefined, { 'GET catalogue': problem(503, 'database.unavailable') })
    const manager = await openManager('')
    await says(manager, 'what can be bought could not be loaded')
    expect(rowsOf(manager)).to.have.length(12)
  })

  it('partial: keeps the rows when refreshing by itself fails, and says how old they are', async () => {
    const manager = await openManager()
    answerAlso('GET licenses', problem(503, 'database.unavailable'))
    await comeBackUntil(() => textOf(manager).includes('Could not refresh'))
    expect(rowsOf(manager)).to.have.length(8)
  })

  it('loading: stands in for rows, under the real headers', async () => {
    openCenter(undefined, { 'GET licenses': () => new Promise(() => {}) })
    const manager = addManager()
    await eventually(() => findAll(manager, 'tr.waiting').length === 5)
    expect(required(manager, 'table').ariaBusy).to.equal('true')
  })

  it('without a token: asks to sign in, requests no licenses, and still sells', async () => {
    const manager = addManager()
    manager.token = ''
    await says(manager, 'Sign in to see your licenses')
    buttonSaying(manager, 'Add')
  })
})

describe('mistakes in the page', () => {
  it('W3: a view that does not exist is refused, with what does', async () => {
    const manager = addManager('view="invoices"')
    await says(manager, 'Attribute “view” is “invoices”. Allowed: licenses, renewals')
  })

  it('W3: a type that is not sold is refused, with what is', async () => {
    const manager = addManager('type="studio"')
    await says(manager, 'Attribute “type” is “studio”. Allowed: dr, failback')
  })
})

/** The pager only: reading 148 rows again and again would be slow. */
function pagerSays(manager: Element, text: string): Promise<boolean> {
  return eventually(() => {
    const pager = find(manager, '.pager')
    return pager !== null && textOf(pager).includes(text)
  }, text)
}

/** A blob of this page; the network seam knows only the center. */
function fetchReal(url: string): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('GET', url)
    request.onload = () => resolve(new Response(request.responseText))
    request.onerror = reject
    request.send()
  })
}

/** The license key and the license file in the sheet of a license. */
import { expect } from 'chai'
import { bodyOf, openLicense, SHARED, SINGLE, seek, seekAll } from '../support/activations.ts'
import { callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { buttonSaying, findAll, focused, required, says } from '../support/open-manager.ts'

const KEY = 'RCVR-FWZH-0ZRZ-5140-YHT8-M3ZB'
const NEW_KEY = 'RCVR-0000-1111-2222-3333-Q9Q9'
const path = `licenses/${SHARED.id}`
const copied = (manager: Element) =>
  findAll<HTMLElement & { text: string }>(required(manager, 'license-key'), 'license-copy-button')

afterEach(unmountAll)

describe('the license key', () => {
  it('line 28: is not on the page until it is asked for, and can be hidden again', async () => {
    const manager = await openLicense(SHARED, { 'POST {id}/reveal': { key: KEY } })
    expect(textOf(required(manager, 'license-key'))).to.contain('Key ending in M3ZB')
    expect(callsTo(`POST ${path}/reveal`)).to.have.length(0)
    buttonSaying(manager, 'Reveal').click()
    await says(manager, KEY)
    expect(copied(manager).map(({ text }) => text)).to.deep.equal([KEY])
    buttonSaying(manager, 'Hide').click()
    await eventually(() => !textOf(manager).includes(KEY))
    expect(copied(manager)).to.have.length(0)
  })

  it('S65: is sent again, and the masked address is said', async () => {
    const manager = await openLicense(SHARED, {
      'POST {id}/send-key': { sent_to: 'o…@acme.test', now: '' },
    })
    buttonSaying(manager, 'Send by e-mail').click()
    await says(manager, 'on its way to o…@acme.test')
  })

  it('T15: is replaced only after a question, with the time that the old one still has', async () => {
    const manager = await openLicense(SHARED, {
      'POST {id}/rotate-key': {
        key: NEW_KEY,
        key_last4: 'Q9Q9',
        previous_until: '2026-11-22T10:00:00Z',
      },
      'GET {id}': { ...SHARED, key_last4: 'Q9Q9' },
    })
    buttonSaying(manager, 'Replace key').click()
    await eventually(() => focused()?.textContent?.includes('Replace this license key?'))
    const field = await eventually(() => seek<HTMLSelectElement>(manager, 'license-key select'))
    field.value = '24'
    field.dispatchEvent(new Event('change', { bubbles: true }))
    expect(callsTo(`POST ${path}/rotate-key`)).to.have.length(0)
    buttonSaying(manager, 'Replace the key').click()
    await says(manager, NEW_KEY)
    await says(manager, 'The old one works until Nov 22, 2026')
    const [call] = callsTo(`POST ${path}/rotate-key`)
    expect(call && bodyOf(call)).to.deep.equal({ key_last4: 'M3ZB', overlap_hours: 24 })
    // The next replacement is of the new one.
    await eventually(() => callsTo(`GET ${path}`).length > 0)
    await eventually(() => seek(manager, 'license-key form') === null)
    expect(focused()?.textContent?.trim()).to.equal('License key')
  })

  it('C08: says in our words what a look-only session may not do, with the code to quote', async () => {
    const manager = await openLicense(SHARED, {
      'POST {id}/reveal': problem(403, 'token.scope_missing'),
    })
    buttonSaying(manager, 'Reveal').click()
    await says(manager, 'You may look at this license, but not change it.')
    await says(manager, 'Code token.scope_missing, request req_1')
  })

  it('R18: neither it nor what uses the license is there for a private renew link', async () => {
    const manager = await openLicense(SHARED, {}, 'type="dr" renew-only')
    await says(manager, '96 of 120 units in use')
    expect(find(manager, 'license-key')).to.equal(null)
    expect(seekAll(manager, 'license-panel', '[role=tab]')).to.have.length(0)
    expect(seekAll(manager, 'license-menu', '[role=menuitem]').map(textOf)).not.to.include(
      'Manage activations',
    )
    expect(find(manager, '#tab--log')).to.equal(null)
  })

  it('is forgotten when the sheet closes', async () => {
    const manager = await openLicense(SHARED, { 'POST {id}/reveal': { key: KEY } })
    buttonSaying(manager, 'Reveal').click()
    await says(manager, KEY)
    required<HTMLDialogElement>(manager, 'dialog[open]').close()
    await eventually(() => !textOf(manager).includes(KEY))
  })
})

describe('the license file', () => {
  const jwt = new Response('a.b.c', { headers: { 'content-type': 'application/jwt' } })

  it('is offered as a download, named after its license', async () => {
    const manager = await openLicense(SHARED, { 'GET {id}/file': jwt })
    buttonSaying(manager, 'Download license file').click()
    const link = await eventually(() => seek<HTMLAnchorElement>(manager, 'license-file a'))
    expect(link.download).to.equal(`${SHARED.id}.license.jwt`)
    expect(await (await fetchOf(link)).text()).to.equal('a.b.c')
  })

  it('leads to the installations where it has to be said which one it is for', async () => {
    const manager = await openLicense(SHARED, {
      'GET {id}/file': problem(409, 'activation.needed'),
    })
    buttonSaying(manager, 'Download license file').click()
    await says(manager, 'Choose the installation that the file is for.')
    buttonSaying(manager, 'Choose the installation').click()
    await eventually(() => find(manager, 'license-installation'))
    buttonSaying(manager, 'Download license file for db-01').click()
    await eventually(() =>
      callsTo(`GET ${path}/file`).some((call) => call.path.endsWith('?activation=act_01')),
    )
  })

  it('is not offered for one-time units, which have no installations', async () => {
    const manager = await openLicense(SINGLE)
    expect(find(manager, 'license-key')).not.to.equal(null)
    expect(find(manager, 'license-file')).to.equal(null)
  })
})

/** The network seam knows no blobs: the browser's own way to read one. */
function fetchOf({ href }: HTMLAnchorElement): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.responseType = 'blob'
    request.onload = () => resolve(new Response(request.response))
    request.onerror = reject
    request.open('GET', href)
    request.send()
  })
}

/** Which installations use a license, and how a unit is given back or moved. */
import { expect } from 'chai'
import {
  aRebind,
  anInstallation,
  bodyOf,
  DEACTIVATION,
  fill,
  openLicense,
  openTab,
  page,
  SHARED,
  seek,
} from '../support/activations.ts'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { buttonSaying, countOf, findAll, focused, required, says } from '../support/open-manager.ts'

const path = `licenses/${SHARED.id}`
const LIST = `GET ${path}/activations`
type More = Parameters<typeof openLicense>[1]

async function openInstallations(rows = [anInstallation()], more: More = {}) {
  const manager = await openLicense(SHARED, { 'GET {id}/activations': page(rows), ...more })
  await openTab(manager, 'activations', 'license-installations h3')
  return manager
}
const rowsOf = (manager: Element) => findAll(manager, 'license-installation').map(textOf)

afterEach(unmountAll)

describe('the installations of a license', () => {
  it('S85: are listed with name, fingerprint, state and dates, under the units that are left', async () => {
    const manager = await openInstallations([
      anInstallation(),
      anInstallation({ id: 'act_02', name: null, state: 'stale' }),
      anInstallation({ id: 'act_03', name: 'vault', fingerprint: 'reg:5a5a', offline: true }),
      anInstallation({
        id: 'act_04',
        name: 'old',
        state: 'deactivated',
        ended_at: '2026-11-02T08:30:00Z',
      }),
    ])
    await eventually(() => rowsOf(manager).length === 4)
    const [named, unnamed, offline, ended] = rowsOf(manager)
    expect(named).to.match(/^db-01 Active Fingerprint ?: db-01.example Activated Nov 1, 2026/)
    expect(named).to.match(/Last heartbeat Nov 21, 2026 \( ?30 minutes ago/)
    expect(unnamed).to.match(/^db-01.example Not responding/)
    expect(offline).to.match(/^vault Active Activated by code/)
    expect(ended).to.match(/^old Released/)
    expect(ended).to.contain('Ended Nov 2, 2026').and.not.contain('Release ')
    await says(manager, '96 of 120 units in use 24 left')
  })

  it('say nothing of a last sign of life where the plan asks for none', async () => {
    const since = '2026-11-01T08:30:00Z'
    const manager = await openInstallations([anInstallation({ last_seen_at: since })])
    await eventually(() => rowsOf(manager).length === 1)
    expect(rowsOf(manager)[0]).not.to.contain('Last heartbeat')
  })

  it('line 27: are none, not read, or more than one page: three different views', async () => {
    const manager = await openInstallations([], {
      'GET {id}/activations': problem(503, 'database.unavailable'),
    })
    await says(manager, 'Code database.unavailable')
    answerAlso(LIST, page([]))
    buttonSaying(manager, 'Try again').click()
    await says(manager, 'Nothing is activated yet')
    buttonSaying(manager, 'Activate offline').click()
    await eventually(() => find(manager, 'license-offline'))
    answerAlso(LIST, ({ path: asked }) =>
      asked.includes('cursor=next')
        ? page([anInstallation({ id: 'act_02', name: 'db-02' })], { count: 2 })
        : page([anInstallation()], { count: 2, next_cursor: 'next' }),
    )
    await openTab(manager, 'activations', 'license-installation')
    await says(manager, '1 of 2 shown')
    buttonSaying(manager, 'Show more').click()
    await eventually(() => rowsOf(manager).length === 2)
  })
})

describe('Release', () => {
  it('asks first, says what happens, and reads list and license again', async () => {
    const manager = await openInstallations([anInstallation()], {
      'POST {id}/release': anInstallation({ state: 'deactivated' }),
    })
    const button = await eventually(() => find<HTMLElement>(manager, '.release'))
    button.click()
    await eventually(() => focused()?.textContent?.includes('Release db-01?'))
    await says(manager, 'Its unit is free at once.')
    buttonSaying(manager, 'Cancel').click()
    await eventually(() => focused()?.matches('.release'))
    expect(countOf(`POST ${path}/release`)).to.equal(0)
    required(manager, '.release').click()
    await eventually(() => seek(manager, 'license-release-form form'))
    const before = countOf(LIST)
    answerAlso(
      LIST,
      page([anInstallation({ state: 'deactivated', ended_at: '2026-11-21T10:00:00Z' })]),
    )
    answerAlso(`GET ${path}`, { ...SHARED, in_use: 95, reserved: 95 })
    buttonSaying(manager, 'Release the unit').click()
    await says(manager, 'db-01 was released. Its unit is free.')
    await says(manager, '95 of 120 units in use 25 left')
    await eventually(() => countOf(LIST) > before)
    await eventually(() => rowsOf(manager)[0]?.includes('Released'))
    const [call] = callsTo(`POST ${path}/release`)
    expect(call && bodyOf(call)).to.deep.equal({ activation_id: 'act_01' })
    expect(focused()?.textContent).to.equal('Installations')
  })

  it('S34: of a host without a network takes its proof, and tells a mistyped one at the field', async () => {
    const manager = await openInstallations([anInstallation({ offline: true })], {
      'POST {id}/release': anInstallation({ state: 'deactivated' }),
    })
    const button = await eventually(() => find<HTMLElement>(manager, '.release'))
    button.click()
    await eventually(() => seek(manager, 'license-release-form textarea'))
    fill(manager, 'license-release-form textarea', DEACTIVATION.slice(0, -1))
    buttonSaying(manager, 'Release the unit').click()
    await says(manager, 'Line 2 has a mistake.')
    expect(focused()?.getAttribute('aria-invalid')).to.equal('true')
    expect(countOf(`POST ${path}/release`)).to.equal(0)
    fill(manager, 'license-release-form textarea', DEACTIVATION)
    buttonSaying(manager, 'Release the unit').click()
    await eventually(() => countOf(`POST ${path}/release`) === 1)
    expect(callsTo(`POST ${path}/release`).map(bodyOf)).to.deep.equal([
      { activation_id: 'act_01', deactivation_code: DEACTIVATION },
    ])
  })
})

describe('Move', () => {
  async function openMove(more: More) {
    const manager = await openInstallations([anInstallation()], more)
    const button = await eventually(() => find<HTMLElement>(manager, '.move'))
    button.click()
    await eventually(() => seek(manager, 'license-rebind-form form'))
    return manager
  }

  it('S82: is done at once, with the fingerprint of the new installation', async () => {
    const manager = await openMove({
      'POST {id}/rebind': aRebind({ state: 'approved', reasons: [] }),
    })
    buttonSaying(manager, 'Move the unit').click()
    await says(manager, 'Enter the fingerprint of the new installation.')
    expect(countOf(`POST ${path}/rebind`)).to.equal(0)
    fill(manager, '#fingerprint', ' db-09.example ')
    fill(manager, 'license-rebind-form input#name', 'db-09')
    buttonSaying(manager, 'Move the unit').click()
    await says(manager, 'The unit has moved to db-09.')
    expect(callsTo(`POST ${path}/rebind`).map(bodyOf)).to.deep.equal([
      { activation_id: 'act_01', fingerprint: 'db-09.example', name: 'db-09', reason: null },
    ])
  })

  it('S82: waits for an operator with the reasons, and can be withdrawn', async () => {
    const manager = await openMove({
      'POST {id}/rebind': aRebind(),
      'POST {id}/rebind/withdraw': aRebind({ state: 'withdrawn' }),
    })
    fill(manager, '#fingerprint', 'db-09.example')
    answerAlso(LIST, page([anInstallation({ rebind: aRebind() })]))
    buttonSaying(manager, 'Move the unit').click()
    await says(manager, 'Your request was handed to an operator.')
    await says(manager, 'You asked on Nov 20, 2026 to move this unit to db-09.')
    await says(
      manager,
      'The last move was only a short time ago. It was seen within the last hour.',
    )
    expect(find(manager, '.move')).to.equal(null)
    answerAlso(LIST, page([anInstallation()]))
    buttonSaying(manager, 'Withdraw the request').click()
    await says(manager, 'The request was withdrawn.')
    expect(callsTo(`POST ${path}/rebind/withdraw`).map(bodyOf)).to.deep.equal([
      { rebind_id: 'reb_01' },
    ])
  })

  it('C09: says in our words why it is refused, and keeps what was entered', async () => {
    const manager = await openMove({ 'POST {id}/rebind': problem(409, 'activation.exists') })
    fill(manager, '#fingerprint', 'db-02.example')
    buttonSaying(manager, 'Move the unit').click()
    await says(manager, 'The new installation holds a unit of this license already.')
    expect(required<HTMLInputElement>(manager, '#fingerprint').value).to.equal('db-02.example')
  })
})

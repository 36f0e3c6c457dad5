/** Codes that people carry: to a host without a network (S34), and from the supplier. */
import { expect } from 'chai'
import {
  anInstallation,
  bodyOf,
  CUSTOMER,
  DEACTIVATION,
  fill,
  GRANT,
  MISTYPED,
  openLicense,
  openTab,
  REGISTRATION,
  SHARED,
} from '../support/activations.ts'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { aLicense, NOW } from '../support/licenses.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import {
  buttonSaying,
  countOf,
  findAll,
  focused,
  openCenter,
  openManager,
  openSheet,
  required,
  rowsOf,
  says,
  stock,
} from '../support/open-manager.ts'

const path = `licenses/${SHARED.id}`
const ACTIVATION = 'DV3K0-4Z8M1-Q7N5C-2R9FT-H6WJB\n8YA2S-0P'

afterEach(unmountAll)

describe('a host without a network', () => {
  const activated = {
    activation_code: ACTIVATION,
    activation: anInstallation({ offline: true }),
    expires_at: '2027-06-30T08:55:10Z',
    grace_until: '2027-07-07T08:55:10Z',
    now: NOW,
  }

  async function openOffline(more: Parameters<typeof openLicense>[1] = {}, attributes?: string) {
    const manager = await openLicense(SHARED, more, attributes)
    await openTab(manager, 'offline', 'license-offline #code')
    return manager
  }
  const ask = (manager: Element, code: string) => {
    fill(manager, 'license-offline #code', code)
    buttonSaying(manager, 'Make the activation code').click()
  }

  it('S34: gives a registration code and gets its activation code, with a picture to scan', async () => {
    const manager = await openOffline({ 'POST {id}/activation-code': activated })
    fill(manager, 'license-offline #name', 'vault')
    ask(manager, REGISTRATION.toLowerCase())
    await says(manager, 'DV3K0-4Z8M1-Q7N5C-2R9FT-H6WJB 8YA2S-0P')
    await says(manager, 'Jul 7, 2027')
    expect(focused()?.textContent).to.equal('Activation code')
    const picture = required<HTMLElement & { text: string }>(manager, 'license-qr-code')
    expect(picture.text).to.equal('DV3K04Z8M1Q7N5C2R9FTH6WJB8YA2S0P')
    expect(find(picture, 'svg')?.getAttribute('aria-label')).to.contain('QR code')
    expect(callsTo(`POST ${path}/activation-code`).map(bodyOf)).to.deep.equal([
      { registration_code: REGISTRATION.toLowerCase(), name: 'vault' },
    ])
    buttonSaying(manager, 'Activate another host').click()
    await eventually(() => focused()?.id === 'code')
  })

  it('is told the mistyped line, a cut code and a code for another place before anything is sent', async () => {
    const manager = await openOffline()
    const told = async (code: string, sentence: string) => {
      ask(manager, code)
      await says(manager, sentence)
      expect(focused()?.id).to.equal('code')
      expect(focused()?.getAttribute('aria-invalid')).to.equal('true')
    }
    await told('', 'Enter the code first.')
    await told(MISTYPED, 'Line 2 has a mistake.')
    await told(REGISTRATION.split('\n')[0] ?? '', 'This is not a whole code.')
    await told(CUSTOMER, 'This is the registration code of a customer.')
    await told(DEACTIVATION, 'This is a deactivation code.')
    expect(countOf(`POST ${path}/activation-code`)).to.equal(0)
  })

  it('hears in our words that no unit is left', async () => {
    const manager = await openOffline({
      'POST {id}/activation-code': problem(409, 'license.limit_reached'),
    })
    ask(manager, REGISTRATION)
    await says(manager, 'All units are in use. Release one first, or buy more.')
  })

  it('gives its unit back by its deactivation code alone', async () => {
    const manager = await openOffline({
      'POST {id}/release': anInstallation({ name: 'vault', state: 'deactivated' }),
    })
    fill(manager, 'license-offline-proof textarea', DEACTIVATION)
    buttonSaying(manager, 'Release the unit').click()
    await says(manager, 'vault was released. Its unit is free.')
    expect(callsTo(`POST ${path}/release`).map(bodyOf)).to.deep.equal([
      { deactivation_code: DEACTIVATION },
    ])
    await eventually(() => countOf(`GET ${path}`) > 0)
  })

  it('hears in its own language that a code is of another activation', async () => {
    const detail = 'This code is not of this activation.'
    const errors = [{ pointer: '/deactivation_code', detail }]
    const answers = { 'POST {id}/release': problem(422, 'request.invalid', { errors }) }
    const manager = await openOffline(answers, 'type="dr" lang="zh-CN"')
    fill(manager, 'license-offline-proof textarea', DEACTIVATION)
    findAll(required(manager, 'license-offline-proof'), 'button').at(-1)?.click()
    await says(manager, '此代码不属于该激活。')
    expect(textOf(manager)).not.to.contain(detail)
  })
})

describe('Activate by code', () => {
  const NEW = aLicense({ id: 'lic_01k777zq3v7te9yb2h5m8r4x77', activated_at: NOW, total: 7 })

  async function openRedeem() {
    openCenter(undefined, {
      'GET registration-code': { registration_code: CUSTOMER, now: NOW },
      'POST activation-codes/redeem': { license_id: NEW.id, licenses: [NEW.id], now: NOW },
      [`GET licenses/${NEW.id}`]: NEW,
    })
    const manager = await openManager()
    buttonSaying(manager, 'Activate by code').click()
    await says(manager, CUSTOMER)
    return manager
  }
  const redeem = (manager: Element, code: string) => {
    fill(manager, 'license-redeem #code', code)
    buttonSaying(manager, 'Activate').click()
  }

  it('S34: shows the registration code, takes the activation code, and lists the license', async () => {
    const manager = await openRedeem()
    stock.licenses = [NEW, ...stock.licenses]
    redeem(manager, GRANT)
    await says(manager, '1 license of yours is in the list now.')
    await eventually(() => rowsOf(manager).some((row) => textOf(row).includes('New')))
    expect(callsTo('POST activation-codes/redeem').map(bodyOf)).to.deep.equal([
      { activation_code: GRANT },
    ])
    openSheet(manager)?.close()
    await eventually(() => find(manager, 'license-redeem') === null)
  })

  it('tells a code of a host, and one that is expired or for somebody else', async () => {
    const manager = await openRedeem()
    redeem(manager, REGISTRATION)
    await says(manager, 'This is a registration code of a host.')
    expect(countOf('POST activation-codes/redeem')).to.equal(0)
    answerAlso('POST activation-codes/redeem', problem(410, 'activation_code.expired'))
    redeem(manager, GRANT)
    await says(manager, 'This code is no longer valid. Ask for a new one.')
  })
})

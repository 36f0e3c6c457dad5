/** The activation panels for every eye, ear and hand. */
import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import { expect, use } from 'chai'
import { chaiA11yAxe } from 'chai-a11y-axe'
import {
  aRebind,
  anEntry,
  anInstallation,
  CUSTOMER,
  fill,
  MISTYPED,
  openLicense,
  openTab,
  page,
  REGISTRATION,
  seek,
  seekAll,
  SHARED,
  SINGLE,
} from '../support/activations.ts'
import { NOW } from '../support/licenses.ts'
import { eventually, find, unmountAll } from '../support/mount.ts'
import { focused, openSheet, required } from '../support/open-manager.ts'

use(chaiA11yAxe)
before(() => emulateMedia({ reducedMotion: 'reduce' }))
after(() => emulateMedia({ reducedMotion: 'no-preference' }))
afterEach(unmountAll)

const ANSWERS = {
  'GET {id}/activations': page([
    anInstallation({ rebind: aRebind() }),
    anInstallation({ id: 'act_02', name: 'vault', offline: true }),
    anInstallation({ id: 'act_03', state: 'deactivated', ended_at: NOW }),
  ]),
  'POST {id}/reveal': { key: 'RCVR-FWZH-0ZRZ-5140-YHT8-Z401-VB45-M3ZB' },
  'POST {id}/activation-code': {
    activation_code: `${REGISTRATION}\n${REGISTRATION}`,
    activation: anInstallation(),
    expires_at: NOW,
    grace_until: NOW,
    now: NOW,
  },
  'GET allocations': page([anEntry(), anEntry({ id: '2', kind: 'key', event: 'key_revealed' })]),
  'GET registration-code': { registration_code: CUSTOMER, now: NOW },
}

for (const [theme, language, width] of [
  ['light', 'en', 320],
  ['light', 'zh-CN', 1280],
  ['dark', 'en', 1280],
  ['dark', 'zh-CN', 320],
] as const) {
  describe(`the activation panels in ${theme}, ${language}, ${width} px wide`, () => {
    before(async () => {
      document.body.style.background = theme === 'dark' ? '#14171f' : '#fff'
      await setViewport({ width, height: 800 })
    })
    after(() => setViewport({ width: 1024, height: 768 }))
    const look = `theme="${theme}" lang="${language}"`

    async function fits(manager: Element): Promise<void> {
      await expect(manager).to.be.accessible()
      expect(document.documentElement.scrollWidth).to.be.at.most(width)
      const dialog = openSheet(manager)
      if (dialog !== null) expect(dialog.scrollWidth).to.be.at.most(width)
    }

    it('key, installations, codes, history: no axe violation, no horizontal scroll', async function () {
      this.timeout(40_000)
      const manager = await openLicense(SHARED, ANSWERS, `type="dr" ${look}`)
      seekAll(manager, 'license-key', '.button')[0]?.click()
      await eventually(() => find(manager, '#key'))
      await fits(manager)
      await openTab(manager, 'activations', 'license-installations license-installation')
      seekAll(manager, 'license-installations', '.release')[1]?.click()
      await eventually(() => seek(manager, 'license-release-form textarea'))
      await fits(manager)
      await openTab(manager, 'offline', 'license-offline #code')
      fill(manager, 'license-offline #code', MISTYPED)
      seek(manager, 'license-offline .primary')?.click()
      await eventually(() => seek(manager, 'license-offline [aria-invalid=true]'))
      await fits(manager)
      fill(manager, 'license-offline #code', REGISTRATION)
      seek(manager, 'license-offline .primary')?.click()
      await eventually(() => find(manager, 'license-qr-code'))
      await fits(manager)
      await openTab(manager, 'log', 'license-allocation-log tbody')
      await fits(manager)
    })

    it('log, units and codes for the console: likewise', async function () {
      this.timeout(40_000)
      const manager = await openLicense(SINGLE, ANSWERS, `type="failback" ${look}`)
      await openTab(manager, 'activations', 'license-units li')
      await fits(manager)
      openSheet(manager)?.close()
      required(manager, '#tab--log').click()
      await eventually(() => seek(manager, 'license-allocation-log tbody'))
      await fits(manager)
      seekAll(manager, 'license-manager-panel', '.header .button')[1]?.click()
      await eventually(() => seek(manager, 'license-redeem pre'))
      await fits(manager)
    })
  })
}

describe('the activation panels by keyboard', () => {
  it('open from the menu on their tab; Escape closes them and gives the focus back', async () => {
    const manager = await openLicense(SHARED, ANSWERS)
    openSheet(manager)?.close()
    const button = required(required(manager, 'license-menu'), '.button')
    button.focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => focused()?.textContent?.trim() === 'Details')
    await sendKeys({ press: 'ArrowDown' })
    await sendKeys({ press: 'Enter' })
    await eventually(() => seek(manager, 'license-installations license-installation'))
    expect(focused()?.textContent).to.equal('License details')
    await sendKeys({ press: 'Escape' })
    await eventually(() => focused() === button)
  })

  it('have one stop for their tabs, along which arrows move', async () => {
    const manager = await openLicense(SHARED, ANSWERS)
    const panel = required(manager, 'license-panel')
    required(panel, '#tab-overview').focus()
    await sendKeys({ press: 'End' })
    await eventually(() => focused()?.id === 'tab-log')
    await eventually(() => seek(manager, 'license-allocation-log tbody'))
    expect(seekAll(manager, 'license-panel', '[role=tab][tabindex="0"]')).to.have.length(1)
  })

  it('send their forms by Enter', async () => {
    const manager = await openLicense(SHARED, ANSWERS)
    await openTab(manager, 'offline', 'license-offline #name')
    seek(manager, 'license-offline #name')?.focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => seek(manager, 'license-offline [aria-invalid=true]'))
  })
})

import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import { expect, use } from 'chai'
import { chaiA11yAxe } from 'chai-a11y-axe'
import type { LicenseManager } from '../../../widget/license-manager.ts'
import { problem } from '../support/fake-center.ts'
import {
  addManager,
  buttonSaying,
  choose,
  findAll,
  focused,
  openCenter,
  openManager,
  openSheet,
  required,
  rowsOf,
  says,
} from '../support/open-manager.ts'
import { eventually, find, unmountAll } from '../support/mount.ts'

use(chaiA11yAxe)

type Reach = (attributes: string) => Promise<LicenseManager>

/** Brings the element into a state, from nothing. */
const STATES: Record<string, Reach> = {
  list: openManager,
  'one-time licenses': (attributes) => openManager(`${attributes} type="failback"`),
  empty: async (attributes) => {
    openCenter([])
    return reached(addManager(attributes), '.placeholder')
  },
  'no match': async (attributes) => {
    const manager = await openManager(attributes)
    const [status] = findAll<HTMLSelectElement>(manager, '.toolbar select')
    choose(manager, status?.ariaLabel ?? '', 'revoked')
    return reached(manager, '.placeholder')
  },
  error: async (attributes) => {
    openCenter(undefined, { 'GET licenses': problem(503, 'database.unavailable') })
    return reached(addManager(attributes), '.failed')
  },
  partial: async (attributes) => {
    openCenter(undefined, { 'GET catalogue': problem(503, 'database.unavailable') })
    return openManager(attributes)
  },
  loading: async (attributes) => {
    openCenter(undefined, { 'GET licenses': () => new Promise(() => {}) })
    return reached(addManager(attributes), 'tr.waiting')
  },
  menu: async (attributes) => {
    const manager = await openManager(attributes)
    required(required(manager, 'license-menu'), '.button').click()
    await eventually(() => focused()?.role === 'menuitem')
    return manager
  },
  details: async (attributes) => {
    const manager = await openManager(attributes)
    required(manager, '.open').click()
    return reached(manager, 'dl')
  },
  subscriptions: async (attributes) => {
    const manager = await openManager(attributes)
    required(manager, '.header .button').click()
    return reached(manager, 'li')
  },
}

async function reached(manager: LicenseManager, selector: string): Promise<LicenseManager> {
  await eventually(() => find(manager, selector), `${selector} appears`)
  return manager
}

before(() => emulateMedia({ reducedMotion: 'reduce' }))
after(() => emulateMedia({ reducedMotion: 'no-preference' }))
beforeEach(() => openCenter())
afterEach(unmountAll)

for (const [theme, language, width] of [
  ['light', 'en', 320],
  ['light', 'en', 1280],
  ['light', 'zh-CN', 1280],
  ['dark', 'en', 1280],
  ['dark', 'zh-CN', 320],
] as const) {
  describe(`<license-manager> in ${theme}, ${language}, ${width} px wide`, () => {
    before(async () => {
      document.body.style.background = theme === 'dark' ? '#14171f' : '#fff'
      await setViewport({ width, height: 800 })
    })
    after(() => setViewport({ width: 1024, height: 768 }))

    for (const [name, reach] of Object.entries(STATES)) {
      it(`${name}: no axe violation, no horizontal scroll`, async function () {
        this.timeout(20_000)
        const manager = await reach(`theme="${theme}" lang="${language}"`)
        await expect(manager).to.be.accessible()
        expect(document.documentElement.scrollWidth).to.be.at.most(width)
      })
    }
  })
}

describe('<license-manager> in a narrow place', () => {
  before(() => setViewport({ width: 320, height: 800 }))
  after(() => setViewport({ width: 1024, height: 768 }))

  it('line 23: shows cards with the labels of the table, in the same order', async () => {
    const manager = await openManager()
    const [card] = rowsOf(manager)
    const labels = card === undefined ? [] : [...card.querySelectorAll<HTMLElement>('.column')]
    expect(labels.map((label) => label.innerText)).to.deep.equal([
      'License ID',
      'Total',
      'In-use',
      'Service Life (Days)',
      'Activation Date',
      'Expiration Date',
      'Status',
    ])
    expect(getComputedStyle(required(manager, 'thead')).display).to.equal('none')
  })

  it('line 31: has the same actions, and sorts without headers', async () => {
    const manager = await openManager()
    expect(findAll(manager, 'license-menu').length).to.equal(rowsOf(manager).length)
    choose(manager, 'Sort by', 'total')
    await says(manager, 'Descending')
  })

  it('every target is at least 24 px', async () => {
    const manager = await openManager()
    for (const target of findAll(manager, 'button, select, input, a')) {
      const { width, height } = target.getBoundingClientRect()
      if (width > 0) expect(Math.min(width, height), target.outerHTML).to.be.at.least(24)
    }
  })
})

describe('<license-manager> by keyboard', () => {
  it('line 31: a menu opens with arrows, moves, closes with Escape and gives the focus back', async () => {
    const manager = await openManager()
    const button = required(required(manager, 'license-menu'), '.button')
    button.focus()
    await sendKeys({ press: 'ArrowDown' })
    await eventually(() => focused()?.textContent?.trim() === 'Details')
    await sendKeys({ press: 'ArrowDown' })
    await eventually(() => focused()?.textContent?.trim() === 'Manage activations')
    await sendKeys({ press: 'ArrowDown' })
    await eventually(() => focused()?.textContent?.trim() === 'Copy license ID')
    await sendKeys({ press: 'End' })
    await eventually(() => focused()?.textContent?.trim() === 'Copy order ID')
    await sendKeys({ press: 'ArrowDown' })
    await eventually(() => focused()?.textContent?.trim() === 'Details')
    await sendKeys({ press: 'Escape' })
    await eventually(() => focused() === button)
    expect(button.getAttribute('aria-expanded')).to.equal('false')
  })

  it('a sheet starts at its heading, closes with Escape, and gives the focus back', async () => {
    const manager = await openManager()
    const add = buttonSaying(manager, 'Add')
    add.focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => focused()?.id === 'heading')
    await sendKeys({ press: 'Escape' })
    await eventually(() => openSheet(manager) === null)
    await eventually(() => focused() === add)
  })

  it('details from a menu give the focus back to its button', async () => {
    const manager = await openManager()
    const button = required(required(manager, 'license-menu'), '.button')
    button.focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => focused()?.textContent?.trim() === 'Details')
    await sendKeys({ press: 'Enter' })
    await eventually(() => openSheet(manager))
    await sendKeys({ press: 'Escape' })
    await eventually(() => focused() === button)
  })

  it('arrows move along the tabs and switch the list', async () => {
    const manager = await openManager()
    required(manager, '#tab-dr').focus()
    await sendKeys({ press: 'ArrowRight' })
    await eventually(() => focused()?.id === 'tab-failback')
    await eventually(() => rowsOf(manager).length === 4)
  })
})

/**
 * The direction comes with the words (`$dir`), not with the page: English stays left to right on an Arabic
 * page. No language of ours is written from right to left yet, so the direction is turned by hand. What
 * began so far from one edge then begins so far from the other.
 */
import { setViewport } from '@web/test-runner-commands'
import { expect } from 'chai'
import { openLicense, openTab } from './support/activations.ts'
import { eventually, find, unmountAll } from './support/mount.ts'
import { openDesk } from './support/open-desk.ts'
import { findAll, openCenter as openList, openManager, required } from './support/open-manager.ts'
import { openCenter as openSale, openSubscribe } from './support/subscribe.ts'

const ROUNDING_PX = 1

before(() => setViewport({ width: 1280, height: 900 }))
after(() => setViewport({ width: 1024, height: 768 }))
afterEach(() => {
  document.documentElement.removeAttribute('dir')
  unmountAll()
})

/** Of each match: from the edge of the frame where reading begins to where it begins. */
function insets(frame: Element, selector: string): number[] {
  const outer = frame.getBoundingClientRect()
  const isMirrored = getComputedStyle(required(frame, selector)).direction === 'rtl'
  return findAll(frame, selector)
    .filter((one) => one.checkVisibility())
    .map((one) => {
      const { left, right } = one.getBoundingClientRect()
      return isMirrored ? outer.right - right : left - outer.left
    })
}

function expectMirrored(element: Element, frame: Element, selectors: readonly string[]): void {
  const plain = selectors.map((selector) => insets(frame, selector))
  required(element, '.root').dir = 'rtl'
  for (const [index, selector] of selectors.entries()) {
    expect(getComputedStyle(required(frame, selector)).direction, selector).to.equal('rtl')
    const before = plain[index] ?? []
    const after = insets(frame, selector)
    expect(before.length, selector).to.be.greaterThan(0)
    expect(after.length, selector).to.equal(before.length)
    for (const [place, inset] of before.entries()) {
      expect(after[place], `${selector} ${place}`).to.be.closeTo(inset, ROUNDING_PX)
    }
  }
}

describe('from right to left', () => {
  it('the form that sells is mirrored', async () => {
    openSale()
    const element = await openSubscribe()
    await eventually(() => find(element, '.button'))
    expectMirrored(element, element, ['[role=tab]', '#quantity', '.button'])
  })

  it('the list of licenses is mirrored', async () => {
    openList()
    const manager = await openManager()
    expectMirrored(manager, manager, [
      '[role=tab]',
      'thead th',
      'tbody tr:first-child > *',
      '.header .button',
    ])
  })

  it('the renewal desk is mirrored', async () => {
    const manager = await openDesk()
    expectMirrored(manager, manager, ['thead th', 'tbody tr:first-child > *'])
  })

  it('the sheet of a license is mirrored', async () => {
    const manager = await openLicense()
    await openTab(manager, 'activations', 'license-installation')
    const panel = required(manager, 'license-panel')
    expectMirrored(manager, panel, ['[role=tab]', 'license-installation', '.button'])
  })
})

describe('on a page from right to left', () => {
  it('English words stay from left to right', async () => {
    document.documentElement.dir = 'rtl'
    openSale()
    const element = await openSubscribe()
    expect(getComputedStyle(required(element, '.subscribe')).direction).to.equal('ltr')
  })
})

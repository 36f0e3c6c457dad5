/** The tabs where they do not fit, and what is new in the list. */
import { setViewport } from '@web/test-runner-commands'
import { expect } from 'chai'
import { LicenseEvent } from '../../../widget/events.ts'
import { eventually, unmountAll } from '../support/mount.ts'
import { findAll, openCenter, openManager, required, stock } from '../support/open-manager.ts'
import { TWELVE } from '../support/twelve-licenses.ts'

const GAP_PX = 6

after(() => setViewport({ width: 1024, height: 768 }))
afterEach(unmountAll)

async function tabsAt(width: number): Promise<HTMLElement> {
  await setViewport({ width, height: 800 })
  openCenter()
  return required(await openManager(), '[role=tablist]')
}
const maskOf = (element: Element) => getComputedStyle(element).maskImage

describe('the tabs of <license-manager>', () => {
  it('scroll where they do not fit, and fade at the edge that they go on beyond', async () => {
    const tabs = await tabsAt(320)
    expect(tabs.scrollWidth).to.be.greaterThan(tabs.clientWidth)
    await eventually(() => maskOf(tabs).includes('gradient'), 'the edge fades')
    expect(getComputedStyle(tabs).maskPosition).to.equal('-40px 0px')
    tabs.scrollLeft = tabs.scrollWidth
    await eventually(() => getComputedStyle(tabs).maskPosition === '0px 0px', 'the other edge')
    const last = required(tabs, '[role=tab]:last-of-type').getBoundingClientRect()
    expect(last.right).to.be.at.most(tabs.getBoundingClientRect().right + 1)
  })

  it('fade nowhere where all of them fit', async () => {
    const tabs = await tabsAt(1280)
    expect(tabs.scrollWidth).to.equal(tabs.clientWidth)
    expect(maskOf(tabs)).to.equal('none')
  })
})

it('the word “New” keeps its distance from the license id, at every width', async () => {
  const [newest, ...others] = TWELVE
  for (const width of [1280, 1000, 320]) {
    await setViewport({ width, height: 800 })
    openCenter(others)
    const manager = await openManager()
    stock.licenses = TWELVE
    const detail = { orderId: 'ord_1', licenseIds: [newest?.id ?? ''], totalMinor: 1, currency: '' }
    document.body.dispatchEvent(new LicenseEvent('license-purchased', detail))
    const badge = await eventually(() => findAll(manager, '.badge')[0], 'it is marked')
    const id = badge.previousElementSibling?.lastElementChild?.getBoundingClientRect()
    const cell = badge.parentElement?.getBoundingClientRect()
    const { left, right } = badge.getBoundingClientRect()
    expect(left - (id?.right ?? Infinity), `${width} px`).to.be.at.least(GAP_PX)
    expect(right, `${width} px`).to.be.at.most((cell?.right ?? 0) + 1)
    unmountAll()
  }
})

import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import { expect, use } from 'chai'
import { chaiA11yAxe } from 'chai-a11y-axe'
import { eventually, find, unmountAll } from '../support/mount.ts'
import { openDesk, pageBoxOf } from '../support/open-desk.ts'
import { findAll, focused, required } from '../support/open-manager.ts'
import { renewables } from '../support/renewals.ts'

use(chaiA11yAxe)
before(() => emulateMedia({ reducedMotion: 'reduce' }))
after(() => emulateMedia({ reducedMotion: 'no-preference' }))
afterEach(unmountAll)

for (const [theme, language, width] of [
  ['light', 'en', 320],
  ['light', 'zh-CN', 1280],
  ['dark', 'en', 1280],
  ['dark', 'zh-CN', 320],
] as const) {
  describe(`the renewal desk in ${theme}, ${language}, ${width} px wide`, () => {
    before(async () => {
      document.body.style.background = theme === 'dark' ? '#14171f' : '#fff'
      await setViewport({ width, height: 800 })
    })
    after(() => setViewport({ width: 1024, height: 768 }))
    const look = `theme="${theme}" lang="${language}"`

    it('list, bulk bar, Renew page: no axe violation, no horizontal scroll', async function () {
      this.timeout(40_000)
      const manager = await openDesk(renewables(12), look)
      await eventually(() => find(manager, '.mark'))
      await expect(manager).to.be.accessible()
      expect(document.documentElement.scrollWidth).to.be.at.most(width)
      const boxes = findAll<HTMLInputElement>(manager, 'tbody input[type=checkbox]')
      for (const box of boxes.slice(0, 3)) box.click()
      const bar = await eventually(() => find(manager, '.bulk'))
      await expect(manager).to.be.accessible()
      required(bar, '.primary').click()
      await eventually(() => find(manager, '[part=total]'))
      await expect(manager).to.be.accessible()
      expect(document.documentElement.scrollWidth).to.be.at.most(width)
    })
  })
}

describe('the renewal desk by keyboard', () => {
  it('line 24: the timeline is one stop; arrows, Home and End move along its marks', async () => {
    const manager = await openDesk(renewables(11))
    const marks = await eventually(() => {
      const found = findAll(manager, '.mark')
      return found.length === 11 && found
    })
    expect(marks.filter(({ tabIndex }) => tabIndex === 0)).to.have.length(1)
    marks[0]?.focus()
    await sendKeys({ press: 'ArrowRight' })
    await eventually(() => focused() === marks[1])
    await sendKeys({ press: 'End' })
    await eventually(() => focused() === marks[10])
    await sendKeys({ press: 'Enter' })
    await eventually(() => marks[10]?.ariaPressed === 'true')
  })

  it('line 49: selects with Space and reaches Batch Renew', async () => {
    const manager = await openDesk()
    pageBoxOf(manager).focus()
    await sendKeys({ press: 'Space' })
    const bar = await eventually(() => find(manager, '.bulk'))
    required(bar, 'button').focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => focused()?.tagName === 'H2')
  })
})

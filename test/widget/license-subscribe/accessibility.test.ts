import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands'
import { expect, use } from 'chai'
import { chaiA11yAxe } from 'chai-a11y-axe'
import type { Order } from '../../../server/contract/orders.ts'
import type { LicenseSubscribe } from '../../../widget/license-subscribe.ts'
import { callsTo } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import {
  choose,
  dialogOf,
  fillIn,
  hasFocus,
  openCenter,
  openSubscribe,
  order5,
  order5AndContinue,
  press,
  priced,
  required,
  says,
  setOrder,
} from '../support/subscribe.ts'

use(chaiA11yAxe)

/** Brings the element into a state; each starts from a fresh one. */
const STATES: Record<string, (element: LicenseSubscribe) => Promise<unknown>> = {
  form: async () => {},
  'form with a price': fillIn,
  'form with something missing': async (element) => {
    press(element, '.subscribe')
    await eventually(() => find(element, '#missing'))
  },
  confirm: order5,
  waiting: order5AndContinue,
  'order declined': orderThatIs({ failure: { code: 'card_declined', message: 'No funds.' } }),
  'order processing': orderThatIs({ state: 'processing' }),
  'order expired': orderThatIs({ state: 'expired', payment_url: null }),
  'order in review': orderThatIs({ state: 'review' }),
  'order issued': orderThatIs({ state: 'fulfilled', licenses: ['lic_1', 'lic_2'] }),
}

function orderThatIs(change: Partial<Order>): (element: LicenseSubscribe) => Promise<unknown> {
  return async (element) => {
    await order5AndContinue(element)
    setOrder(change)
    await eventually(() => find(element, 'license-order-outcome'))
  }
}

before(() => emulateMedia({ reducedMotion: 'reduce' }))
after(() => emulateMedia({ reducedMotion: 'no-preference' }))
beforeEach(() => openCenter())
afterEach(unmountAll)

for (const theme of ['light', 'dark'] as const) {
  for (const width of [320, 1280]) {
    describe(`<license-subscribe> in ${theme}, ${width} px wide`, () => {
      before(async () => {
        document.body.style.background = theme === 'dark' ? '#000' : '#fff'
        await setViewport({ width, height: 800 })
      })
      after(() => setViewport({ width: 1024, height: 768 }))

      for (const [name, reach] of Object.entries(STATES)) {
        it(`${name}: no axe violation, no horizontal scroll`, async () => {
          const element = await openSubscribe(`theme="${theme}"`)
          await reach(element)
          await expect(element).to.be.accessible()
          expect(document.documentElement.scrollWidth).to.be.at.most(width)
        })
      }
    })
  }
}

describe('<license-subscribe> in Chinese', () => {
  it('no axe violation, and no English left in the form', async () => {
    const element = await openSubscribe('lang="zh-CN"')
    choose(element, 'autoRenewal', 'yes')
    await priced(element, 'US$75.00')
    await expect(element).to.be.accessible()
    expect(textOf(required(element, '.action'))).to.match(/^今日应付 \S+ 立即订阅/)
  })
})

describe('<license-subscribe> by keyboard', () => {
  it('buys from the quantity to Continue without a mouse', async () => {
    const element = await openSubscribe()
    required<HTMLElement>(element, '#quantity').focus()
    await sendKeys({ press: 'ArrowUp' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Space' })
    await eventually(() => find(element, '[part=total]')?.textContent === '$150.00')
    required<HTMLElement>(element, '.subscribe').focus()
    await sendKeys({ press: 'Enter' })
    const dialog = await eventually(() => dialogOf(element))
    await eventually(() => hasFocus(required(dialog, 'h2')))
    await sendKeys({ press: 'Tab' })
    expect(hasFocus(required(dialog, '.actions button'))).to.equal(true)
    await sendKeys({ press: 'Tab' })
    expect(hasFocus(required(dialog, '.actions a'))).to.equal(true)
  })

  it('Esc cancels, and the focus is back on Subscribe Now', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    required<HTMLElement>(element, '.subscribe').focus()
    await sendKeys({ press: 'Enter' })
    await eventually(() => dialogOf(element))
    await sendKeys({ press: 'Escape' })
    await says(element, 'Nothing was charged')
    await eventually(() => hasFocus(required(element, '.subscribe')))
    expect(callsTo('POST orders/ord_1/cancel').length).to.equal(1)
  })

  it('arrows move along the tabs and switch the form', async () => {
    const element = await openSubscribe()
    required<HTMLElement>(element, '[role=tab]').focus()
    await sendKeys({ press: 'ArrowRight' })
    await eventually(() => hasFocus(required(element, '#tab-migration')))
    expect(required(element, '#tab-migration').getAttribute('aria-selected')).to.equal('true')
  })

  it('puts the focus on the heading of what replaces the form', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    await eventually(() => hasFocus(required(required(element, 'license-payment-wait'), 'h2')))
  })
})

describe('<license-subscribe> where motion is unwanted', () => {
  it('does not move', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    const { animationIterationCount } = getComputedStyle(required(element, '.spinner'))
    expect(animationIterationCount).to.equal('1')
  })
})

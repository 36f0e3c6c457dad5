import { expect } from 'chai'
import type { LicenseEventName } from '../../../widget/events.ts'
import { answerAlso, callsTo, json, networkError, problem } from '../support/fake-center.ts'
import { order } from '../support/fixtures.ts'
import { eventually, find, mount, textOf, unmountAll } from '../support/mount.ts'
import {
  dialogOf,
  fillIn,
  hasFocus,
  openCenter,
  openSubscribe,
  order5,
  order5AndContinue,
  press,
  required,
  says,
  setOrder,
} from '../support/subscribe.ts'

beforeEach(() => openCenter())
afterEach(unmountAll)

const failure = { code: 'card_declined', message: 'The card has insufficient funds.' }

/** Names of the events that reach the page from now on. */
function recordEvents(...names: LicenseEventName[]): string[] {
  const seen: string[] = []
  for (const name of names) document.addEventListener(name, () => seen.push(name), { once: true })
  return seen
}

describe('<license-subscribe>: the order', () => {
  it('S13, S14: places the order first, then asks with Cancel and Continue', async () => {
    const element = await openSubscribe()
    const dialog = await order5(element)
    expect(callsTo('POST orders')[0]?.body).to.deep.equal({
      quote_id: 'quo_dr_5',
      notices_version: 'notices-1',
      locale: 'en',
      return_url: null,
    })
    expect(textOf(dialog)).to.contain('Payment Redirect Notice')
    expect(textOf(dialog)).to.contain('ord_1')
    expect(dialog.matches(':modal')).to.equal(true)
    expect(hasFocus(required(dialog, 'h2'))).to.equal(true)
  })

  it('S16, W01: Continue is a plain link to the payment page in a new window', async () => {
    const element = await openSubscribe()
    const link = required<HTMLAnchorElement>(await order5(element), 'a')
    expect([link.href, link.target, link.rel]).to.deep.equal([
      'https://pay.test/cs_1',
      '_blank',
      'noopener',
    ])
  })

  it('W10: a payment address that is a script is no link', async () => {
    answerAlso('POST orders', () => setOrder({ payment_url: 'javascript:alert(1)' }))
    const element = await openSubscribe()
    const dialog = await order5(element)
    expect(dialog.querySelectorAll('a').length).to.equal(0)
  })

  it('makes one order of many presses, with the quote as Idempotency-Key', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    for (let count = 0; count < 5; count++) press(element, '.subscribe')
    await eventually(() => dialogOf(element))
    const keys = callsTo('POST orders').map(({ headers }) => headers.get('idempotency-key'))
    expect(keys).to.deep.equal(['quo_dr_5'])
  })

  it('W11: a page that prevents license-checkout-request keeps the form as it is', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    document.addEventListener('license-checkout-request', (event) => event.preventDefault(), {
      once: true,
    })
    press(element, '.subscribe')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(callsTo('POST orders').length).to.equal(0)
    expect(find(element, '.subscribe') === null).to.equal(false)
  })

  it('S15: Cancel cancels at the center, keeps the form, and says that nothing was charged', async () => {
    const element = await openSubscribe()
    const seen = recordEvents('license-cancelled')
    press(await order5(element), '.actions button')
    await says(element, 'Nothing was charged and no license was issued.')
    expect(callsTo('POST orders/ord_1/cancel').length).to.equal(1)
    expect(dialogOf(element) === null).to.equal(true)
    expect(required<HTMLInputElement>(element, '#quantity').value).to.equal('5')
    expect(seen).to.deep.equal(['license-cancelled'])
  })

  it('a cancel that comes too late shows the waiting view', async () => {
    answerAlso('POST orders/ord_1/cancel', problem(409, 'order.completing'))
    const element = await openSubscribe()
    press(await order5(element), '.actions button')
    await says(element, 'A payment is being completed')
    await says(element, 'Waiting for your payment')
  })

  it('a refused order is explained with its code and request, and leaves the form', async () => {
    answerAlso('POST orders', problem(503, 'payment.unavailable', { detail: 'Try later.' }))
    const element = await openSubscribe()
    await fillIn(element)
    press(element, '.subscribe')
    await says(element, 'Try later.')
    await says(element, 'Nothing was charged.')
    await says(element, 'Code payment.unavailable, request req_1')
  })
})

describe('<license-subscribe>: the payment', () => {
  it('W02, W03: never says that a payment failed because its window is gone', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    window.dispatchEvent(new Event('focus'))
    await eventually(() => callsTo('GET orders/ord_1').length > 1)
    expect(textOf(element)).to.contain('Waiting for your payment')
    expect(textOf(element)).to.not.match(/fail|declin/i)
  })

  it('S18–S20: shows the licenses as soon as the server has issued them, and tells the page', async () => {
    const element = await openSubscribe()
    const seen = recordEvents('license-payment-open', 'license-purchased')
    await order5AndContinue(element)
    expect(seen).to.deep.equal(['license-payment-open'])
    setOrder({ state: 'paid' })
    await says(element, 'Payment received.')
    expect(seen).to.deep.equal(['license-payment-open'])
    setOrder({ state: 'fulfilled', licenses: ['lic_1', 'lic_2'] })
    await says(element, 'Your licenses are active')
    await says(element, 'Key ending in M4XT')
    await says(element, 'Failback License × 5 Included')
    expect(required<HTMLAnchorElement>(element, 'a.primary').href).to.equal('https://console.test/')
    expect(seen).to.deep.equal(['license-payment-open', 'license-purchased'])
    expect(element.matches(':state(paid)')).to.equal(true)
  })

  it('P10: a bank that confirms later: processing, and don’t pay again', async () => {
    const element = await openSubscribe()
    const seen = recordEvents('license-payment-pending')
    await order5AndContinue(element)
    setOrder({ state: 'processing' })
    await says(element, 'Please don’t pay again.')
    expect(seen).to.deep.equal(['license-payment-pending'])
  })

  it('a declined payment says why, and can be paid again on the same order', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    setOrder({ failure })
    await says(element, 'The card has insufficient funds.')
    await says(element, 'Nothing was charged.')
    expect(required<HTMLAnchorElement>(element, 'a.primary').href).to.equal('https://pay.test/cs_1')
  })

  it('W06: an expired order offers to start again, at the price of now', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    setOrder({ state: 'expired', payment_url: null, total: 30_000 })
    await says(element, 'The payment was not completed in time')
    await says(element, 'The price has changed from $300.00 to $375.00.')
    press(element, '.actions button')
    await eventually(() => find(element, '.subscribe'))
    expect(required<HTMLInputElement>(element, '#quantity').value).to.equal('5')
  })

  it('a mismatch is shown as received and being checked', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    setOrder({ state: 'review', payment_received: true })
    await says(element, 'Payment received, being checked')
  })

  it('P17: money that arrives after the end is found when the window comes back', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    setOrder({ state: 'expired', payment_url: null })
    await says(element, 'not completed in time')
    setOrder({ state: 'fulfilled', licenses: ['lic_1'] })
    await new Promise((resolve) => setTimeout(resolve, 1_050))
    window.dispatchEvent(new Event('focus'))
    await says(element, 'Your licenses are active')
  })

  it('“check now” looks at once and says what it found', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    const before = callsTo('GET orders/ord_1').length
    press(element, '.actions button')
    await says(element, 'No payment has arrived yet.')
    await eventually(() => callsTo('GET orders/ord_1').length > before)
  })

  it('W05: a lost network is said so, and the order is found again after it', async () => {
    const element = await openSubscribe()
    await order5AndContinue(element)
    answerAlso('GET orders/ord_1', networkError)
    press(element, '.actions button')
    await says(element, 'Connection lost.')
    answerAlso('GET orders/ord_1', json(order({ state: 'fulfilled', licenses: ['lic_1'] })))
    press(element, '.actions button')
    await says(element, 'Your licenses are active')
  })

  it('survives a reload: a new element takes up the order that waits', async () => {
    await order5AndContinue(await openSubscribe())
    unmountAll()
    const again = mount(
      '<license-subscribe publishable-key="pk_test" token="t" center="https://center.test"></license-subscribe>',
    )
    await says(again, 'Waiting for your payment')
    setOrder({ state: 'fulfilled', licenses: ['lic_1'] })
    await says(again, 'Your licenses are active')
    expect(callsTo('POST orders').length).to.equal(1)
  })

  it('W04: storage that throws changes nothing', async () => {
    const { setItem } = Storage.prototype
    Storage.prototype.setItem = () => {
      throw new DOMException('denied', 'SecurityError')
    }
    try {
      await order5AndContinue(await openSubscribe())
    } finally {
      Storage.prototype.setItem = setItem
    }
  })
})

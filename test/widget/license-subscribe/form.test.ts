import { expect } from 'chai'
import { answerAlso, callsTo, networkError, problem } from '../support/fake-center.ts'
import { catalogue, quoteFor, plans } from '../support/fixtures.ts'
import { eventually, find, mount, textOf, unmountAll } from '../support/mount.ts'
import {
  allOf,
  choose,
  dialogOf,
  fillIn,
  hasFocus,
  openCenter,
  openSubscribe,
  press,
  priced,
  required,
  says,
  type,
} from '../support/subscribe.ts'

beforeEach(() => openCenter())
afterEach(unmountAll)

describe('<license-subscribe>: the form', () => {
  it('S1, S2: offers the license types of the catalogue as tabs, the wanted one first', async () => {
    const element = await openSubscribe('type="migration"')
    const tabs = allOf<HTMLElement>(element, '[role=tab]')
    expect(tabs.map(({ innerText }) => innerText.trim())).to.deep.equal([
      'DR License',
      'Migration License',
      'Failback License',
    ])
    expect(required(element, '[aria-selected=true]').id).to.equal('tab-migration')
  })

  it('S4: asks for cycle, quantity and renewal, with no answer to renewal preselected', async () => {
    const element = await openSubscribe()
    const checked = allOf<HTMLInputElement>(element, 'input:checked')
    expect(checked.map(({ name, value }) => [name, value])).to.deep.equal([['cycle', 'month']])
    await says(element, 'Choose Auto-Renewal to see the price.')
  })

  for (const name of ['migration', 'failback'] as const) {
    it(`S5, S6: ${name} has no cycle, and Auto-Renewal is shown disabled as No`, async () => {
      const element = await openSubscribe(`type="${name}"`)
      expect(allOf(element, '[name=cycle]').length).to.equal(0)
      const [chosen] = allOf<HTMLInputElement>(element, '[name=autoRenewal]:checked')
      expect(chosen?.value).to.equal('no')
      expect(chosen?.matches(':disabled')).to.equal(true)
      await priced(element, name === 'migration' ? '$120.00' : '$90.00')
    })
  }

  it('shows what is due today apart from what follows, each line explained', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    const text = textOf(required(element, 'license-price-summary'))
    expect(text).to.contain('DR License × 5')
    expect(text).to.contain('explained × 5')
    expect(text).to.contain('Due today $375.00')
    expect(text).to.contain('Then $375.00 every month from Dec 14, 2026')
  })

  it('S22, S25: names the complimentary licenses and when they end', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    const text = textOf(required(element, 'license-price-summary'))
    expect(text).to.match(/Failback License × 5 Free .* Valid until Dec 21, 2026/)
  })

  it('puts discount and tax between the lines and the total', async () => {
    openCenter({
      discount: 5_000,
      subtotal: 32_500,
      tax: 6_175,
      total: 38_675,
      tax_note: { name: 'VAT', percent: '19', mode: 'exclusive' },
    })
    const element = await openSubscribe()
    choose(element, 'autoRenewal', 'no')
    await priced(element, '$386.75')
    const text = textOf(required(element, 'license-price-summary'))
    expect(text).to.contain('Discount −$50.00 Subtotal $325.00 VAT 19% $61.75')
  })

  it('waits for the customer to stop typing, and asks for the last quantity only', async () => {
    const element = await openSubscribe()
    choose(element, 'autoRenewal', 'no')
    for (const text of ['1', '10', '1,000']) type(element, text)
    await priced(element, '$75,000.00')
    const quantities = callsTo('POST quotes').map(({ body }) => JSON.stringify(body))
    expect(quantities).to.have.length(1)
    expect(quantities[0]).to.contain('"quantity":1000')
  })

  it('W5: a change while a price is on its way aborts that request', async () => {
    const element = await openSubscribe()
    answerAlso('POST quotes', () => new Promise(() => {}))
    choose(element, 'autoRenewal', 'no')
    await eventually(() => callsTo('POST quotes').length === 1)
    type(element, '3')
    await eventually(() => callsTo('POST quotes')[0]?.signal?.aborted)
  })

  it('announces the new total in a live region that was there before', async () => {
    const element = await openSubscribe()
    const region = required<HTMLElement>(element, '[role=status].visually-hidden')
    expect(textOf(region)).to.equal('')
    await fillIn(element)
    expect(textOf(region)).to.equal('Due today: $375.00')
  })

  it('says what is missing when the button is pressed, and moves the focus there', async () => {
    const element = await openSubscribe()
    type(element, '1.5')
    press(element, '.subscribe')
    await says(element, 'Before you can subscribe:')
    const summary = required<HTMLElement>(element, '#missing')
    await eventually(() => hasFocus(summary))
    expect(textOf(summary)).to.contain('Quantity: enter a whole number.')
    expect(textOf(summary)).to.contain('Auto-Renewal: choose Yes or No.')
    press(summary, 'button')
    await eventually(() => hasFocus(required(element, '#quantity')))
    expect(callsTo('POST orders').length).to.equal(0)
  })

  it('moves the quantity by buttons and arrow keys, within the limits', async () => {
    const element = await openSubscribe()
    const field = required<HTMLInputElement>(element, '#quantity')
    press(element, '.quantity button:last-child')
    await eventually(() => field.value === '2')
    const key = new KeyboardEvent('keydown', { key: 'ArrowDown', cancelable: true })
    field.dispatchEvent(key)
    press(element, '.quantity button:first-child')
    await eventually(() => field.value === '1')
    expect(key.defaultPrevented).to.equal(true)
  })

  it('S8, S11: shows every note, and “contact us” as a link in a new tab', async () => {
    const element = await openSubscribe()
    const notes = required<HTMLElement>(element, 'license-important-notes')
    const link = required<HTMLAnchorElement>(notes, 'li a')
    expect(textOf(notes)).to.contain('Authorization is non-revocable')
    expect(link.href).to.equal('https://center.test/contact')
    expect(link.rel).to.equal('noopener')
    expect(link.target).to.equal('_blank')
  })

  it('P11: names an order of the same plan within the last two hours', async () => {
    openCenter({ earlier_order: { id: 'ord_0', placed_at: '2026-11-21T09:00:00Z', quantity: 5 } })
    const element = await openSubscribe()
    await fillIn(element)
    await says(element, 'You already ordered 5 licenses of this plan')
    await says(element, 'ord_0')
  })

  it('takes a promo code, and says why one is refused', async () => {
    const element = await openSubscribe()
    choose(element, 'autoRenewal', 'no')
    press(element, '[slot=promo] button')
    await eventually(() => find(element, '#code'))
    answerAlso('POST quotes', () =>
      problem(409, 'promo.not_applicable', { detail: 'It has ended.' }),
    )
    required<HTMLInputElement>(element, '#code').value = 'summer'
    required<HTMLElement>(element, 'license-promo-field')
      .shadowRoot?.querySelector('form')
      ?.requestSubmit()
    await says(element, 'It has ended.')
    expect(JSON.stringify(callsTo('POST quotes').at(-1)?.body)).to.contain('"promo_code":"SUMMER"')
  })

  it('W15: a center that cannot be reached is said so, and tried again on demand', async () => {
    const codes: string[] = []
    document.addEventListener('license-error', ({ detail }) => codes.push(detail.code), {
      once: true,
    })
    answerAlso('GET catalogue', networkError)
    const element = mount(
      '<license-subscribe publishable-key="pk_test" token="t" center="https://center.test"></license-subscribe>',
    )
    await says(element, 'cannot be reached')
    expect(codes).to.deep.equal(['network.unreachable'])
    answerAlso('GET catalogue', catalogue)
    press(element, '.alert button')
    await eventually(() => find(element, '.subscribe'))
  })

  it('W26: two refused tokens end in license-error with code auth', async () => {
    const codes: string[] = []
    document.addEventListener('license-error', ({ detail }) => codes.push(detail.code), {
      once: true,
    })
    answerAlso('GET catalogue', () => problem(401, 'token.invalid'))
    const element = mount(
      '<license-subscribe publishable-key="pk_test" token="t" center="https://center.test"></license-subscribe>',
    )
    await says(element, 'Your session has ended.')
    expect(codes).to.deep.equal(['auth'])
  })

  it('W06: a price that changed between looking and pressing is shown beside the old one', async () => {
    const element = await openSubscribe()
    await fillIn(element)
    answerAlso('POST orders', problem(410, 'quote.expired'))
    answerAlso('POST quotes', ({ body }: { body: unknown }) =>
      quoteFor(body as Parameters<typeof quoteFor>[0], { total: 40_000 }),
    )
    press(element, '.subscribe')
    await says(element, 'The price has changed from $375.00 to $400.00.')
    expect(dialogOf(element) === null).to.equal(true)
    expect(callsTo('POST orders').length).to.equal(1)
  })

  it('has no heading row of tabs where only one type is sold', async () => {
    answerAlso('GET catalogue', { ...catalogue, plans: [plans.failback] })
    const element = await openSubscribe()
    expect(allOf(element, '[role=tablist]').length).to.equal(0)
    expect(textOf(required(element, 'h2'))).to.equal('Failback License')
  })
})

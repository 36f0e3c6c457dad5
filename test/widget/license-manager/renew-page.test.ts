import { expect } from 'chai'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import {
  deskRows,
  lastQuoteRequest,
  openDesk,
  pageBoxOf,
  press,
  priced,
} from '../support/open-desk.ts'
import { findAll, focused, required, says } from '../support/open-manager.ts'
import { renewalQuote } from '../support/renewal-quote.ts'
import { aRenewable, desk, fulfil, licenseId, renewables } from '../support/renewals.ts'

afterEach(unmountAll)

const lines = (manager: Element) =>
  findAll(required(manager, 'license-renew-page'), 'tbody tr').map(textOf)

/** All twelve, on the Renew page with its price. */
async function openBatch(count = 12, more: Parameters<typeof openDesk>[2] = {}) {
  const manager = await openDesk(renewables(count), '', more)
  pageBoxOf(manager).click()
  await eventually(() => find(manager, '.bulk'))
  press(manager, 'Batch Renew')
  await says(manager, `Renew ${count} licenses`)
  return manager
}

describe('the Renew page', () => {
  it('S38, S40: lists before and after, days added, explanation and price of each license', async () => {
    const manager = await openBatch(3)
    await priced(manager, '$450.00')
    expect(lines(manager)[0]).to.equal(
      'DR License … 00000000 Units 1 Expires now Dec 1, 2026 New expiration Jan 1, 2027 ' +
        'Days added 31 days Price $75.00 1 months × $75.00 × 1',
    )
    expect(lastQuoteRequest()).to.deep.equal({
      renewals: [0, 1, 2].map((n) => ({ license_id: licenseId(n) })),
      duration: { cycles: 1 },
      align: false,
    })
  })

  it('line 34: says what a late renewal pays for and has lost', async () => {
    const late = aRenewable({
      id: licenseId(1),
      total: 2,
      status: 'retained',
      lost_days: 16,
      expires_at: '2026-11-05T08:30:00Z',
      time_zone: 'UTC',
    })
    const manager = await openDesk([late])
    press(manager, `Renew ${late.id}`)
    await says(manager, 'Counts from Nov 5, 2026: 16 days worth $80.00 are already past.')
  })

  it('line 30: lists what cannot be renewed with its reason, and goes on without it', async () => {
    const refused = problem(409, 'renewals.not_possible', {
      errors: [{ pointer: '/renewals/1/license_id', detail: 'An order is open on it.' }],
    })
    const manager = await openBatch(3, { 'POST quotes': refused })
    await says(manager, '1 license cannot be renewed now')
    expect(textOf(manager)).to.contain('… 00000001 An order is open on it.')
    openRenewalsQuotes()
    press(manager, 'Remove these')
    await priced(manager, '$300.00')
    expect(lastQuoteRequest().renewals?.map(({ license_id }) => license_id)).to.deep.equal([
      licenseId(0),
      licenseId(2),
    ])
  })

  it('line 33, R14: two currencies are never added up; each has its own payment', async () => {
    const mixed = problem(409, 'renewals.mixed_currencies', {
      errors: ['USD', 'EUR', 'USD'].map((currency, n) => ({
        pointer: `/renewals/${n}/license_id`,
        detail: `It is paid in ${currency}.`,
      })),
    })
    const manager = await openBatch(3, { 'POST quotes': mixed })
    await says(manager, 'These licenses are paid in different currencies')
    expect(find(manager, '[part=total]')).to.equal(null)
    openRenewalsQuotes()
    press(manager, 'Renew 2 in USD')
    await priced(manager, '$300.00')
    await paySaved(manager)
    await says(manager, '2 licenses renewed')
    press(manager, 'Renew 1 in EUR')
    await says(manager, 'Renew 1 license')
    await eventually(() => lastQuoteRequest().renewals?.[0]?.license_id === licenseId(1))
  })

  it('W06: what has changed since the price was shown is listed, and asked again', async () => {
    const manager = await openBatch(1 + 1)
    await priced(manager, '$225.00')
    answerAlso(
      'POST orders',
      problem(409, 'quote.outdated', {
        errors: [{ pointer: '', detail: 'License …00000001 now has 3 units instead of 2.' }],
      }),
    )
    desk.licenses = desk.licenses.map((one) => (one.total === 2 ? { ...one, total: 3 } : one))
    press(manager, 'Pay $225.00')
    await says(manager, 'Something has changed since this price was shown')
    await says(manager, 'now has 3 units instead of 2.')
    await priced(manager, '$300.00')
    await says(manager, 'The price has changed from $225.00 to $300.00.')
  })

  it('S41, S42: pays on the payment page, and is renewed only when the server says so', async () => {
    const manager = await openBatch(2)
    await priced(manager, '$225.00')
    const told: unknown[] = []
    manager.addEventListener('license-renewed', ({ detail }) => told.push(detail))
    press(manager, 'Pay $225.00')
    const dialog = await eventually(() => find(manager, 'dialog[open]'))
    expect(textOf(dialog)).to.contain('Payment Redirect Notice')
    expect(textOf(dialog)).to.contain('$225.00')
    document.addEventListener('click', (event) => event.preventDefault(), { once: true })
    find(dialog, 'a')?.click()
    await says(manager, 'Waiting for your payment')
    expect(told).to.deep.equal([])
    fulfil()
    await eventually(() => {
      window.dispatchEvent(new Event('focus'))
      return textOf(manager).includes('2 licenses renewed')
    })
    await says(manager, 'valid until Jan 1, 2027')
    expect(findAll<HTMLAnchorElement>(manager, '.facts a').map(({ href }) => href)).to.deep.equal([
      'https://center.test/orders/t/receipt',
    ])
    expect(told).to.deep.equal([
      {
        orderId: 'ord_r',
        licenseIds: [licenseId(0), licenseId(1)],
        totalMinor: 22_500,
        currency: 'USD',
      },
    ])
    press(manager, 'Back to the list')
    await eventually(() => deskRows(manager)[0]?.checkVisibility())
    expect(find(manager, '.bulk')).to.equal(null)
  })

  it('S41: a saved card pays at once', async () => {
    const manager = await openBatch(2)
    await priced(manager, '$225.00')
    await paySaved(manager)
    await says(manager, '2 licenses renewed')
    expect(callsTo('POST orders')[0]?.body).to.include({ payment_method: 'pm_visa' })
  })

  it('W11: the page may prevent the order', async () => {
    const manager = await openBatch(2)
    await priced(manager, '$225.00')
    manager.addEventListener('license-checkout-request', (event) => {
      expect(event.detail.licenseIds).to.deep.equal([licenseId(0), licenseId(1)])
      event.preventDefault()
    })
    press(manager, 'Pay $225.00')
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(callsTo('POST orders')).to.have.length(0)
  })

  it('S48: what one payment cannot hold stays selected for the next', async () => {
    const manager = await openDesk(renewables(103))
    pageBoxOf(manager).click()
    await eventually(() => find(manager, '.bulk'))
    press(manager, 'Select all 103 matching')
    await says(manager, '103 selected')
    press(manager, 'Batch Renew')
    await says(manager, 'Renew 100 licenses')
    await eventually(() => find(manager, '[part=total]'))
    await paySaved(manager)
    await says(manager, '100 licenses renewed')
    press(manager, 'Back to the list')
    await says(manager, '3 selected')
  })

  it('starts at its heading, and gives the focus back to what opened it', async () => {
    const manager = await openDesk(renewables(1))
    const renew = required(manager, `button[aria-label="Renew ${licenseId(0)}"]`)
    renew.focus()
    renew.click()
    await eventually(() => focused()?.tagName === 'H2')
    press(manager, '← Back')
    await eventually(() => focused() === renew)
  })
})

function openRenewalsQuotes(): void {
  answerAlso('POST quotes', ({ body }) => renewalQuote(asRequest(body), desk))
}

function asRequest(body: unknown) {
  return body as Parameters<typeof renewalQuote>[0]
}

async function paySaved(manager: Element): Promise<void> {
  const visa = await eventually(() =>
    findAll<HTMLInputElement>(manager, '[name=method]').find(({ value }) => value === 'pm_visa'),
  )
  visa.click()
  required(manager, '.pay').click()
}

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
import { choose, findAll, required, says } from '../support/open-manager.ts'
import { renewalQuote } from '../support/renewal-quote.ts'
import { desk, licenseId, renewables, renewalOrder } from '../support/renewals.ts'

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

describe('the terms of a renewal', () => {
  it('S39: another duration and the standard renewal date are priced at once', async () => {
    const manager = await openBatch(2)
    await priced(manager, '$225.00')
    choose(manager, 'Renewal duration', 'c3')
    await priced(manager, '$675.00')
    required(manager, 'license-renew-page [type=checkbox], .check input').click()
    await eventually(() => lastQuoteRequest().align === true)
    await says(manager, 'of them 25 days to the renewal date')
    expect(lines(manager)[0]).to.contain('Already on this day: 0 extra days')
  })

  it('S49, S51: “Set the same renewal day” shows what each day means, and keeps it on Pay', async () => {
    const manager = await openDesk(renewables(2))
    pageBoxOf(manager).click()
    await eventually(() => find(manager, '.bulk'))
    press(manager, 'Set the same renewal day')
    await eventually(() => callsTo('POST quotes').length > 0)
    expect(lastQuoteRequest().align).to.equal(true)
    await eventually(() => find(manager, 'select[aria-label="Standard renewal day"]'))
    choose(manager, 'Standard renewal day', 'last')
    await says(manager, 'All end on the last day of the month.')
    await eventually(() => lines(manager)[0]?.includes('New expiration Jan 31, 2027'))
    expect(lines(manager)[1]).to.contain('New expiration Feb 28, 2027')
    await says(manager, 'Becomes your standard renewal day when you pay.')
    expect(lastQuoteRequest().align).to.equal('last')
    expect(callsTo('PUT renewal-day')).to.have.length(0)
    await eventually(() => find(manager, '.summary')?.getAttribute('aria-busy') === 'false')
    await paySaved(manager)
    await says(manager, '2 licenses renewed')
    expect(callsTo('PUT renewal-day').map(({ body }) => body)).to.deep.equal([{ day: 'last' }])
  })

  it('S51: a day that was only looked at is not kept', async () => {
    const manager = await openBatch(2)
    await priced(manager, '$225.00')
    press(manager, 'Change the day')
    await eventually(() => find(manager, 'select[aria-label="Standard renewal day"]'))
    choose(manager, 'Standard renewal day', '15')
    await eventually(() => lastQuoteRequest().align === 15)
    press(manager, '← Back')
    await eventually(() => deskRows(manager)[0]?.checkVisibility())
    expect(callsTo('PUT renewal-day')).to.have.length(0)
  })

  it('W06: leads on to the payment of the order that is open, and renews when it is canceled', async () => {
    const refused = problem(409, 'license.order_open', {
      detail: 'An order is open on it.',
      order_id: 'ord_r',
    })
    const manager = await openDesk(renewables(1), '', { 'POST quotes': refused })
    desk.order = renewalOrder()
    press(manager, `Renew ${licenseId(0)}`)
    await says(manager, 'An order is open on it.')
    expect(find(manager, '.summary')).to.equal(null)
    press(manager, 'Continue with order ord_r')
    await says(manager, 'Waiting for your payment')
    openRenewalsQuotes()
    press(manager, 'Cancel order')
    await priced(manager, '$75.00')
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

import { expect } from 'chai'
import { answerAlso, callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { deskRows, lastQuoteRequest, openDesk, press, priced } from '../support/open-desk.ts'
import { findAll, openSheet, required, says } from '../support/open-manager.ts'
import { aRenewable, desk, licenseId, renewalOrder } from '../support/renewals.ts'

afterEach(unmountAll)

const id = licenseId(1)
const anywhere = { id, total: 2, time_zone: 'UTC' }

async function chooseVisa(manager: Element): Promise<void> {
  const visa = await eventually(() =>
    findAll<HTMLInputElement>(manager, '[name=method]').find(({ value }) => value === 'pm_visa'),
  )
  visa.click()
}

function metered() {
  const license = aRenewable(anywhere)
  const { pay_per_use: use } = license
  if (use === null) throw new Error('it has none')
  const daily_rate = 300
  return { ...license, pay_per_use: { ...use, available: true, reason: null, daily_rate } }
}

describe('what a license can become', () => {
  it('R14: more units end with the license, and cost what the page says', async () => {
    const manager = await openDesk([aRenewable(anywhere)])
    press(manager, 'Add units')
    await priced(manager, '$75.00')
    await says(manager, 'They end with the license on Dec 13, 2026.')
    const field = required<HTMLInputElement>(manager, '.units input')
    field.value = '3'
    field.dispatchEvent(new Event('change'))
    await priced(manager, '$225.00')
    expect(lastQuoteRequest()).to.deep.equal({ add_units: [{ license_id: id, quantity: 3 }] })
    await says(manager, '2 → 5')
    await says(manager, 'What changes')
    expect(textOf(required(manager, '.lines'))).not.to.contain('New expiration')
    await chooseVisa(manager)
    press(manager, 'Pay $225.00')
    await says(manager, 'Units added')
    expect(callsTo('POST orders')[0]?.body).to.include({ payment_method: 'pm_visa' })
    press(manager, 'Back to the list')
    await eventually(() => deskRows(manager)[0]?.checkVisibility())
  })

  it('S81: an upgrade names both plans and its price', async () => {
    const { renewal, ...license } = aRenewable(anywhere)
    if (renewal === null) throw new Error('it can be renewed')
    const upgrades = [{ plan: 'pro', name: 'DR Pro' }]
    const manager = await openDesk([{ ...license, renewal: { ...renewal, upgrades } }])
    press(manager, 'Upgrade to DR Pro')
    await priced(manager, '$50.00')
    expect(lastQuoteRequest()).to.deep.equal({ upgrades: [{ license_id: id, plan: 'pro' }] })
    await says(manager, 'DR License → pro')
    await chooseVisa(manager)
    press(manager, 'Pay $50.00')
    await says(manager, 'License upgraded')
  })

  it('section 4: pay-per-use asks for consent to the rate, and for nothing before it', async () => {
    const manager = await openDesk([metered()])
    press(manager, 'Pay per use after expiration')
    const sheet = await eventually(() => openSheet(manager))
    await says(manager, 'I agree to be charged up to $6.00 per day after expiration')
    await says(manager, '$3.00 per unit and day')
    const box = required<HTMLInputElement>(
      required(manager, 'license-mode-sheet'),
      'input[type=checkbox]',
    )
    expect(box.checked).to.equal(false)
    press(manager, 'Start after expiration')
    await says(manager, 'Please confirm the daily charge first.')
    expect(callsTo('POST renewals/mode')).to.have.length(0)
    box.click()
    press(manager, 'Start after expiration')
    await eventually(() => !sheet.open)
    expect(callsTo('POST renewals/mode')[0]?.body).to.deep.include({
      license_ids: [id],
      mode: 'pay_per_use',
    })
  })

  it('section 4: says why a plan without a rate has no pay-per-use', async () => {
    const manager = await openDesk([aRenewable(anywhere)])
    press(manager, 'Pay per use after expiration')
    await says(manager, 'The plan has no daily rate.')
    expect(findAll(required(manager, 'license-mode-sheet'), '.primary')).to.have.length(0)
  })

  it('S45, S46: what is metered cannot be renewed, and can be moved back', async () => {
    const license = metered()
    const { pay_per_use: use, renewal } = license
    if (renewal === null) throw new Error('it has a mode')
    const sentence = 'This license is metered. Move it back first.'
    const running = { ...use, metering: true, days: 40, amount: 24_000 }
    const manager = await openDesk([
      {
        ...license,
        renewal_mode: 'pay_per_use',
        pay_per_use: running,
        renewal: { ...renewal, possible: false, reason: 'metered', sentence },
      },
    ])
    required(manager, '#tab-pay_per_use').click()
    await says(manager, '$240.00 so far, 40 days')
    await says(manager, sentence)
    expect(findAll(manager, 'button').map(textOf)).not.to.include('Renew')
    press(manager, 'Move to Manual Renewals')
    await eventually(() => callsTo('POST renewals/mode').length === 1)
  })
})

describe('paying with a saved card (S41)', () => {
  const renew = async () => {
    const manager = await openDesk([aRenewable(anywhere)])
    press(manager, `Renew ${id}`)
    await priced(manager, '$150.00')
    await says(manager, 'Expires 12/2030.')
    await chooseVisa(manager)
    return manager
  }

  it('leads to the payment page, with the reason, where the card is declined', async () => {
    const manager = await renew()
    const failure = { code: 'card_declined', message: 'Your card was declined.' }
    answerAlso('POST orders', () => (desk.order = renewalOrder({ failure })))
    press(manager, 'Pay $150.00')
    await says(manager, 'The payment was declined')
    await says(manager, 'Your card was declined.')
    const link = find<HTMLAnchorElement>(manager, 'a[target=_blank]')
    expect(link?.href).to.equal(renewalOrder().payment_url)
  })

  it('lists the cards again where the chosen one was removed meanwhile', async () => {
    const manager = await renew()
    desk.methods = []
    answerAlso('POST orders', problem(404, 'payment_method.not_found'))
    press(manager, 'Pay $150.00')
    await eventually(() => findAll(manager, '[name=method]').length === 0)
    await priced(manager, '$150.00')
  })
})

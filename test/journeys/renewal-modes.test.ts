import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { Order } from '../../server/contract/orders.ts'
import { answerOf, DR_AUTO } from '../support/buyer.ts'
import { shareSystem, startJourney } from '../support/journey.ts'
import { expectOneTotal, receiptOf } from '../support/receipts.ts'
import {
  expectOneAmount,
  expectMail,
  expectOwnCharges,
  minorOf,
  openDesk,
  savedCardCharges,
} from '../support/renewal-desk.ts'
import { bought, month, paid } from '../support/renewing.ts'

const system = shareSystem({ startsAt: '2027-01-05T09:00:00Z' })
const journeyOf = (customer: string) => startJourney({ center: system(), customer })
/** As the demo's clock would stop there. */
const goTo = (instant: string | null | undefined, hours = 0) =>
  system().goTo(Temporal.Instant.from(instant ?? 'never').add({ hours }))

/** The charge that is due next finds no funds; the one after it does again. */
async function failOnce(nextChargeAt: () => Promise<string | null>): Promise<void> {
  const { stripe } = system().system
  await stripe.control({ decline: 'insufficient_funds' })
  await goTo(await nextChargeAt())
  await stripe.control({ decline: null })
}

describe('renewal modes, with the real API', () => {
  it('line 37: auto-renewal goes on for 14 months, with two failures and another card', async () => {
    const journey = await journeyOf('auto')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer)
    const { expires_at: first } = await buyer.license(id)
    const desk = await openDesk(journey)
    await desk.act(id, 'Turn on auto-renewal')
    const shown = desk.root.locator('license-mode-sheet').getByText('$375.00')
    await shown.first().waitFor()
    await desk.saveCard('declinedLater')
    await desk.tab('Auto Renewals', 1).click()
    await desk.row(id).getByText('from Visa •••• 0341').waitFor()
    await goTo((await buyer.license(id)).next_charge_at)
    expect(await savedCardCharges(journey)).toEqual([])
    await desk.page.reload()
    await desk.tab('Auto Renewals', 1).click()
    await desk.button('Use another card').click()
    await desk.saveCard('good')
    await system().told()
    await system().system.runJobs()
    expect(await expectOwnCharges(journey, 'auto_renewal')).toEqual([37_500])
    for (let charges = 2; charges <= 14; charges++) {
      if (charges === 9) await failOnce(async () => (await buyer.license(id)).next_charge_at)
      const { next_charge_at, expires_at } = await buyer.license(id)
      await desk.page.reload()
      await desk.tab('Auto Renewals', 1).click()
      await desk.row(id).locator(`time[datetime="${expires_at}"]`).waitFor()
      await desk.row(id).getByText('$375.00').first().waitFor()
      await goTo(next_charge_at)
      const totals = await expectOwnCharges(journey, 'auto_renewal', charges - 1)
      expect(totals).toEqual(Array(charges).fill(37_500))
    }
    const { expires_at: end } = await buyer.license(id)
    expect(monthsBetween(first, end)).toBe(14)
    await desk.page.reload()
    await desk.tab('Auto Renewals', 1).click()
    await desk.row(id).getByText('from Visa •••• 4242').waitFor()
    await desk.row(id).locator(`time[datetime="${end}"]`).waitFor()
    await journey.picture(desk.page, 'auto-renewal')
  })

  it('section 5: a renewal by hand keeps auto-renewal on, and moves its next charge', async () => {
    const journey = await journeyOf('by-hand')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer, DR_AUTO)
    const { next_charge_at: first } = await buyer.license(id)
    const desk = await openDesk(journey)
    await desk.tab('Auto Renewals', 1).click()
    await desk.button(`Renew ${id}`).click()
    const total = await desk.pay()
    await desk.renewed(1)
    await expectOneAmount(journey, total)
    const { renewal_mode, next_charge_at: next } = await buyer.license(id)
    expect([renewal_mode, monthsBetween(first, next)]).toEqual(['auto', 1])
    await goTo(first, 48)
    expect(await savedCardCharges(journey)).toEqual([])
    await goTo(next)
    expect(await savedCardCharges(journey)).toEqual([37_500])
  })

  it('S41: a saved card pays at once, and one that is declined leads to the payment page', async () => {
    const journey = await journeyOf('saved')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer, DR_AUTO)
    const desk = await openDesk(journey)
    const payBySavedCard = async () => {
      await desk.tab('Auto Renewals', 1).click()
      await desk.button(`Renew ${id}`).click()
      const total = await desk.total()
      await desk.root.getByRole('radio', { name: /^Visa •••• 4242/ }).check()
      await desk.button(`Pay ${total}`).click()
      return total
    }
    const { expires_at: end } = await buyer.license(id)
    const total = await payBySavedCard()
    await desk.renewed(1)
    await expectOneAmount(journey, total)
    expect(monthsBetween(end, (await buyer.license(id)).expires_at)).toBe(1)
    await desk.close()
    const { stripe } = system().system
    await stripe.control({ decline: 'insufficient_funds' })
    await payBySavedCard()
    await desk.root.getByRole('heading', { name: 'The payment was declined' }).waitFor()
    await stripe.control({ decline: null })
    expect(await desk.follow('Pay again')).toBe(total)
    await desk.renewed(1)
    await expectOneAmount(journey, total)
    expect(monthsBetween(end, (await buyer.license(id)).expires_at)).toBe(2)
  })

  it('S44, section 4: pays per use for 40 days after expiration, and is billed by the month', async () => {
    const journey = await journeyOf('metered')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer)
    const { expires_at: end } = await buyer.license(id)
    const desk = await openDesk(journey)
    await desk.act(id, 'Pay per use after expiration')
    const sheet = desk.root.locator('license-mode-sheet')
    await sheet.getByRole('checkbox', { name: /up to \$15\.00 per day/ }).check()
    await desk.saveCard('good')
    await desk.tab('Pay-per-Use After Expiration', 1).click()
    await desk.row(id).getByText('$15.00 per day after expiration').waitFor()
    for (const days of [0, 20, 40]) await goTo(end, 24 * days)
    const billed = await savedCardCharges(journey)
    const { pay_per_use: use } = await buyer.license(id)
    await desk.page.reload()
    await desk.tab('Pay-per-Use After Expiration', 1).click()
    const words = await desk
      .row(id)
      .getByText(/so far/)
      .innerText()
    expect(minorOf(words.split(' ')[0] ?? '')).toBe(use?.amount)
    expect(billed.reduce((sum, amount) => sum + amount, 0) + (use?.amount ?? 0)).toBe(40 * 1500)
    expect(await expectOwnCharges(journey, 'meter')).toEqual(billed)
    expect(await desk.button(`Renew ${id}`).count()).toBe(0)
    await journey.picture(desk.page, 'pay-per-use')
  })

  it('R10, R15: the second of three renewals is refunded, and the third taken back in the desk', async () => {
    const journey = await journeyOf('refunded')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer)
    const ends: string[] = []
    const orders: Order[] = []
    for (const _ of [1, 2, 3]) {
      orders.push(await paid(system(), buyer, await buyer.price(month(id))))
      ends.push((await buyer.license(id)).expires_at)
    }
    const desk = await openDesk(journey)
    await desk.row(id).locator(`time[datetime="${ends[2]}"]`).waitFor()
    const [, second] = orders
    const body = { kind: 'period', reason: 'Renewed once too often.' }
    const path = `orders/${second?.id}/refund`
    const { refunds } = await answerOf(await buyer.send(path, { body }), Order)
    expect(refunds?.map(({ amount }) => amount)).toEqual([37_500])
    await desk.button('Refresh').click()
    await desk.row(id).locator(`time[datetime="${ends[1]}"]`).waitFor()
    const { truth } = system().system.stripe
    const back = truth.refunds().filter(({ orderId }) => orderId === second?.id)
    expect(back.map(({ amount }) => amount)).toEqual([37_500])
    const receipt = await receiptOf(await buyer.follow(second?.id ?? ''))
    expect([receipt.total, receipt.refunded, receipt.kept]).toEqual([37_500, [-37_500], 0])
    await expectMail(journey, '$375.00')
    const [, , third] = orders
    const given = await desk.takeBack(id)
    expect(given).toBe('$375.00')
    await desk.row(id).locator(`time[datetime="${ends[0]}"]`).waitFor()
    const refunded = truth.refunds().filter(({ orderId }) => orderId === third?.id)
    expect(refunded.map(({ amount }) => amount)).toEqual([minorOf(given)])
    const last = await receiptOf(await buyer.follow(third?.id ?? ''))
    expect([last.total, last.refunded, last.kept]).toEqual([37_500, [-37_500], 0])
    await expectMail(journey, given)
  })

  it('R16, P20: a disputed license is suspended, restored when won, and gone when lost', async () => {
    const journey = await journeyOf('disputed')
    const buyer = journey.at('recover')
    const desk = await openDesk(journey)
    const { stripe } = system().system
    const after = async (request: Parameters<typeof stripe.control>[0]) => {
      await stripe.control(request)
      await system().told()
      await desk.button('Refresh').click()
    }
    for (const [status, shown, kept] of [
      ['won', 'Valid', null],
      ['lost', 'Revoked', 0],
    ] as const) {
      const id = await bought(system(), buyer)
      const order = (await buyer.license(id)).order_id ?? ''
      await after({})
      await desk.status(id, 'Valid').waitFor()
      await after({ dispute: { order } })
      await desk.status(id, 'Suspended').waitFor()
      expect(await desk.button(`Renew ${id}`).count()).toBe(0)
      await after({ close_dispute: { order, status } })
      await desk.status(id, shown).waitFor()
      const done = await buyer.follow(order)
      const page = await journey.open(done.receipt_url ?? '')
      const charged = minorOf(await page.locator('data.charged').innerText())
      expect((await expectOneTotal(system(), charged, done)).kept).toBe(kept)
      await page.close()
    }
  })
})

function monthsBetween(from: string | null, to: string | null): number {
  const [one = NaN, other = NaN] = [from, to].map((at) => {
    const date = new Date(at ?? 'never')
    return date.getUTCFullYear() * 12 + date.getUTCMonth()
  })
  return other - one
}

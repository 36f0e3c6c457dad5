import type { Locator } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { deliverMails } from '../../server/jobs/deliver-mails.ts'
import { DR_MONTHLY } from '../support/buyer.ts'
import { shareSystem, startJourney } from '../support/journey.ts'
import { tabTo } from '../support/keyboard.ts'
import { PaymentWindow } from '../support/payment-window.ts'
import { expectOneAmount, openDesk, RenewalDeskView } from '../support/renewal-desk.ts'
import { bought } from '../support/renewing.ts'

const system = shareSystem({ startsAt: '2027-01-05T09:00:00Z' })
const journeyOf = (customer: string) => startJourney({ center: system(), customer })

/** Without what falls due on the way. */
function moveOn(days: number): void {
  const { clock } = system().system
  clock.moveTo(clock.now().add({ hours: 24 * days }))
}

describe('the renewal desk, with the real API', () => {
  it('S36, S42, S47: renews one license early, from the desk to the payment page and back', async () => {
    const journey = await journeyOf('early')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer)
    const desk = await openDesk(journey)
    await desk.tab('Manual Renewals', 1).waitFor()
    await desk.button(`Renew ${id}`).click()
    const total = await desk.pay()
    await desk.renewed(1)
    expect(total).toBe('$375.00')
    await expectOneAmount(journey, total)
    expect((await buyer.license(id)).expires_at).toMatch(/^2027-03-05T/)
    await journey.picture(desk.page, 'renewed')
  })

  it('R3, line 34: renews in grace and in retention, and says which days are lost', async () => {
    const journey = await journeyOf('late')
    const buyer = journey.at('recover')
    const retained = await bought(system(), buyer)
    moveOn(7)
    const graced = await bought(system(), buyer)
    moveOn(34)
    const desk = await openDesk(journey)
    for (const [id, days, worth] of [
      [graced, 3, '$40.18'],
      [retained, 10, '$133.93'],
    ] as const) {
      const before = await buyer.license(id)
      expect(before.lost_days).toBe(days)
      await desk.row(id).getByText(`${days} days lost if renewed now`).waitFor()
      await desk.button(`Renew ${id}`).click()
      await desk.root.getByText(`${days} days worth ${worth} are already past.`).waitFor()
      const total = await desk.pay()
      await desk.renewed(1)
      await expectOneAmount(journey, total)
      const after = await buyer.license(id)
      expect(after.expires_at).toBe(monthLater(before.expires_at))
      await desk.close()
    }
    await desk.status(retained, 'Valid').waitFor()
  })

  it('S48–S51: puts 60 licenses of 12 dates on the last day of a month in one payment', async () => {
    const journey = await journeyOf('sixty')
    const buyer = journey.at('recover')
    for (let date = 0; date < 12; date++) {
      const order = await buyer.buy(Array(5).fill({ ...DR_MONTHLY, quantity: date + 1 }))
      await system().pay(order)
      await buyer.follow(order.id, 10)
      moveOn(2)
    }
    const ends = new Set((await buyer.licenses({ limit: 200 })).data.map((one) => one.expires_at))
    expect(ends.size).toBe(12)
    const desk = await openDesk(journey)
    const { page, root } = desk
    await desk.tab('Manual Renewals', 60).waitFor()
    await desk.selectPage()
    await desk.button('Select all 60 matching').click()
    await root.getByText('60 selected').first().waitFor()
    await desk.button('Set the same renewal day').last().click()
    await desk.total()
    const days = root.getByRole('combobox', { name: 'Standard renewal day' })
    await days.selectOption('Last day of the month')
    await root.getByText('All end on the last day of the month.').waitFor()
    const total = await desk.pay()
    await desk.renewed(60)
    await expectOneAmount(journey, total)
    const renewed = (await buyer.licenses({ type: 'dr', limit: 200 })).data
    expect(renewed).toHaveLength(60)
    for (const { expires_at } of renewed) {
      expect(expires_at).toBe(`${endOfMonth(expires_at)}T23:59:59Z`)
    }
    expect(await (await buyer.send('renewal-day')).json()).toEqual({ day: 'last' })
    await journey.picture(page, 'sixty on one day')
  })

  it('S48, line 49: renews a batch without a pointer', async () => {
    const journey = await journeyOf('keyboard')
    const buyer = journey.at('recover')
    const items = [1, 2].map((quantity) => ({ ...DR_MONTHLY, quantity }))
    const order = await buyer.buy(items)
    await system().pay(order)
    await buyer.follow(order.id, 10)
    const desk = await openDesk(journey)
    const { page, root } = desk
    const press = async (control: Locator, key: string) => {
      await control.waitFor()
      await tabTo(page, control)
      await page.keyboard.press(key)
    }
    await desk.tab('Manual Renewals', 2).waitFor()
    await press(root.getByRole('checkbox', { name: 'Select all on this page' }), 'Space')
    await press(desk.button('Batch Renew').last(), 'Enter')
    const total = await desk.total()
    expect(total).toBe('$225.00')
    await press(desk.button(`Pay ${total}`), 'Enter')
    const opening = journey.context.waitForEvent('page')
    await press(root.getByRole('link', { name: /^Continue/ }), 'Enter')
    const payment = new PaymentWindow(await opening)
    expect(await payment.due()).toBe(total)
    await payment.payBy('good')
    await page.bringToFront()
    await desk.renewed(2)
    await expectOneAmount(journey, total)
  })

  it('S79, R18: from the reminder in the mail, over its private link, to the payment', async () => {
    const journey = await journeyOf('reminded')
    const buyer = journey.at('recover')
    const id = await bought(system(), buyer)
    const other = await bought(system(), buyer, { ...DR_MONTHLY, cycle: 'year' })
    const { expires_at: end } = await buyer.license(id)
    await system().goTo(Temporal.Instant.from(end).subtract({ hours: 7 * 24 - 4 }))
    await deliverMails(system().system.deps)
    const reminder = system()
      .system.inbox.mails()
      .find(({ message }) => message.to.some((to) => to.startsWith('reminded@')))
    const [url] = /http\S+\/renew\/[\w-]+/.exec(reminder?.message.text ?? '') ?? []
    const desk = new RenewalDeskView(await journey.open(url ?? 'no link in the mail'))
    await desk.page.getByRole('button').click()
    await desk.tab('Manual Renewals', 1).waitFor()
    expect(await desk.row(other).count()).toBe(0)
    await desk.button(`Renew ${id}`).click()
    const total = await desk.pay()
    await desk.renewed(1)
    await expectOneAmount(journey, total)
    await journey.picture(desk.page, 'renewed by link')
  })

  it('R1: keeps the end of the month through a leap year, each month renewed by hand', async () => {
    const journey = await journeyOf('leap')
    const buyer = journey.at('recover')
    system().system.clock.moveTo(Temporal.Instant.from('2027-12-31T16:55:10Z'))
    const id = await bought(system(), buyer)
    const desk = await openDesk(journey)
    for (const end of ['2028-02-29', '2028-03-31']) {
      await desk.button(`Renew ${id}`).click()
      const total = await desk.pay()
      await desk.renewed(1)
      await expectOneAmount(journey, total)
      expect((await buyer.license(id)).expires_at.slice(0, 10)).toBe(end)
      await desk.close()
      await desk.row(id).locator(`time[datetime^="${end}"]`).waitFor()
    }
  })
})

function monthLater(instant: string): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO('UTC')
  return at.add({ months: 1 }).toInstant().toString()
}

function endOfMonth(instant: string): string {
  const { year, month } = Temporal.Instant.from(instant).toZonedDateTimeISO('UTC')
  return Temporal.PlainDate.from({ year, month, day: 31 }).toString()
}

import type { Locator } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextMoments, type Moment } from '../../demo/moments.ts'
import { DR_AUTO, DR_MONTHLY, type Item } from '../support/buyer.ts'
import { shareSystem, startJourney, type Journey } from '../support/journey.ts'
import { openDesk } from '../support/renewal-desk.ts'
import { bought } from '../support/renewing.ts'

const system = shareSystem({ startsAt: '2027-01-05T09:00:00Z' })

/** One license in the desk, and the demo's own controls below it. */
async function watch(customer: string, item: Item) {
  // A jump of days outdates the host's token: the element is refused once, and asks for another.
  const mayComplain = /status of 401 .*\/w\/pk_/
  const journey = await startJourney({ center: system(), customer, mayComplain })
  const id = await bought(system(), journey.at('recover'), item)
  const desk = await openDesk(journey)
  const panel = desk.page.getByRole('complementary', { name: 'Demo controls' })
  await panel.getByText('not part of the product').click()
  return { journey, id, desk, panel }
}

/** Nearly there at first: the clock stops wherever something may be due, and that takes its time. */
async function jump(panel: Locator, customer: string, moment: Moment, name: string): Promise<void> {
  const { clock, deps } = system().system
  const { [moment]: at } = await nextMoments(deps.db, customer, clock.now())
  clock.moveTo(Temporal.Instant.from(at ?? 'never').subtract({ minutes: 2 }))
  await panel.getByRole('button', { name }).click()
  await panel.getByText(new RegExp(`^${name}: `)).waitFor()
}

describe('the clock of the demo', () => {
  it('shows a reminder, a charge that fails, and what was mailed', async () => {
    const { journey, id, desk, panel } = await watch('charged', DR_AUTO)
    await jump(panel, 'charged', 'reminder', 'to the next reminder')
    await panel.getByRole('checkbox', { name: 'Saved cards have no funds' }).check()
    await jump(panel, 'charged', 'charge', 'to the next charge')
    await desk.tab('Auto Renewals', 1).click()
    await desk.row(id).getByText('The last charge failed').waitFor()
    await panel.getByRole('link', { name: 'Mails' }).click()
    const kinds = await kindsOfMails(journey)
    for (const kind of ['order.confirmation', 'reminder.digest', 'auto_renewal.failed']) {
      expect(kinds).toContain(kind)
    }
    await journey.picture(desk.page, 'mails of a license')
  })

  it('shows grace, retention and the end', async () => {
    const { id, desk, panel } = await watch('expired', DR_MONTHLY)
    for (const [moment, name, status] of [
      ['expiry', 'to the next expiry', 'Grace'],
      ['retention', 'to the end of a grace', 'Retained'],
      ['end', 'to the end of a retention', 'Ended'],
    ] as const) {
      await jump(panel, 'expired', moment, name)
      await desk.status(id, status).waitFor()
    }
  })
})

async function kindsOfMails({ system, customer }: Journey): Promise<readonly (string | null)[]> {
  const answer = await fetch(`${system.origin}/demo/mail`)
  const { data } = (await answer.json()) as { data: { to: string; kind: string | null }[] }
  return data.filter(({ to }) => to.startsWith(`${customer}@`)).map(({ kind }) => kind)
}

/** The purchase that most journeys are about: five DR licenses by the month, renewed by hand. */
import { expect } from 'vitest'
import { startJourney, type Journey, type JourneyOptions } from './journey.ts'
import { SubscribePanel } from './subscribe-panel.ts'

export const FORM = '/demo/recover/subscribe.html'

export interface PurchaseInProgress {
  readonly journey: Journey
  readonly panel: SubscribePanel
}

/** The form is filled in and priced; nothing is ordered yet. */
export async function startPurchase(options: JourneyOptions = {}): Promise<PurchaseInProgress> {
  const journey = await startJourney(options)
  return { journey, panel: await openFilledForm(journey) }
}

export async function openFilledForm(journey: Journey, path = FORM): Promise<SubscribePanel> {
  const page = await journey.open(`${path}?customer=${journey.customer}`)
  const panel = new SubscribePanel(page)
  await panel.choose({ cycle: 'Monthly', quantity: 5, autoRenewal: 'No' })
  expect(await panel.total()).toBe('$375.00')
  return panel
}

/** Cents that the stand-in really charged. */
export function charged({ system }: Journey): number[] {
  const payments = system.stripe.truth.payments()
  return payments.filter(({ status }) => status === 'succeeded').map(({ amount }) => amount)
}

/** Charged once, and exactly one license per paid line, with the one that comes with it. */
export async function expectOneSale(journey: Journey): Promise<void> {
  expect(charged(journey)).toEqual([37_500])
  const { data } = await journey.at('recover').licenses()
  expect(data.map(({ type, total }) => `${total} ${type}`).toSorted()).toEqual([
    '5 dr',
    '5 failback',
  ])
  expect(new Set(data.map(({ expires_at }) => expires_at)).size).toBe(1)
}

/** Not charged, nothing issued. */
export async function expectNoSale(journey: Journey): Promise<void> {
  expect(charged(journey)).toEqual([])
  await expectNoLicense(journey)
}

export async function expectNoLicense(journey: Journey): Promise<void> {
  expect((await journey.at('recover').licenses()).data).toEqual([])
}

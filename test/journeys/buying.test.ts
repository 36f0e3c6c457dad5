import { describe, expect, it } from 'vitest'
import { startJourney, type Journey } from '../support/journey.ts'
import { LicenseManagerView } from '../support/license-list.ts'
import { SubscribePanel, type Choice } from '../support/subscribe-panel.ts'

interface Purchase {
  readonly what: string
  readonly product: 'recover' | 'shift'
  readonly choice: Choice
  readonly total: string
  readonly cents: number
  /** By license type, in the order of the tabs. */
  readonly issued: readonly { type: string; tab: string | null; total: string }[]
}

const DR = { type: 'dr', tab: 'DR License', total: '5' }
const GRANT = { type: 'failback', tab: 'Failback License', total: '5' }

const PURCHASES: readonly Purchase[] = [
  {
    what: 'DR by the month, renewed by hand',
    product: 'recover',
    choice: { type: 'DR License', cycle: 'Monthly', quantity: 5, autoRenewal: 'No' },
    total: '$375.00',
    cents: 37_500,
    issued: [DR, GRANT],
  },
  {
    what: 'DR by the month, renewed automatically',
    product: 'recover',
    choice: { type: 'DR License', cycle: 'Monthly', quantity: 5, autoRenewal: 'Yes' },
    total: '$375.00',
    cents: 37_500,
    issued: [DR, GRANT],
  },
  {
    what: 'DR by the year',
    product: 'recover',
    choice: { type: 'DR License', cycle: 'Annually', quantity: 5, autoRenewal: 'No' },
    total: '$3,750.00',
    cents: 375_000,
    issued: [DR, GRANT],
  },
  {
    what: 'Failback',
    product: 'recover',
    choice: { type: 'Failback License', quantity: 2 },
    total: '$180.00',
    cents: 18_000,
    issued: [{ type: 'failback', tab: 'Failback License', total: '2' }],
  },
  {
    what: 'Migration',
    product: 'shift',
    choice: { quantity: 3 },
    total: '$360.00',
    cents: 36_000,
    issued: [{ type: 'migration', tab: null, total: '3' }],
  },
]

describe('S1–S22: buying in the console, paying in a second window', () => {
  it.each(PURCHASES)('$what: shown = ordered = charged, and the list follows', async (purchase) => {
    const journey = await startJourney()
    const page = await journey.open(`/demo/${purchase.product}/?customer=${journey.customer}`)
    const manager = new LicenseManagerView(page)
    await manager.root.getByRole('heading', { name: /^No .* yet$/ }).waitFor()
    await manager.add()
    const panel = new SubscribePanel(page)
    await panel.choose(purchase.choice)
    expect(await panel.total()).toBe(purchase.total)
    await panel.subscribe()
    await panel.dialog.getByText(purchase.total).waitFor()
    const payment = await panel.continueToPayment()
    expect(await payment.due()).toBe(purchase.total)
    await panel.heading('Waiting for your payment').waitFor()
    await payment.fillIn('good')
    const pressedAt = performance.now()
    await payment.submit.click()
    await panel.issued()
    console.log(`payment to visible license: ${Math.round(performance.now() - pressedAt)} ms`)
    await payment.returned('Paid: your licenses are valid')
    await manager.closeSheet()
    await expectLicensesShown(manager, purchase)
    await expectBooked(journey, purchase)
  })
})

async function expectLicensesShown(manager: LicenseManagerView, { issued }: Purchase) {
  const expiries = new Set<string>()
  for (const { tab, total } of issued) {
    if (tab !== null) await manager.tab(tab)
    const rows = await manager.rows(1)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ total, status: expect.stringMatching(/^Valid/) })
    expiries.add(rows[0]?.expires ?? '')
  }
  expect(expiries.size, 'the failback license ends with its DR license').toBe(1)
}

/** One paid order, one charge of the same amount, one license per line and kind. */
async function expectBooked(journey: Journey, { product, choice, cents, issued }: Purchase) {
  const paid = journey.system.stripe.truth.payments().filter((it) => it.status === 'succeeded')
  expect(paid.map(({ amount, currency }) => [amount, currency])).toEqual([[cents, 'usd']])
  const buyer = journey.at(product)
  const order = await buyer.follow(paid[0]?.orderId ?? '')
  expect(order).toMatchObject({ state: 'fulfilled', total: cents })
  const { data } = await buyer.licenses()
  if (issued[0]?.type === 'dr') {
    const dr = data.find(({ type }) => type === 'dr')
    expect(dr?.renewal_mode).toBe(choice.autoRenewal === 'Yes' ? 'auto' : 'manual')
  }
  expect(data.map(({ type }) => type).toSorted()).toEqual(issued.map(({ type }) => type).toSorted())
}

/** R18, R4: what a customer is told will be charged is what is charged, whatever became of the price. */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, orders } from '../../../server/db/schema.ts'
import type { Plan } from '../../../server/domain/catalogue.ts'
import { isId } from '../../../server/domain/ids.ts'
import type { ReminderMail } from '../../../server/domain/reminder-mail.ts'
import { applyCatalogue } from '../../../server/usecases/apply-catalogue.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import type { Buyer } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { takenFor } from '../../support/receipts.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const PLANS = ['rising', 'falling', 'tiered', 'kept', 'retiring'] as const
type PlanName = (typeof PLANS)[number]

const priceOf = (plan: PlanName) =>
  plan === 'tiered'
    ? '{ currency: USD, cycle: month, unit_amount: 7500, tiers: [{ from: 10, unit_amount: 5000 }] }'
    : '{ currency: USD, cycle: month, unit_amount: 7500 }'
const CATALOGUE = `
products:
  - id: recover
    name: Recover
    publishable_keys: [pk_test_recover]
    home_url: http://localhost/console/
    key_prefix: RCVR
    currencies: [USD]
    plans:
${PLANS.map(
  (plan) => `      - id: ${plan}
        name: ${plan}
        type: ${plan === 'retiring' ? 'falling' : plan}
        auto_renewal: choice
        prices: [${priceOf(plan)}]`,
).join('\n')}
`

const MONTHLY = { cycle: 'month', auto_renew: true }

let center: TestSystem
const buyers = new Map<PlanName, Buyer>()
const buyerOf = (plan: PlanName): Buyer => {
  const buyer = buyers.get(plan)
  if (buyer === undefined) throw new Error(plan)
  return buyer
}

/** Bought on the last of January, announced on 14 February, charged on the 21st, and again in March. */
beforeAll(async () => {
  center = await startTestSystem({ catalogue: CATALOGUE, startsAt: '2026-01-31T16:55:10Z' })
  for (const plan of PLANS) {
    const buyer = center.as('recover', plan)
    buyers.set(plan, buyer)
    const quantity = plan === 'tiered' ? 12 : 5
    const items = Array(plan === 'retiring' ? 2 : 1).fill({ plan, quantity, ...MONTHLY })
    const order = await buyer.buy(items)
    await center.pay(order)
    await center.told()
    if (plan === 'tiered') await giveBack(order.id, 7)
  }
  await change('rising', {
    prices: [{ currency: 'USD', cycle: 'month', unit_amount: 9000, tiers: [] }],
  })
  await change('kept', { retired_at: '2026-02-01T00:00:00Z' })
  const ends = { retired_at: '2026-02-01T00:00:00Z', renews_until: '2026-02-20T00:00:00Z' }
  await change('retiring', ends)
  await center.goTo(Temporal.Instant.from('2026-02-14T09:00:30Z'))
  await change('falling', {
    prices: [{ currency: 'USD', cycle: 'month', unit_amount: 6000, tiers: [] }],
  })
  await center.goTo(Temporal.Instant.from('2026-02-21T03:00:30Z'))
  await center.told()
  await center.goTo(Temporal.Instant.from('2026-02-21T09:00:30Z'))
  await center.goTo(Temporal.Instant.from('2026-03-17T09:00:30Z'))
  await center.goTo(Temporal.Instant.from('2026-03-24T03:00:30Z'))
  await center.told()
})
afterAll(async () => {
  await expectInvariants(center.system)
  await center.remove()
})

async function giveBack(orderId: string, units: number): Promise<void> {
  if (!isId('ord', orderId)) throw new Error(orderId)
  const [license] = (await buyerOf('tiered').licenses()).data
  const lines = [{ licenseId: license?.id ?? '', quantity: units }]
  const wish = {
    kind: 'units',
    lines,
    amount: null,
    reason: 'seven too many',
    scope: null,
  } as const
  await refundOrder(center.system.deps, orderId, { ...wish, actor: 'operator:test' })
  await center.told()
}

let document = { products: [] } as unknown as TestSystem['system']['catalogue']
/** Another catalogue in force, with that plan changed. */
async function change(planId: PlanName, facts: Partial<Plan>): Promise<void> {
  if (document.products.length === 0) document = center.system.catalogue
  const products = document.products.map((product) => ({
    ...product,
    plans: product.plans.map((plan) => (plan.id === planId ? { ...plan, ...facts } : plan)),
  }))
  document = { ...document, products }
  const command = { document, actor: 'operator:test', reason: planId, keys: 'as_written' } as const
  await applyCatalogue(center.system.deps, command)
}

/** Totals as the digests said them, in the order of the charges. */
async function announced(plan: PlanName) {
  const rows = await mailsTo(plan)
  return rows
    .filter(({ kind }) => kind === 'reminder.digest')
    .flatMap(({ data }) => (data as unknown as ReminderMail).charges)
    .map(({ total, risesTo, quantity }) => ({ total, risesTo, quantity }))
}

async function mailsTo(plan: PlanName) {
  const rows = await center.system.deps.db.orm.select().from(mails).orderBy(mails.createdAt)
  return rows.filter(({ recipient }) => recipient.startsWith(`${plan}@`))
}

/** What the provider took for the orders of the engine, in their order. */
async function charged(plan: PlanName): Promise<readonly number[]> {
  const rows = await center.system.deps.db.orm.select().from(orders).orderBy(orders.createdAt)
  return rows
    .filter(({ origin, email }) => origin === 'auto_renewal' && email.startsWith(`${plan}@`))
    .flatMap(({ id }) => takenFor(center, id))
}

describe('R18: the charge is the lower of announced and current price', () => {
  it('a rise that was told seven days ahead waits a cycle, and is said to', async () => {
    expect(await announced('rising')).toEqual([
      { total: 37_500, risesTo: 45_000, quantity: 5 },
      { total: 45_000, risesTo: null, quantity: 5 },
    ])
    expect(await charged('rising')).toEqual([37_500, 45_000])
  })

  it('a price that fell after it was announced is charged as it is now', async () => {
    expect((await announced('falling')).map(({ total }) => total)).toEqual([37_500, 30_000])
    expect(await charged('falling')).toEqual([30_000, 30_000])
  })

  it('fewer units that left a volume tier are announced at the price that they are charged', async () => {
    expect(await announced('tiered')).toEqual([
      { total: 37_500, risesTo: null, quantity: 5 },
      { total: 37_500, risesTo: null, quantity: 5 },
    ])
    expect(await charged('tiered')).toEqual([37_500, 37_500])
  })
})

describe('R4: a plan that was retired', () => {
  it('goes on for those who have it, announced and charged as before', async () => {
    expect((await announced('kept')).map(({ total }) => total)).toEqual([37_500, 37_500])
    expect(await charged('kept')).toEqual([37_500, 37_500])
  })

  it('announces no charge beyond its published end, makes none, and renews by itself no more', async () => {
    expect(await announced('retiring')).toEqual([])
    expect(await charged('retiring')).toEqual([])
    const [license] = (await buyerOf('retiring').licenses()).data
    expect(license).toMatchObject({ renewal_mode: 'manual', next_charge_at: null })
  })

  it('is not switched to automatic renewal again, and says so', async () => {
    const buyer = buyerOf('retiring')
    const [license] = (await buyer.licenses()).data
    expect(license?.auto_renewal).toMatchObject({ available: false, reason: 'plan', state: 'off' })
    const body = { license_ids: [license?.id], mode: 'auto' }
    const refused = await buyer.send('renewals/mode', { body })
    expect(await refused.json()).toMatchObject({ status: 409, code: 'license.not_renewable' })
  })

  it('its customer is told once that the automatic renewal ended, until when, and what to buy', async () => {
    const told = (await mailsTo('retiring')).filter(({ kind }) => kind === 'auto_renewal.ended')
    expect(told.map(({ createdAt }) => `${createdAt}`.slice(0, 16))).toEqual(['2026-02-21T03:00'])
    const [license] = (await buyerOf('retiring').licenses()).data
    const one = { planName: 'retiring', quantity: 5, endsAt: license?.expires_at }
    expect(told[0]?.data).toMatchObject({
      cause: 'retired',
      licenses: [one, one],
      instead: ['falling'],
    })
  })

  it('no reminder offers what is refused: each says that it ends, and what to buy instead', async () => {
    const digests = (await mailsTo('retiring'))
      .filter(({ kind }) => kind === 'reminder.digest')
      .map(({ data }) => data as unknown as ReminderMail)
    expect(digests.map(({ day }) => day)).toEqual(['2026-02-14', '2026-02-21', '2026-03-17'])
    for (const digest of digests) {
      expect(digest).toMatchObject({ renewable: [], charges: [], renewLinkId: null })
      expect(digest.ending.map(({ why }) => why)).toEqual(['retired', 'retired'])
      expect(digest.instead).toEqual(['falling'])
    }
  })
})

it('a plan without a daily rate offers no pay-per-use, and says why', async () => {
  const [license] = (await buyerOf('kept').licenses()).data
  expect(license?.pay_per_use).toMatchObject({ available: false, reason: 'no_rate' })
})

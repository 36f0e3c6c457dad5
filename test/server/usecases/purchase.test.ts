/** The main path through the API: the real SDK, a libSQL file, the stand-in. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messageOf, storedMail } from '../../../server/mail/messages.ts'
import { journal, mails, orders } from '../../../server/db/schema.ts'
import { DR_AUTO, DR_MONTHLY, type Buyer, type Item } from '../../support/buyer.ts'
import { expectInvariants } from '../../support/invariants.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

interface Purchase {
  readonly title: string
  readonly product: string
  readonly item: Item
  readonly total: number
  /** Of the license that was paid. */
  readonly mode: 'manual' | 'auto' | null
  readonly oneTime: boolean
  readonly months: number
  readonly bringsFailback: boolean
}

const DR = { product: 'recover', oneTime: false, bringsFailback: true } as const
const ONE_TIME = { oneTime: true, bringsFailback: false, months: 3, mode: null } as const
const PURCHASES: readonly Purchase[] = [
  { ...DR, title: 'DR by the month', item: DR_MONTHLY, total: 37_500, mode: 'manual', months: 1 },
  { ...DR, title: 'DR with auto-renewal', item: DR_AUTO, total: 37_500, mode: 'auto', months: 1 },
  {
    ...DR,
    title: 'DR by the year',
    item: { plan: 'dr', quantity: 2, cycle: 'year', auto_renew: false },
    total: 150_000,
    mode: 'manual',
    months: 12,
  },
  {
    ...ONE_TIME,
    title: 'Migration',
    product: 'shift',
    item: { plan: 'migration', quantity: 3 },
    total: 36_000,
  },
  {
    ...ONE_TIME,
    title: 'Failback',
    product: 'recover',
    item: { plan: 'failback', quantity: 4 },
    total: 36_000,
  },
]

describe.each(PURCHASES)('$title', (purchase) => {
  const { product, item, total } = purchase
  let buyer: Buyer
  let orderId: string

  it('is priced, ordered and paid', async () => {
    buyer = center.as(product, `buyer-${purchase.title.replaceAll(/\W/g, '-')}`)
    const quote = await buyer.quote(item)
    expect(quote).toMatchObject({ total, subtotal: total, tax: 0, discount: 0 })
    const order = await buyer.order(quote)
    expect(order).toMatchObject({ state: 'pending', total, licenses: [], paid_at: null })
    expect(order.consents).toMatchObject([{ version: quote.notices.version, quote_id: quote.id }])
    expect((await buyer.licenses()).count).toBe(0)
    expect((await center.pay(order)).status).toBe(303)
    orderId = order.id
    const paid = await buyer.follow(orderId, 10)
    expect(paid).toMatchObject({ state: 'fulfilled', payment_url: null, failure: null })
    expect(paid.licenses).toHaveLength(purchase.bringsFailback ? 2 : 1)
  })

  it('is effective from the payment on, S19 and R8', async () => {
    const order = await buyer.follow(orderId)
    const license = (await buyer.licenses()).data.find(({ complimentary_of }) => !complimentary_of)
    expect(license).toMatchObject({
      plan: item.plan,
      total: item.quantity,
      in_use: 0,
      status: 'active',
      activated_at: order.paid_at,
      expires_at: monthsAfter(order.paid_at, purchase.months),
      renewal_mode: purchase.mode,
      one_time: purchase.oneTime,
      order_id: orderId,
      time_zone: 'UTC',
    })
    expect(license?.next_charge_at === null).toBe(purchase.mode !== 'auto')
  })

  it('S22–S26: brings equally many complimentary failbacks until the same second, or none', async () => {
    const { data } = await buyer.licenses()
    const paid = data.find(({ complimentary_of }) => complimentary_of === null)
    const free = data.filter(({ complimentary_of }) => complimentary_of !== null)
    const expected = {
      plan: 'failback',
      type: 'failback',
      one_time: true,
      total: item.quantity,
      complimentary_of: orderId,
      activated_at: paid?.activated_at,
      expires_at: paid?.expires_at,
      renewal_mode: null,
      next_charge_at: null,
      cycle: null,
    }
    expect(free).toMatchObject(purchase.bringsFailback ? [expected] : [])
    const listed = [paid, ...free].map((license) => license?.id)
    expect((await buyer.follow(orderId)).licenses).toEqual(listed)
  })

  it('I7: intends one confirmation, which says what was bought', async () => {
    const { orm } = center.system.deps.db
    const letters = await orm.select().from(mails).where(eq(mails.reference, orderId))
    expect(letters.map(({ kind }) => kind)).toEqual(['order.confirmation'])
    const [letter] = letters
    if (letter === undefined) throw new Error('no letter')
    const centerOrigin = center.system.origin
    const message = messageOf(storedMail(letter), { locale: letter.locale, centerOrigin })
    expect(message.text).toContain(orderId)
    expect(message.text).toContain('$')
  })

  it('I9, R10: leaves a gapless journal, and rows as their ledger computes them', async () => {
    await expectInvariants(center.system)
    const { orm } = center.system.deps.db
    const entries = await orm
      .select()
      .from(journal)
      .where(eq(journal.stream, `order:${orderId}`))
    expect(entries.map(({ type }) => type)).toEqual([
      'order.placed',
      'order.payment_opened',
      'order.fulfilled',
    ])
  })
})

describe('ordering the same quote again', () => {
  it('answers 200 with the same body, and says that it is a repeat', async () => {
    const buyer = center.as('recover', 'repeater')
    const quote = await buyer.quote(DR_MONTHLY)
    const body = { quote_id: quote.id, notices_version: quote.notices.version }
    const first = await buyer.send('orders', { body })
    const second = await buyer.send('orders', { body })
    expect([first.status, second.status]).toEqual([201, 200])
    expect(first.headers.get('Idempotent-Replayed')).toBeNull()
    expect(second.headers.get('Idempotent-Replayed')).toBe('true')
    expect({ ...(await second.json()), now: '' }).toEqual({ ...(await first.json()), now: '' })
  })

  it('P09: twenty clicks at once make one order and one payment page', async () => {
    const buyer = center.as('recover', 'twenty-clicks')
    const quote = await buyer.quote(DR_MONTHLY)
    const answers = await Promise.all(Array.from({ length: 20 }, () => buyer.order(quote)))
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
    const urls = new Set(answers.flatMap(({ payment_url }) => payment_url ?? []))
    expect(urls.size).toBe(1)
    const { orm } = center.system.deps.db
    expect(
      await orm
        .select()
        .from(orders)
        .where(eq(orders.quoteId, quoteOf(quote))),
    ).toHaveLength(1)
  })

  it('P11: a second purchase within two hours names the earlier order and is never refused', async () => {
    const buyer = center.as('recover', 'again')
    expect((await buyer.quote(DR_MONTHLY)).earlier_order).toBeNull()
    const first = await buyer.buy(DR_MONTHLY)
    const quote = await buyer.quote({ ...DR_MONTHLY, quantity: 1 })
    expect(quote.earlier_order).toMatchObject({ id: first.id, quantity: 5 })
    expect((await buyer.quote({ plan: 'failback', quantity: 1 })).earlier_order).toBeNull()
    const second = await buyer.order(quote)
    expect(second.state).toBe('pending')
    await Promise.all([buyer.cancel(first.id), buyer.cancel(second.id)])
    expect((await buyer.quote(DR_MONTHLY)).earlier_order).toBeNull()
  })
})

function quoteOf({ id }: { id: string }): `quo_${string}` {
  return `quo_${id.slice('quo_'.length)}`
}

/** Calendar months in UTC, independent of our own calendar: the last day stands in for a missing one. */
function monthsAfter(at: string | null, months: number): string {
  const from = new Date(at ?? Number.NaN)
  const to = new Date(from)
  to.setUTCMonth(to.getUTCMonth() + months, 1)
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate()
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay))
  return to.toISOString().replace('.000Z', 'Z')
}

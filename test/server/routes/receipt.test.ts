/** The receipt: every line explained, total = charged, behind a private link (S12, S57, R13, N07, N09). */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mails, orders } from '../../../server/db/schema.ts'
import { outgoingMail } from '../../../server/jobs/outgoing-mail.ts'
import { receiptUrl } from '../../../server/usecases/order-link.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import { isId } from '../../../server/domain/ids.ts'
import { DR_AUTO, DR_MONTHLY } from '../../support/buyer.ts'
import { receiptOf } from '../../support/receipts.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-03-25T15:30:27Z' })
})
afterAll(() => center.remove())

/** What the provider took for that order. */
const taken = (orderId: string) =>
  center.system.stripe.truth
    .payments()
    .filter((payment) => payment.orderId === orderId && payment.status === 'succeeded')
    .map(({ amount }) => amount)

async function purchased(name: string) {
  const buyer = center.as('recover', name)
  const open = await buyer.buy(DR_AUTO)
  await center.pay(open)
  return { buyer, open, order: await buyer.follow(open.id, 10) }
}

describe('a receipt', () => {
  it('says what was bought, for which time, and charges what it adds up to', async () => {
    const { order } = await purchased('buys')
    const { html, ...receipt } = await receiptOf(order)
    expect(receipt).toMatchObject({ lines: [37_500], subtotal: 37_500, total: order.total })
    expect(receipt.charged).toEqual(taken(order.id))
    expect(receipt.charged).toEqual([order.total])
    for (const text of [
      order.id,
      'buys@customer.example',
      'DR License',
      '1 month × $75.00 × 5',
      '$75.00 per month',
      'Visa •••• 4242',
      'With it, free of charge: Failback License × 5',
      'Mar 25, 2027',
      'Apr 25, 2027',
      order.consents[0]?.version ?? 'no version',
      'in the language en',
    ]) {
      expect(html).toContain(text)
    }
    for (const slug of ['refund-policy', 'terms-of-service', 'payment-security']) {
      expect(html).toContain(`<a href="/${slug}">`)
    }
  })

  it('needs no script, is kept by nobody, and tells its address to nobody (N07)', async () => {
    const { order } = await purchased('private')
    const { html, response } = await receiptOf(order)
    expect(html).not.toContain('<script')
    expect(html).not.toContain('style=')
    expect(html).toContain('<meta name="robots" content="noindex"/>')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(html).not.toContain(order.receipt_url?.split('/').at(-2))
  })

  it('speaks Chinese, explanations included', async () => {
    const { order } = await purchased('chinese')
    const { html, total } = await receiptOf(order, 'zh-CN')
    expect(total).toBe(37_500)
    for (const text of ['<html lang="zh-CN">', '收据', '1 个月 × US$75.00 × 5', '退款政策']) {
      expect(html).toContain(text)
    }
  })

  it('explains a month and five dates, and shows the end of that license', async () => {
    const buyer = center.as('recover', 'aligns')
    const id = await bought(center, buyer, { ...DR_MONTHLY, quantity: 10 })
    await buyer.send('renewal-day', { method: 'PUT', body: { day: 'last' } })
    const order = await paid(center, buyer, await buyer.price(month(id, { align: true })))
    const { html, ...receipt } = await receiptOf(order)
    expect(html).toContain('1 month + 6/31 of May × $75.00 × 10')
    expect(receipt.total).toBe(order.total)
    expect(receipt.charged).toEqual([order.total])
    const license = await buyer.license(id)
    expect(html).toContain(`key ending in ${license.key_last4}`)
    expect([license.expires_at, html.includes('May 31, 2027, 11:59:59 PM')]).toEqual([
      '2027-05-31T23:59:59Z',
      true,
    ])
  })

  it('shows tax and discount, and adds up: Σ lines + tax = total = charged', async () => {
    const buyer = center.as('studio', 'taxed')
    const team = { plan: 'team', quantity: 20, cycle: 'month', auto_renew: false } as const
    const open = await buyer.order(await buyer.quote(team, { promo_code: 'TEAM50' }))
    await center.pay(open)
    const order = await buyer.follow(open.id, 10)
    const { html, lines, subtotal, tax, total, charged } = await receiptOf(order)
    expect(lines.reduce((sum, amount) => sum + amount, 0)).toBe(subtotal)
    expect([subtotal + tax, total, charged]).toEqual([total, order.total, taken(order.id)])
    expect(html).toContain('Discount (TEAM50)')
    expect(html).toContain('VAT (19%)')
  })

  it('tells what was given back, and what is left of the charge', async () => {
    const { buyer, order } = await purchased('refunds')
    if (!isId('ord', order.id)) throw new Error(order.id)
    await refundOrder(center.system.deps, order.id, {
      kind: 'amount',
      lines: null,
      amount: 500,
      reason: 'goodwill',
      actor: 'operator:test',
      scope: null,
    })
    const { refunded, kept, charged } = await receiptOf(await buyer.follow(order.id))
    expect([charged, refunded, kept]).toEqual([[37_500], [-500], 37_000])
  })
})

describe('the link', () => {
  it('is in the answer once the order is paid, and in the mail that confirms it', async () => {
    const { open, order } = await purchased('linked')
    expect(open.receipt_url).toBeNull()
    const { deps } = center.system
    const [mail] = await deps.db.orm.select().from(mails).where(eq(mails.reference, order.id))
    const letter = mail && (await outgoingMail(deps, mail))
    expect(letter?.text).toContain(order.receipt_url)
    expect(letter?.html).toContain(order.receipt_url)
  })

  it('shows no receipt before the payment', async () => {
    const { deps } = center.system
    const order = await center.as('recover', 'early').buy(DR_MONTHLY)
    if (!isId('ord', order.id)) throw new Error(order.id)
    const page = await fetch(await receiptUrl(deps, order.id))
    expect([page.status, (await page.text()).includes('There is no receipt yet')]).toEqual([
      200,
      true,
    ])
  })

  it('that is mistyped, made up or revoked opens one page, whatever it was (N09)', async () => {
    const { order } = await purchased('revoked')
    const url = order.receipt_url ?? ''
    const { orm, client } = center.system.deps.db
    expect((await fetch(url)).status).toBe(200)
    await client.batch(
      [{ sql: 'UPDATE orders SET token_hash = NULL WHERE id = ?', args: [order.id] }],
      'write',
    )
    const pages = await Promise.all(
      [url, url.replace(/.\/receipt$/, '/receipt'), `${new URL(url).origin}/orders/x/receipt`].map(
        async (each) => {
          const page = await fetch(each)
          return [page.status, await page.text()]
        },
      ),
    )
    expect(pages[0]?.[0]).toBe(404)
    expect(new Set(pages.map(([, text]) => text)).size).toBe(1)
    const stored = await orm.select({ hash: orders.tokenHash }).from(orders)
    const token = url.split('/').at(-2) ?? 'none'
    expect(stored.every(({ hash }) => hash === null || !hash.includes(token))).toBe(true)
  })
})

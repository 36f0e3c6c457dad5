/** Renewals through the API: the real SDK, a libSQL file, the stand-in, and the clock walked by hand. */
import { eq } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { journal, mails } from '../../../server/db/schema.ts'
import { messageOf, storedMail } from '../../../server/mail/messages.ts'
import { DR_AUTO, DR_MONTHLY, refusalOf } from '../../support/buyer.ts'
import { bought, month, paid } from '../../support/renewing.ts'
import { startTestSystem } from '../../support/system.ts'
import { useCenter } from '../../support/use-center.ts'

const center = useCenter(() => startTestSystem({ startsAt: '2027-01-31T16:55:10Z' }))
const orm = () => center.system.deps.db.orm

const walk = (duration: Temporal.DurationLike) => {
  const { clock } = center.system
  clock.moveTo(clock.now().add(duration))
}

describe('a plain renewal', () => {
  it('extends the same key to the second that was shown, and says so by mail', async () => {
    const buyer = center.as('recover', 'plain')
    const id = await bought(center, buyer)
    const before = await buyer.license(id)
    const quote = await buyer.price(month(id))
    expect(quote).toMatchObject({ kind: 'renewal', aligned_day: null, total: 37_500 })
    expect(quote.lines[0]).toMatchObject({
      license_id: id,
      expires_at_before: before.expires_at,
      starts_at: before.expires_at,
      units_before: 5,
      quantity: 5,
      lost_days: 0,
      mode_after: 'manual',
    })
    const order = await paid(center, buyer, quote)
    expect(order).toMatchObject({ state: 'fulfilled', kind: 'renewal', licenses: [id] })
    const after = await buyer.license(id)
    expect(after.expires_at).toBe(quote.lines[0]?.ends_at)
    expect([after.key_last4, after.total, after.status]).toEqual([before.key_last4, 5, 'active'])
    const [mail] = await orm().select().from(mails).where(eq(mails.reference, order.id))
    const { centerOrigin } = center.system.deps.config
    const letter = mail && messageOf(storedMail(mail), { locale: mail.locale, centerOrigin })
    expect([mail?.kind, letter?.text.includes(before.key_last4)]).toEqual(['order.renewed', true])
    const entries = await orm()
      .select()
      .from(journal)
      .where(eq(journal.stream, `license:${id}`))
    expect(entries.map(({ type }) => type)).toEqual(['license.issued', 'license.renewed'])
  })

  it('three times from the 31st of January keeps the month ends; what came free stays (golden 1)', async () => {
    const buyer = center.as('recover', 'month-ends')
    const id = await bought(center, buyer)
    const [free] = (await buyer.licenses({ type: 'failback' })).data
    const start = await buyer.license(id)
    const ends = [start.expires_at]
    for (let renewal = 0; renewal < 13; renewal++) {
      await paid(center, buyer, await buyer.price(month(id)))
      ends.push((await buyer.license(id)).expires_at)
    }
    expect(ends.map((end) => end.slice(2, 10)).join(' ')).toBe(
      '27-02-28 27-03-31 27-04-30 27-05-31 27-06-30 27-07-31 27-08-31 27-09-30 ' +
        '27-10-31 27-11-30 27-12-31 28-01-31 28-02-29 28-03-31',
    )
    expect((await buyer.licenses({ type: 'failback' })).data[0]?.expires_at).toBe(free?.expires_at)
  })

  it('keeps auto on and moves the charge to the new end', async () => {
    const buyer = center.as('recover', 'auto')
    const id = await bought(center, buyer, DR_AUTO)
    const before = await buyer.license(id)
    await paid(center, buyer, await buyer.price(month(id)))
    const after = await buyer.license(id)
    expect(after.renewal_mode).toBe('auto')
    expect((after.next_charge_at ?? '') > (before.next_charge_at ?? '')).toBe(true)
  })
})

describe('sixty licenses with twelve expiry dates', () => {
  it('are put on the last day of the month in one payment', { timeout: 120_000 }, async () => {
    const buyer = center.as('recover', 'sixty')
    for (let date = 0; date < 12; date++) {
      const order = await buyer.buy(Array.from({ length: 5 }, () => DR_MONTHLY))
      await center.pay(order)
      await buyer.follow(order.id, 10)
      walk({ hours: 24 })
    }
    const { data } = await buyer.licenses({ type: 'dr', limit: 200 })
    expect(data).toHaveLength(60)
    expect(new Set(data.map(({ expires_at }) => expires_at.slice(0, 10))).size).toBe(12)
    await buyer.send('renewal-day', { method: 'PUT', body: { day: 'last' } })
    const quote = await buyer.price({
      renewals: data.map(({ id }) => ({ license_id: id })),
      duration: { months: 1 },
      align: true,
    })
    expect([quote.aligned_day, quote.lines.length]).toEqual(['last', 60])
    expect(quote.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(quote.total)
    const order = await paid(center, buyer, quote)
    expect(order.licenses).toEqual(data.map(({ id }) => id))
    for (const line of quote.lines) {
      const { expires_at } = await buyer.license(line.license_id ?? '')
      expect(expires_at).toBe(line.ends_at)
      expect(expires_at).toMatch(/-(28|29|30|31)T23:59:59Z$/)
    }
  })
})

describe('renewed late', () => {
  it('in grace and in retention it begins at the old end; ended, it is refused (golden 8, C10)', async () => {
    const buyer = center.as('recover', 'late')
    const [first, second] = [await bought(center, buyer), await bought(center, buyer)]
    const end = (await buyer.license(first)).expires_at
    const { clock } = center.system
    clock.moveTo(Temporal.Instant.from(end).add({ hours: 5 * 24 }))
    expect((await buyer.license(first)).status).toBe('grace')
    const inGrace = await buyer.price(month(first))
    expect(inGrace.lines[0]).toMatchObject({ starts_at: end, lost_days: 5 })
    await paid(center, buyer, inGrace)
    expect((await buyer.license(first)).status).toBe('active')
    const later = (await buyer.license(second)).expires_at
    clock.moveTo(Temporal.Instant.from(later).add({ hours: 21 * 24 }))
    expect((await buyer.license(second)).status).toBe('retained')
    const retained = await buyer.price(month(second))
    expect(retained.lines[0]).toMatchObject({ starts_at: later, lost_days: 21 })
    // Placed while it was renewable, and honoured though it ends before the payment.
    const order = await buyer.order(retained)
    clock.moveTo(Temporal.Instant.from(later).add({ hours: 22 * 24 + 1 }))
    expect((await buyer.license(second)).status).toBe('ended')
    expect((await buyer.follow(order.id)).state).toMatch(/pending|expired/)
    await buyer.cancel(order.id)
    const refusal = await refusalOf(buyer.price(month(second)))
    expect(refusal.problem).toMatchObject({ code: 'license.not_renewable', reason: 'ended' })
  })
})

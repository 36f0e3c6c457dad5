/** R18, I7: what customers are reminded of. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { announcedCharges, mails, renewLinks } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { parseInstant as at } from '../../../server/domain/calendar.ts'
import type { Id } from '../../../server/domain/ids.ts'
import type { ReminderMail } from '../../../server/domain/reminder-mail.ts'
import { deliverMails } from '../../../server/jobs/deliver-mails.ts'
import { remind } from '../../../server/jobs/remind.ts'
import { createTestClock } from '../../support/clock.ts'
import { moveEnd, plantCustomer, plantLicense } from '../../support/planted-licenses.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

const END = at('2026-03-31T16:55:10Z')

/** A customer of its own, at a clock of its own. */
async function scene(name: string, now: string, zone = 'UTC') {
  const clock = createTestClock(now)
  const deps: Deps = { ...center.system.deps, now: clock.now }
  return { clock, deps, customer: await plantCustomer(deps, name, zone) }
}

async function digestsOf(deps: Deps, customer: Id<'cus'>): Promise<ReminderMail[]> {
  const rows = await deps.db.orm.select().from(mails).where(eq(mails.kind, 'reminder.digest'))
  return rows
    .filter(({ reference }) => reference.startsWith(customer))
    .map(({ data }) => data as unknown as ReminderMail)
}

describe('a digest', () => {
  it('says everything of one customer and day in one mail, with one link to what can be renewed', async () => {
    const { deps, customer } = await scene('digest', '2026-03-24T10:00:00Z')
    const facts = { endsAt: END }
    const [one, other] = [
      await plantLicense(deps, customer, facts),
      await plantLicense(deps, customer, facts),
    ]
    const canceled = await plantLicense(deps, customer, { ...facts, renewalMode: 'canceled' })
    await plantLicense(deps, customer, {
      ...facts,
      renewalMode: null,
      oneTime: true,
      type: 'failback',
      activatedAt: END.subtract({ hours: 92 * 24 }),
      cycle: null,
    })
    expect(await remind(deps)).toBe(1)
    expect(await remind(deps)).toBe(0)
    const [digest, ...more] = await digestsOf(deps, customer)
    expect(more).toEqual([])
    expect(digest?.renewable.map(({ licenseId }) => licenseId).toSorted()).toEqual(
      [one, other].toSorted(),
    )
    expect(digest?.ending.map(({ why }) => why)).toEqual(['one_time', 'canceled'])
    const [link] = await deps.db.orm
      .select()
      .from(renewLinks)
      .where(eq(renewLinks.customerId, customer))
    expect(link?.licenseIds.toSorted()).toEqual([one, other, canceled].toSorted())
    expect(`${link?.expiresAt}`).toBe('2026-04-22T16:55:10Z')
    await deliverMails(deps)
    const arrived = center.system.inbox
      .mails()
      .find(({ message }) => message.to[0]?.startsWith('digest@'))
    expect(arrived?.message.text).toMatch(/Renew now: http:\/\/localhost:\d+\/renew\/[\w-]{43}\n/)
    expect(JSON.stringify(link)).not.toContain(
      /renew\/([\w-]{43})/.exec(arrived?.message.text ?? '')?.[1],
    )
    expect(arrived?.message.attachments).toHaveLength(1)
  })

  it('announces a charge with its amount, and remembers what was told', async () => {
    const { deps, customer } = await scene('charge', '2026-03-17T10:00:00Z')
    const auto = {
      endsAt: END,
      renewalMode: 'auto',
      nextChargeAt: at('2026-03-24T03:00:00Z'),
    } as const
    const id = await plantLicense(deps, customer, auto)
    await remind(deps)
    const [digest] = await digestsOf(deps, customer)
    expect(digest?.charges).toMatchObject([{ total: 37_500, currency: 'USD', risesTo: null }])
    const told = await deps.db.orm
      .select()
      .from(announcedCharges)
      .where(eq(announcedCharges.licenseId, id))
    expect(told).toMatchObject([
      { announcedOn: '2026-03-17', total: 37_500, price: { unit_amount: 7500 } },
    ])
    expect(digest?.renewable).toEqual([])
  })

  it('leaves out what was renewed while the mail waited, and is dropped when nothing is left', async () => {
    const { deps, customer } = await scene('waited', '2026-03-24T10:00:00Z')
    const id = await plantLicense(deps, customer, { endsAt: END })
    await remind(deps)
    await moveEnd(deps, id, END.add({ hours: 31 * 24 }), 2)
    await deliverMails(deps)
    const [row] = (
      await deps.db.orm.select().from(mails).where(eq(mails.recipient, 'waited@customer.example'))
    ).slice(-1)
    expect(row).toMatchObject({ sentAt: null, droppedAt: expect.anything() })
  })

  it('I7: is not written for a license that was renewed while it was being decided', async () => {
    const { deps, customer } = await scene('raced', '2026-03-24T10:00:00Z')
    const id = await plantLicense(deps, customer, { endsAt: END })
    const { client } = deps.db
    let isRenewed = false
    const racing: Deps = {
      ...deps,
      newId: (prefix) => deps.newId(prefix),
      db: {
        ...deps.db,
        client: new Proxy(client, {
          get(target, property) {
            if (property !== 'batch') return Reflect.get(target, property, target)
            return async (...parameters: Parameters<typeof client.batch>) => {
              if (!isRenewed) {
                isRenewed = true
                await moveEnd(deps, id, END.add({ hours: 31 * 24 }), 2)
              }
              return client.batch(...parameters)
            }
          },
        }),
      },
    }
    await remind(racing)
    expect(isRenewed).toBe(true)
    expect(await digestsOf(deps, customer)).toEqual([])
  })
})

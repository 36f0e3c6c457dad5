/** S54, S65: a confirmed order brings its keys and its receipt, and nothing that is stored contains a key. */
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { RevealedKey } from '../../../server/contract/license-api.ts'
import { mails } from '../../../server/db/schema.ts'
import { deliverMails } from '../../../server/jobs/deliver-mails.ts'
import { answerOf, DR_MONTHLY, type Buyer } from '../../support/buyer.ts'
import { revoke } from '../../support/renewing.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2027-01-31T16:55:10Z' })
})
afterAll(() => center.remove())

async function ordered(name: string) {
  const buyer = center.as('recover', name)
  const order = await buyer.buy(DR_MONTHLY)
  await center.pay(order)
  const { licenses: ids, receipt_url } = await buyer.follow(order.id, 10)
  const keys = await Promise.all(ids.map((id) => keyOf(buyer, id)))
  return { ids, keys, orderId: order.id, receiptUrl: receipt_url ?? 'none' }
}

async function keyOf(buyer: Buyer, id: string): Promise<string> {
  const shown = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
  return (await answerOf(shown, RevealedKey)).key
}

async function arrived(orderId: string): Promise<string> {
  await deliverMails(center.system.deps)
  const found = center.system.inbox.mails().find(({ message }) => message.subject.includes(orderId))
  if (found === undefined) throw new Error(`no mail about ${orderId}`)
  return found.message.text
}

it('carries the key of each license and the way to the receipt; its intent carries no key', async () => {
  const { keys, orderId, receiptUrl } = await ordered('keys')
  const { orm } = center.system.deps.db
  const [intent] = await orm.select().from(mails).where(eq(mails.reference, orderId))
  const text = await arrived(orderId)
  expect(keys).toHaveLength(2)
  for (const key of keys) {
    expect(text).toContain(key)
    expect(JSON.stringify(intent)).not.toContain(key)
  }
  expect(text).toContain(receiptUrl)
})

it('that waited while a license was revoked does not show its key any more', async () => {
  const { ids, keys, orderId } = await ordered('revoked')
  await revoke(center, ids[0] ?? '')
  const text = await arrived(orderId)
  expect(text).not.toContain(keys[0])
  expect(text).toContain(`key ending in ${keys[0]?.slice(-4)}`)
  expect(text).toContain(keys[1])
})

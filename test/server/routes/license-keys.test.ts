/** A license key is replaced, or sent again; what is activated stays activated (S54, S65, T15). */
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { RotatedKey, SentKey } from '../../../server/contract/activation-codes.ts'
import { Problem } from '../../../server/contract/shared.ts'
import { journal, mails } from '../../../server/db/schema.ts'
import { outgoingMail } from '../../../server/jobs/outgoing-mail.ts'
import { createInstallation } from '../../support/installation.ts'
import { useVault } from '../../support/use-center.ts'
import { type Bought } from '../../support/vault.ts'

const center = useVault()

const rotating = ({ owner, id }: Bought, last4: string, hours?: number) =>
  owner.send(`licenses/${id}/rotate-key`, {
    body: { key_last4: last4, ...(hours === undefined ? {} : { overlap_hours: hours }) },
  })
async function rotated(license: Bought, last4: string, hours?: number) {
  return RotatedKey.parse(await (await rotating(license, last4, hours)).json())
}
const withKey = (key: string) =>
  createInstallation({ origin: center.system.origin, key, product: 'vault' })
const HOST = { fingerprint: 'host-a' }

async function keyMails(license: Bought) {
  const rows = await center.system.deps.db.orm
    .select()
    .from(mails)
    .where(eq(mails.kind, 'license.key'))
  const own = rows.filter(({ reference }) => reference.startsWith(license.id))
  return Promise.all(own.map((row) => outgoingMail(center.system.deps, row)))
}

describe('a key that is replaced', () => {
  it('stops at once, and loses no activation (T15)', async () => {
    const license = await center.bought('seats', 1)
    const { activation } = await license.ask('activate', HOST)
    const next = await rotated(license, license.key.slice(-4))
    expect(next.key_last4).toBe(next.key.slice(-4))
    expect(await license.ask('validate', HOST)).toMatchObject({ code: 'NOT_FOUND', license: null })
    const check = await withKey(next.key).ask('validate', HOST)
    expect(check).toMatchObject({ code: 'VALID', activation: { id: activation?.id } })
    const shown = await license.owner.send(`licenses/${license.id}/reveal`, { method: 'POST' })
    expect(await shown.json()).toEqual({ key: next.key })
  })

  it('works beside the new one to the second that was stated, and not a second longer (T15)', async () => {
    const license = await center.bought('seats', 1)
    await license.ask('activate', HOST)
    const { key, previous_until } = await rotated(license, license.key.slice(-4), 24)
    expect((await license.ask('validate', HOST)).code).toBe('VALID')
    const leftMs = Date.parse(previous_until) - center.system.clock.now().epochMilliseconds
    await center.system.advance(`PT${Math.ceil(leftMs / 1000) - 30}S`)
    expect((await license.ask('validate', HOST)).code).toBe('VALID')
    await center.system.advance('PT30S')
    expect((await license.ask('validate', HOST)).code).toBe('NOT_FOUND')
    expect((await withKey(key).ask('validate', HOST)).code).toBe('VALID')
  })

  it('is replaced once, whatever is repeated; a key that is not in force is told', async () => {
    const license = await center.bought('seats', 1)
    const last4 = license.key.slice(-4)
    const first = await rotated(license, last4)
    expect(await rotated(license, last4)).toEqual(first)
    const second = await rotated(license, first.key_last4)
    expect(second.key).not.toBe(first.key)
    const stale = await rotating(license, last4)
    expect(Problem.parse(await stale.json()).code).toBe('license.key_changed')
  })

  it('is told by mail and to the journal, which name endings and no key (T15, T17)', async () => {
    const license = await center.bought('seats', 1)
    const { key } = await rotated(license, license.key.slice(-4))
    const { orm } = center.system.deps.db
    const [entry] = await orm
      .select()
      .from(journal)
      .where(
        and(eq(journal.stream, `license:${license.id}`), eq(journal.type, 'license.key_rotated')),
      )
    expect(entry?.data).toMatchObject({ key_last4: key.slice(-4) })
    expect(JSON.stringify(entry)).not.toContain(key)
    const [row] = await orm.select().from(mails).where(eq(mails.kind, 'license.key'))
    expect(JSON.stringify(row)).not.toContain(key)
    const [mail] = await keyMails(license)
    expect(mail?.text).toContain(key)
    expect(mail?.text).toContain('What is activated stays activated')
  })

  it('stays as it is for a revoked license', async () => {
    const license = await center.bought('seats', 1)
    await center.decided(license.id, 'revoke')
    const problem = Problem.parse(await (await rotating(license, license.key.slice(-4))).json())
    expect(problem).toMatchObject({ status: 409, code: 'license.not_valid' })
  })
})

describe('a key that is sent again', () => {
  it('goes to the stored address, once in an hour (S65)', async () => {
    const license = await center.bought('seats', 1)
    const path = `licenses/${license.id}/send-key`
    const send = async () => {
      const answer = await license.owner.send(path, { method: 'POST' })
      expect(answer.status).toBe(202)
      return SentKey.parse(await answer.json()).sent_to
    }
    expect(await send()).toMatch(/^.…@/)
    expect(await send()).toBe(await send())
    expect(await keyMails(license)).toHaveLength(1)
    await center.system.advance('PT1H')
    await send()
    const sent = await keyMails(license)
    expect(sent).toHaveLength(2)
    expect(sent[1]?.text).toContain(license.key)
  })

  it('is not sent any more once the license was revoked meanwhile', async () => {
    const license = await center.bought('seats', 1)
    await license.owner.send(`licenses/${license.id}/send-key`, { method: 'POST' })
    await center.decided(license.id, 'revoke')
    expect(await keyMails(license)).toEqual([null])
  })
})

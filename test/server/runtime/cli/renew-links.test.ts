import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../../../../server/db/commit.ts'
import { newRenewLink, renewUrl } from '../../../../server/usecases/renew-link.ts'
import { operatorLine } from '../../../support/operator-line.ts'
import { plantCustomer, plantLicense } from '../../../support/planted-licenses.ts'
import { startTestSystem, type TestSystem } from '../../../support/system.ts'

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem()
})
afterAll(() => center.remove())

async function aLink(name: string) {
  const { deps } = center.system
  const customerId = await plantCustomer(deps, name)
  const endsAt = deps.now().add({ hours: 24 })
  const licenseId = await plantLicense(deps, customerId, { endsAt })
  const { id, query } = await newRenewLink(deps, {
    productId: 'recover',
    customerId,
    licenseIds: [licenseId],
    expiresAt: endsAt,
  })
  const entry = { type: 'test.linked', actor: 'test', productId: 'recover', data: {} }
  await commit(deps.db, deps.now(), {
    journal: [{ stream: `test:${id}`, version: 1, ...entry }],
    statements: [query],
  })
  return { id, url: await renewUrl(deps, id) }
}

const open = () => operatorLine(center)
const BECAUSE = ['--reason', 'Sent to a wrong address', '--as', 'mia'] as const

describe('renew-links revoke', () => {
  it('ends a link that is given as it stands in the mail, or by its id; twice is once (N09)', async () => {
    const line = await open()
    const { id, url } = await aLink('mailed')
    expect((await fetch(url)).status).toBe(200)
    const revoked = await line.run('renew-links', 'revoke', url, ...BECAUSE)
    expect(revoked).toMatchObject({ exit: 0, out: `${id} opens nothing any more.` })
    expect((await fetch(url)).status).toBe(404)
    expect((await line.run('renew-links', 'revoke', id, ...BECAUSE)).exit).toBe(0)
  })

  it('is refused for a link that is none, and without a reason', async () => {
    const line = await open()
    const none = await line.run('renew-links', 'revoke', 'https://x/renew/y', ...BECAUSE, '--json')
    expect(none.exit).toBe(1)
    expect(none.json()).toMatchObject({ error: { code: 'renew_link.not_found' } })
    expect((await line.run('renew-links', 'revoke', 'rnl_1')).exit).toBe(2)
  })
})

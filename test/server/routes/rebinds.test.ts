/** Another installation takes the place of one (S82, C08, C09), and both ends are told. */
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { Rebind } from '../../../server/contract/installations.ts'
import { Problem } from '../../../server/contract/shared.ts'
import { demoCustomer } from '../../../demo/customers.ts'
import { activations, licenses, mails, operatorTasks } from '../../../server/db/schema.ts'
import { isSameMailbox } from '../../../server/domain/mailbox-name.ts'
import { decideRebind, type RebindDecision } from '../../../server/usecases/decide-rebind.ts'
import { useVault } from '../../support/use-center.ts'
import { type Bought } from '../../support/vault.ts'

const center = useVault()

/** A machine that no other customer has. */
const at = ({ id }: Bought, host: string) => `${host} of ${id}`
const post = ({ owner, id }: Bought, path: string, body: object) =>
  owner.send(`licenses/${id}/${path}`, { body })
async function moved(license: Bought, from: string, to: string, via = license): Promise<Rebind> {
  const body = { activation_id: from, fingerprint: at(license, to) }
  const answer = await post(via, 'rebind', body)
  expect(answer.status).toBe(200)
  return Rebind.parse(await answer.json())
}
async function refused(license: Bought, from: string, to: string) {
  const answer = await post(license, 'rebind', {
    activation_id: from,
    fingerprint: at(license, to),
  })
  return { answer, problem: Problem.parse(await answer.json()) }
}
async function activated(plan: string, quantity: number, host = 'host-a') {
  const license = await center.bought(plan, quantity)
  const { activation } = await license.ask('activate', { fingerprint: host, name: 'Database' })
  return { license, first: activation?.id ?? '' }
}
function decided(rebindId: string, decision: 'approved' | 'denied') {
  const command: RebindDecision = {
    rebindId,
    decision,
    owner: null,
    actor: 'operator:mia',
    reason: 'Checked.',
  }
  const product = center.system.catalogue.products[0]
  if (product === undefined) throw new Error('nothing is sold')
  return decideRebind(center.system.deps, async () => product, command)
}
async function lettersOf({ id }: Rebind) {
  const rows = await center.system.deps.db.orm
    .select()
    .from(mails)
    .where(eq(mails.kind, 'license.rebind'))
  return rows
    .filter(({ reference }) => reference.startsWith(id))
    .map(({ reference, recipient }) => `${reference.split(' ').slice(1).join(' ')}: ${recipient}`)
    .toSorted()
}
/** The count of the row is the count of its installations, and never above the total (I4). */
async function unitsOf({ id }: Bought) {
  const { orm } = center.system.deps.db
  const [license] = await orm
    .select()
    .from(licenses)
    .where(eq(licenses.id, id as `lic_${string}`))
  const rows = await orm
    .select()
    .from(activations)
    .where(and(eq(activations.licenseId, id as `lic_${string}`), eq(activations.state, 'active')))
  expect(license?.reserved).toBe(rows.length)
  return rows.map(({ fingerprint }) => fingerprint.replace(` of ${id}`, ''))
}

describe('a rebind', () => {
  it('swaps at once within what customers do by themselves, and both ends are told (S82)', async () => {
    const { license, first } = await activated('seats', 1)
    const done = await moved(license, first, 'host-b')
    expect(done).toMatchObject({ state: 'approved', activation_id: first, score: 40 })
    expect(done.reasons).toEqual(['young_activation', 'recently_seen'])
    expect(await unitsOf(license)).toEqual(['host-b'])
    expect((await license.ask('validate', { fingerprint: at(license, 'host-b') })).code).toBe(
      'VALID',
    )
    const old = await license.ask('validate', { fingerprint: 'host-a', name: 'Database' })
    expect(old.code).toBe('FINGERPRINT_MISMATCH')
    expect(await lettersOf(done)).toEqual([
      expect.stringContaining('approved customer: customer-'),
      'approved operator: desk@vault.example',
    ])
  })

  it('is the same one when it is wished again', async () => {
    const { license, first } = await activated('seats', 2)
    const done = await moved(license, first, 'host-b')
    expect(await moved(license, first, 'host-b')).toEqual(done)
    expect(await unitsOf(license)).toEqual(['host-b'])
  })

  it('waits for an operator when the last one was a short time ago; approved, it swaps then', async () => {
    const { license, first } = await activated('seats', 1)
    const { new_activation_id: second } = await moved(license, first, 'host-b')
    const asked = await moved(license, second ?? '', 'host-c')
    expect(asked).toMatchObject({ state: 'requested', score: 100, new_activation_id: null })
    expect(asked.reasons).toContain('cooldown')
    expect(await unitsOf(license)).toEqual(['host-b'])
    const listed = await (await license.owner.send(`licenses/${license.id}/activations`)).json()
    expect(listed).toMatchObject({ data: [{ id: second, rebind: { id: asked.id } }, {}] })
    expect((await decided(asked.id, 'approved')).state).toBe('approved')
    expect((await decided(asked.id, 'approved')).state).toBe('approved')
    expect(await unitsOf(license)).toEqual(['host-c'])
    expect(await lettersOf(asked)).toHaveLength(4)
    await expect(decided(asked.id, 'denied')).rejects.toThrow('rebind.decided')
  })

  it('waits when who asks has not the customer’s address, and denied changes nothing', async () => {
    const { license, first } = await activated('seats', 1)
    const colleague = { ...license, owner: center.colleagueOf(license) }
    const asked = await moved(license, first, 'host-b', colleague)
    expect(asked).toMatchObject({ state: 'requested', score: 100 })
    expect(asked.reasons[0]).toBe('email_mismatch')
    expect((await decided(asked.id, 'denied')).decisionReason).toBe('Checked.')
    expect(await unitsOf(license)).toEqual(['host-a'])
  })

  it('is withdrawn by its customer', async () => {
    const { license, first } = await activated('seats', 1)
    const colleague = { ...license, owner: center.colleagueOf(license) }
    const asked = await moved(license, first, 'host-b', colleague)
    const withdraw = () => post(license, 'rebind/withdraw', { rebind_id: asked.id })
    expect(Rebind.parse(await (await withdraw()).json()).state).toBe('withdrawn')
    expect((await withdraw()).status).toBe(200)
    await expect(decided(asked.id, 'approved')).rejects.toThrow('rebind.decided')
  })

  it('of an abuser meets a wall, and one operator’s task tells of it (C09)', async () => {
    const { license, first } = await activated('seats', 1)
    await moved(license, first, 'host-0')
    const [now] = await unitsOf(license)
    expect(now).toBe('host-0')
    const listed = (await (
      await license.owner.send(`licenses/${license.id}/activations`)
    ).json()) as {
      data: { id: string; state: string }[]
    }
    const active = listed.data.find(({ state }) => state === 'active')?.id ?? ''
    for (let n = 1; n < 10; n++) {
      const asked = await moved(license, active, `host-${n}`)
      await post(license, 'rebind/withdraw', { rebind_id: asked.id })
    }
    for (const to of ['host-10', 'host-11']) {
      const { answer, problem } = await refused(license, active, to)
      expect(problem).toMatchObject({ status: 429, code: 'rebind.too_many' })
      expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(29 * 86_400)
    }
    const { orm } = center.system.deps.db
    const tasks = await orm
      .select()
      .from(operatorTasks)
      .where(eq(operatorTasks.reference, license.id))
    expect(tasks.map(({ kind }) => kind)).toEqual(['rebind.too_many'])
  })

  it('moves only a unit that is held, to a machine that holds none', async () => {
    const { license, first } = await activated('seats', 3)
    await license.ask('activate', { fingerprint: at(license, 'host-b') })
    expect((await refused(license, first, 'host-b')).problem.code).toBe('activation.exists')
    await license.ask('deactivate', { fingerprint: 'host-a' })
    expect((await refused(license, first, 'host-c')).problem.code).toBe('activation.not_active')
    const stranger = await center.bought('seats', 1)
    expect((await refused(stranger, first, 'host-c')).problem.code).toBe('activation.not_found')
  })

  it('races with releases and others without losing or doubling a unit', async () => {
    for (let round = 0; round < 4; round++) {
      const { license, first } = await activated('seats', 1)
      await Promise.all([
        post(license, 'rebind', { activation_id: first, fingerprint: at(license, 'host-b') }),
        post(license, 'release', { activation_id: first }),
        post(license, 'rebind', { activation_id: first, fingerprint: at(license, 'host-c') }),
        license.ask('activate', { fingerprint: at(license, 'host-d') }),
        license.ask('deactivate', { fingerprint: 'host-a' }),
      ])
      expect((await unitsOf(license)).length).toBeLessThanOrEqual(1)
    }
  })

  it('is seen whole by checks meanwhile: never are both bound, and the old one not after (C08)', async () => {
    const { license, first } = await activated('seats', 1)
    const check = (fingerprint: string) => license.ask('validate', { fingerprint })
    const during = Promise.all(
      Array.from({ length: 12 }, async () => {
        // The newcomer first: once it is bound, the old one must not be any more.
        const newcomer = (await check(at(license, 'host-b'))).code
        const old = (await check('host-a')).code
        return `${newcomer} ${old}`
      }),
    )
    await moved(license, first, 'host-b')
    expect(await during).not.toContain('VALID VALID')
    expect((await check('host-a')).code).toBe('FINGERPRINT_MISMATCH')
  })
})

describe('a machine that shows the key', () => {
  it('takes the place of the one of its name, with the address of the customer (S82)', async () => {
    const { license } = await activated('seats', 1)
    const email = demoCustomer(license.customer).email
    const fingerprint = at(license, 'host-b')
    const asked = { fingerprint, name: 'Database', email }
    const done = await license.ask('rebind', asked)
    expect(done).toMatchObject({ code: 'VALID', rebind: { state: 'approved' } })
    expect((await license.ask('rebind', asked)).rebind?.id).toBe(done.rebind?.id)
    expect(await unitsOf(license)).toEqual(['host-b'])
  })

  it('waits for an operator without that address, and is told which to name', async () => {
    const { license, first } = await activated('seats', 1)
    const fingerprint = at(license, 'host-b')
    const problem = await license.problem('rebind', { fingerprint })
    expect(problem.errors).toMatchObject([{ pointer: '/activation_id' }])
    const asked = await license.ask('rebind', { fingerprint, activation_id: first })
    expect(asked).toMatchObject({ valid: false, token: null, rebind: { state: 'requested' } })
    const elsewhere = { fingerprint, activation_id: first, product: 'other' }
    expect(await license.ask('rebind', elsewhere)).toMatchObject({ code: 'WRONG_PRODUCT' })
  })
})

describe('isSameMailbox()', () => {
  it.each([
    ['a@x.com', 'a@X.COM', true],
    ['A@x.com', 'a@x.com', false],
    ['a+tag@x.com', 'a@x.com', false],
    ['i@x.com', 'ı@x.com', false],
    ['a@xn--80ak6aa92e.com', 'a@apple.com', false],
    ['а@x.com', 'a@x.com', false],
    ['I@X.com', 'İ@x.com', false],
  ])('T14: %s and %s: %s', (one, other, expected) => {
    expect(isSameMailbox(one, other)).toBe(expected)
  })
})

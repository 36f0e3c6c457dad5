/** The operator's queue of rebinds by command line (S82): one decides, both ends are told, the log says why (S33). */
import { like } from 'drizzle-orm'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { AllocationList } from '../../../../server/contract/allocations.ts'
import { InstallationList, Rebind } from '../../../../server/contract/installations.ts'
import { mails } from '../../../../server/db/schema.ts'
import { useOperatorLine } from '../../../support/use-operator-line.ts'
import { useVault } from '../../../support/use-center.ts'
import { type Bought } from '../../../support/vault.ts'

const center = useVault()
const line = useOperatorLine(center)

const WISH = 'The disk of "db-01" died.'
const accountable = (reason: string) => ['--as', 'mia', '--reason', reason, '--json'] as const

/** By a colleague whose address is not the customer's: a person has to look. */
async function waiting(): Promise<{ license: Bought; asked: Rebind }> {
  const license = await center.bought('seats', 1)
  const { activation } = await license.ask('activate', { fingerprint: 'host-a', name: 'Database' })
  const answer = await center.colleagueOf(license).send(`licenses/${license.id}/rebind`, {
    body: {
      activation_id: activation?.id,
      fingerprint: `host-b of ${license.id}`,
      name: 'Database',
      reason: WISH,
    },
  })
  const asked = Rebind.parse(await answer.json())
  expect(asked.state).toBe('requested')
  return { license, asked }
}

async function activeOn({ owner, id }: Bought): Promise<string[]> {
  const answer = await owner.send(`licenses/${id}/activations?state=active`)
  const { data } = InstallationList.parse(await answer.json())
  return data.map(({ fingerprint }) => fingerprint.replace(` of ${id}`, ''))
}

/** Who is told of the decision, and whether the mail names the reason. */
async function toldOf({ id }: Rebind, state: string) {
  const rows = await center.system.deps.db.orm
    .select()
    .from(mails)
    .where(like(mails.reference, `${id} ${state}%`))
  return rows.map(({ recipient, data }) => ({ recipient, says: JSON.stringify(data) }))
}

async function logOf({ owner, id }: Bought) {
  const answer = await owner.send(`allocations?license=${id}`)
  const { data } = AllocationList.parse(await answer.json())
  return data.map(({ event, reason }) => (reason === null ? event : `${event}: ${reason}`))
}

describe('rebind approve', () => {
  it('lets the new installation take the unit at once; both ends are told, and again changes nothing', async () => {
    const { license, asked } = await waiting()
    const listed = (await line.run('rebind', 'list', '--json')).json()
    expect(listed).toEqual([expect.objectContaining({ id: asked.id, note: WISH })])
    const approve = () => line.run('rebind', 'approve', asked.id, ...accountable('Asked by phone.'))
    const first = await approve()
    expect([first.exit, Object(first.json()).state]).toEqual([0, 'approved'])
    expect((await approve()).json()).toEqual(first.json())
    expect(await activeOn(license)).toEqual(['host-b'])
    const told = await toldOf(asked, 'approved')
    expect(told.map(({ recipient }) => recipient).toSorted()).toEqual([
      expect.stringContaining('customer-'),
      'desk@vault.example',
    ])
    expect((await line.run('rebind', 'list', '--json')).json()).toEqual([])
    expect(await logOf(license)).toEqual([
      'rebind_approved: Asked by phone.',
      'rebound: Asked by phone.',
      `rebind_requested: ${WISH}`,
      'activated',
      'key_revealed',
      'issued',
    ])
  })
})

describe('rebind deny', () => {
  it('leaves everything as it is, tells both ends why, and the export has the reason', async () => {
    const { license, asked } = await waiting()
    const reason = 'We do not know this address.'
    const denied = await line.run('rebind', 'deny', asked.id, ...accountable(reason))
    expect([denied.exit, Object(denied.json()).state]).toEqual([0, 'denied'])
    expect(await activeOn(license)).toEqual(['host-a'])
    const told = await toldOf(asked, 'denied')
    expect(told).toHaveLength(2)
    for (const { says } of told) expect(says).toContain(reason)
    const approved = await line.run('rebind', 'approve', asked.id, ...accountable('Too late.'))
    expect([approved.exit, Object(approved.json()).error.code]).toEqual([1, 'rebind.decided'])
    expect((await logOf(license))[0]).toBe(`rebind_denied: ${reason}`)
    const csv = await (await license.owner.send(`allocations.csv?license=${license.id}`)).text()
    const { data } = Papa.parse<Record<string, string>>(csv.slice(1), { header: true })
    expect(data[0]?.['Reason']).toBe(reason)
  })

  it('needs a reason and a wish that exists', async () => {
    const { asked } = await waiting()
    expect((await line.run('rebind', 'deny', asked.id, '--as', 'mia')).exit).not.toBe(0)
    const nobody = `reb_${'0'.repeat(26)}`
    const missed = await line.run('rebind', 'deny', nobody, ...accountable('No.'))
    expect([missed.exit, Object(missed.json()).error.code]).toEqual([1, 'rebind.not_found'])
    expect((await line.run('rebind', 'deny', asked.id, ...accountable('No.'))).exit).toBe(0)
  })
})

it('what operators write about a hold is not for the log of its customer', async () => {
  const license = await center.bought('seats', 1)
  await center.decided(license.id, 'suspend')
  expect(await logOf(license)).toEqual(['suspended', 'key_revealed', 'issued'])
})

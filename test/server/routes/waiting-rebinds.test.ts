/** A rebind that waits for an operator, and what else is wished for the same installation meanwhile (S82). */
import { expect, it } from 'vitest'
import { InstallationList, Rebind } from '../../../server/contract/installations.ts'
import { Problem } from '../../../server/contract/shared.ts'
import { useVault } from '../../support/use-center.ts'
import { type Bought } from '../../support/vault.ts'

const center = useVault()

/** By somebody who is not proved to have the customer’s address: a person has to look. */
async function waiting() {
  const license = await center.bought('seats', 1)
  const { activation } = await license.ask('activate', { fingerprint: 'host-a', name: 'Database' })
  const colleague = { ...license, owner: center.colleagueOf(license) }
  const wish = (to: string, by: Bought = colleague) =>
    by.owner.send(`licenses/${license.id}/rebind`, {
      body: { activation_id: activation?.id, fingerprint: `${to} of ${license.id}` },
    })
  const asked = Rebind.parse(await (await wish('host-b')).json())
  expect(asked.state).toBe('requested')
  return { license, wish, asked }
}

it('is one for each installation: another wish is refused until it is withdrawn', async () => {
  const { license, wish, asked } = await waiting()
  const refused = await wish('host-c')
  expect([refused.status, Problem.parse(await refused.json()).code]).toEqual([
    409,
    'rebind.waiting',
  ])
  expect(await (await wish('host-b')).json()).toEqual(asked)
  const body = { rebind_id: asked.id }
  await license.owner.send(`licenses/${license.id}/rebind/withdraw`, { body })
  expect(Rebind.parse(await (await wish('host-c')).json()).state).toBe('requested')
})

it('does not keep its customer from what they may do by themselves', async () => {
  const { license, wish } = await waiting()
  expect(Rebind.parse(await (await wish('host-c', license)).json()).state).toBe('approved')
  const answer = await license.owner.send(`licenses/${license.id}/activations?state=active`)
  const { data } = InstallationList.parse(await answer.json())
  expect(data.map(({ fingerprint }) => fingerprint)).toEqual([`host-c of ${license.id}`])
})

it('is still the same wish when nobody has looked for more than a month', async () => {
  const { wish, asked } = await waiting()
  const { clock } = center.system
  clock.moveTo(clock.now().add({ hours: 31 * 24 }))
  const again = Rebind.parse(await (await wish('host-b')).json())
  expect([again.id, again.state]).toEqual([asked.id, 'requested'])
})

/** What operators give: trials and favours, and codes for consoles and for hosts without a network (S10, S22, S34). */
import { describe, expect, it } from 'vitest'
import { Redeemed } from '../../../../server/contract/activation-codes.ts'
import { airGappedHost } from '../../../support/air-gapped-host.ts'
import type { Buyer } from '../../../support/buyer.ts'
import { BECAUSE } from '../../../support/operator-line.ts'
import { useOperatorLine } from '../../../support/use-operator-line.ts'
import { useVault } from '../../../support/use-center.ts'

const center = useVault()
const line = useOperatorLine(center)

const SEATS = ['--product', 'vault', '--plan', 'seats', '--quantity', '2'] as const
const grant = (...words: readonly string[]) =>
  line.run('license', 'grant', ...words, ...BECAUSE, '--json')
const issue = (...words: readonly string[]) =>
  line.run('activation-code', 'issue', ...words, ...BECAUSE, '--json')

async function registrationOf(buyer: Buyer): Promise<string> {
  const answer = await buyer.send('registration-code')
  return ((await answer.json()) as { registration_code: string }).registration_code
}

describe('license grant', () => {
  const toAda = ['--email', 'ada@acme.example', '--customer', 'ada'] as const

  it('gives a trial of so many days, which its customer has in the console; the same reference is the same license', async () => {
    const words = [...SEATS, ...toAda, '--days', '14', '--reference', 'trial-1']
    const given = (await grant(...words)).json() as { id: string; expires_at: string }
    const now = center.system.deps.now().epochMilliseconds
    expect(given).toMatchObject({ plan: 'seats', total: 2 })
    const days = (Date.parse(given.expires_at) - now) / 86_400_000
    expect(Math.round(days)).toBe(14)
    expect((await grant(...words)).json()).toEqual(given)
    const ada = center.as('vault', 'ada')
    expect((await ada.licenses()).count).toBe(1)
    expect(await ada.license(given.id)).toMatchObject({ status: 'active', order_id: null })
  })

  it('gives nothing that is not sold, too long, doubled, or without a reason', async () => {
    const ended = async (...words: readonly string[]) => {
      const { exit, json } = await grant(...words, '--reference', 'none')
      return [exit, Object(json()).error.code]
    }
    const bob = ['--email', 'bob@acme.example', '--customer', 'bob'] as const
    const noPlan = ['--product', 'vault', '--plan', 'nothing', '--quantity', '1']
    expect(await ended(...noPlan, ...bob)).toEqual([1, 'request.invalid'])
    expect(await ended(...SEATS, ...bob, '--months', '61')).toEqual([1, 'request.invalid'])
    const both = ['--months', '1', '--days', '1']
    expect(await ended(...SEATS, ...bob, ...both)).toEqual([1, 'request.invalid'])
    expect((await ended(...SEATS, ...bob, '--days', 'ten'))[0]).toBe(2)
    const silent = ['license', 'grant', ...SEATS, ...bob, '--reference', 'none']
    expect((await line.run(...silent)).exit).toBe(2)
    expect((await center.as('vault', 'bob').licenses()).count).toBe(0)
  })
})

describe('activation-code issue', () => {
  it('answers the code of a console with one that gives its customer a license', async () => {
    const buyer = center.as('vault', 'console')
    const words = ['--registration-code', await registrationOf(buyer), ...SEATS]
    const first = await issue(...words, '--reference', 'ticket-1')
    const { activation_code: code } = first.json() as { activation_code: string }
    expect((await issue(...words, '--reference', 'ticket-1')).json()).toEqual(first.json())
    const redeemed = await buyer.send('activation-codes/redeem', {
      body: { activation_code: code },
    })
    const { license_id: id } = Redeemed.parse(await redeemed.json())
    expect(await buyer.license(id)).toMatchObject({ plan: 'seats', total: 2 })
  })

  it('answers the code of a host without a network with one that starts it, for a license that exists', async () => {
    const { id, owner } = await center.bought('seats', 1)
    const jwks = await fetch(`${center.system.origin}/.well-known/license-jwks.json`)
    const { keys } = (await jwks.json()) as { keys: JsonWebKey[] }
    const host = airGappedHost('vault', 'cellar', keys)
    const words = ['--registration-code', await host.register(), '--license', id, '--name', 'db-1']
    const done = (await issue(...words)).json() as { activation_code: string; activation: string }
    expect(host.activate(done.activation_code)).toMatchObject({ plan: 'seats', total: 1 })
    expect(await owner.license(id)).toMatchObject({ in_use: 1 })
    expect((await issue(...words)).json()).toMatchObject({ activation: done.activation })
    const second = airGappedHost('vault', 'attic', keys)
    const full = await issue('--registration-code', await second.register(), '--license', id)
    expect(full.json()).toMatchObject({ error: { code: 'license.limit_reached' } })
  })

  it('names the line that was mistyped, and the license that does not exist', async () => {
    const buyer = center.as('vault', 'typist')
    const right = await registrationOf(buyer)
    const typed = right.replace(/[0-9]/, (digit) => String((Number(digit) + 1) % 10))
    const wrong = await issue('--registration-code', typed, ...SEATS, '--reference', 'ticket-2')
    expect(wrong.json()).toMatchObject({ error: { code: 'request.invalid' } })
    const none = ['--license', 'lic_00000000000000000000000000']
    const missing = await issue('--registration-code', right, ...none)
    expect(missing.json()).toMatchObject({ error: { code: 'license.not_found' } })
  })
})

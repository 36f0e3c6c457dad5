/** Method 2 (S34): a license without a payment, by a registration code and an activation code. */
import { describe, expect, it } from 'vitest'
import { Redeemed } from '../../../server/contract/activation-codes.ts'
import { Problem } from '../../../server/contract/shared.ts'
import type { GrantTerms } from '../../../server/domain/grant.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { issueActivationCode } from '../../../server/usecases/activation-codes.ts'
import { grantLicense } from '../../../server/usecases/grant-license.ts'
import type { Buyer } from '../../support/buyer.ts'
import { createInstallation } from '../../support/installation.ts'
import { useVault } from '../../support/use-center.ts'

const center = useVault()

const SEATS: GrantTerms = { plan: 'seats', quantity: 3, months: null, days: null }
const ACT = { actor: 'operator:mia', reason: 'A partner.' } as const

function vault() {
  const product = center.system.catalogue.products.find(({ id }) => id === 'vault')
  if (product === undefined) throw new Error('nothing is sold')
  return product
}
async function registrationOf(buyer: Buyer): Promise<string> {
  const answer = await buyer.send('registration-code')
  return ((await answer.json()) as { registration_code: string }).registration_code
}
async function issued(buyer: Buyer, reference: string, terms = SEATS) {
  const registrationCode = await registrationOf(buyer)
  const command = { registrationCode, terms, reference, validDays: 30, ...ACT }
  return issueActivationCode(center.system.deps, vault(), command)
}
const redeem = (buyer: Buyer, code: string) =>
  buyer.send('activation-codes/redeem', { body: { activation_code: code } })
async function refusal(buyer: Buyer, code: string) {
  return Problem.parse(await (await redeem(buyer, code)).json())
}

describe('an activation code', () => {
  it('brings its customer a license that works at once, without any order before it', async () => {
    const buyer = center.as('vault', 'partner')
    const { code } = await issued(buyer, 'ticket-1')
    expect(code.replaceAll('-', '')).toHaveLength(19)
    const { license_id } = Redeemed.parse(await (await redeem(buyer, code.toLowerCase())).json())
    const license = await buyer.license(license_id)
    expect(license).toMatchObject({ plan: 'seats', total: 3, status: 'active', order_id: null })
    expect(license.renewal_mode).toBe('manual')
    const shown = await buyer.send(`licenses/${license_id}/reveal`, { method: 'POST' })
    const { key } = (await shown.json()) as { key: string }
    const product = createInstallation({ origin: center.system.origin, key, product: 'vault' })
    expect((await product.ask('activate', { fingerprint: 'a' })).code).toBe('VALID')
  })

  it('is one license, however often and by however many tabs it is redeemed', async () => {
    const buyer = center.as('vault', 'tabs')
    const { code } = await issued(buyer, 'ticket-2')
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(buyer, code)))
    const ids = await Promise.all(
      answers.map(async (answer) => Redeemed.parse(await answer.json()).license_id),
    )
    expect(new Set(ids).size).toBe(1)
    expect((await buyer.licenses()).count).toBe(1)
  })

  it('is for nobody else, not even with the code in hand (T01)', async () => {
    const { code } = await issued(center.as('vault', 'mine'), 'ticket-3')
    expect(await refusal(center.as('vault', 'thief'), code)).toMatchObject({
      status: 404,
      code: 'activation_code.not_found',
    })
    expect((await refusal(center.as('other', 'mine'), code)).status).toBe(404)
  })

  it('is issued once for each reference, and can be printed again', async () => {
    const buyer = center.as('vault', 'again')
    const first = await issued(buyer, 'ticket-4')
    expect((await issued(buyer, 'ticket-4')).code).toBe(first.code)
    expect((await issued(buyer, 'ticket-5')).code).not.toBe(first.code)
  })

  it('ends on the day that it says, and is told apart from what is no such code', async () => {
    const buyer = center.as('vault', 'late')
    const { code } = await issued(buyer, 'ticket-6')
    const mistyped = code.replace(/.$/, (last) => (last === '7' ? '8' : '7'))
    expect((await refusal(buyer, mistyped)).errors).toEqual([
      { pointer: '/activation_code', detail: 'Look again at line 1.' },
    ])
    expect((await refusal(buyer, await registrationOf(buyer))).errors?.[0]?.detail).toBe(
      'This is the registration code of a console.',
    )
    await center.system.advance('P30D')
    expect(await refusal(buyer, code)).toMatchObject({
      status: 410,
      code: 'activation_code.expired',
    })
  })
})

describe('a grant', () => {
  const grantTo = (name: string, terms: GrantTerms, reference: string) =>
    grantLicense(center.system.deps, vault(), {
      recipient: {
        subject: name,
        email: `${name}@acme.test`,
        name: null,
        zone: null,
        locale: null,
      },
      terms,
      reference,
      ...ACT,
    })

  it('is given once for each reference, also by two operators at once (S10, S34)', async () => {
    const [one, other] = await Promise.all([
      grantTo('g1', SEATS, 'contract-1'),
      grantTo('g1', SEATS, 'contract-1'),
    ])
    expect(other.id).toBe(one.id)
    expect((await grantTo('g1', SEATS, 'contract-1')).id).toBe(one.id)
    expect((await center.as('vault', 'g1').licenses()).count).toBe(1)
  })

  it('lasts days or months as the operator says, else as the plan does (S10)', async () => {
    const trial = await grantTo('g2', { ...SEATS, days: 14 }, 'trial-1')
    expect(trial.activatedAt.until(trial.endsAt).total('hours')).toBe(14 * 24)
    const moves = { plan: 'moves', quantity: 1, days: null }
    const usual = await grantTo('g2', { ...moves, months: null }, 'moves-1')
    const longer = await grantTo('g2', { ...moves, months: 6 }, 'moves-2')
    const months = (license: typeof usual) =>
      license.activatedAt
        .toZonedDateTimeISO('UTC')
        .until(license.endsAt.toZonedDateTimeISO('UTC'), { largestUnit: 'month' }).months
    expect([months(usual), months(longer)]).toEqual([3, 6])
    expect([usual.renewalMode, trial.renewalMode]).toEqual([null, 'manual'])
  })

  it('brings no complimentary licenses, and costs nothing (S22)', async () => {
    await grantTo('g3', SEATS, 'contract-3')
    const { data } = await center.as('vault', 'g3').licenses()
    expect(data.map(({ type, complimentary_of }) => [type, complimentary_of])).toEqual([
      ['seats', null],
    ])
  })

  it.each([
    ['/plan', { ...SEATS, plan: 'nothing' }],
    ['/quantity', { ...SEATS, quantity: 0 }],
    ['/quantity', { ...SEATS, quantity: 10_001 }],
    ['/days', { ...SEATS, months: 1, days: 1 }],
    ['/months', { ...SEATS, months: 61 }],
  ])('is refused where %s is at fault', async (pointer, terms) => {
    const refused = await Promise.resolve()
      .then(() => grantTo('g4', terms, 'never'))
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toMatchObject({ detail: { errors: [{ pointer }] } })
  })
})

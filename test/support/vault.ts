/** A center that sells to installed products: seats, floating seats, one-time units. */
import { isId } from '../../server/domain/ids.ts'
import { holdLicense, type Hold } from '../../server/usecases/hold-license.ts'
import type { Buyer } from './buyer.ts'
import { createInstallation, type Installation } from './installation.ts'
import { startTestSystem, type TestSystem, type TestSystemOptions } from './system.ts'

export const VAULT_CATALOGUE = `
products:
  - id: vault
    name: Vault
    publishable_keys: [pk_test_vault]
    home_url: http://localhost/console/
    key_prefix: VAULT
    support_email: desk@vault.example
    currencies: [USD]
    check_notices: { EXPIRED: 'Ask your account manager.' }
    plans:
      - id: seats
        name: Seats
        type: seats
        auto_renewal: choice
        entitlements: [export, sso]
        prices: [{ currency: USD, cycle: month, unit_amount: 1900 }]
      - id: floating
        name: Floating
        type: seats
        auto_renewal: choice
        heartbeat_minutes: 60
        file_days: 5
        prices: [{ currency: USD, cycle: month, unit_amount: 2900 }]
      - id: guarded
        name: Guarded
        type: seats
        auto_renewal: choice
        unusual_activation: { new_installations: 3, networks: 1, within_hours: 24 }
        prices: [{ currency: USD, cycle: month, unit_amount: 1900 }]
      - id: moves
        name: Moves
        type: moves
        one_time: true
        validity_months: 3
        prices: [{ currency: USD, unit_amount: 12000 }]
  - id: other
    name: Other
    publishable_keys: [pk_test_other]
    home_url: http://localhost/other/
    key_prefix: OTHER
    currencies: [USD]
    plans:
      - id: seats
        name: Seats
        type: seats
        auto_renewal: choice
        prices: [{ currency: USD, cycle: month, unit_amount: 1900 }]
`
export interface Bought extends Installation {
  /** Of the license. */
  readonly id: string
  readonly key: string
  /** The customer, in the console. */
  readonly owner: Buyer
  /** The host's id of that customer. */
  readonly customer: string
}

export interface Vault extends TestSystem {
  /** A fresh customer buys the plan; its installation holds the key that the console shows. */
  bought(plan: string, quantity: number): Promise<Bought>
  decided(licenseId: string, hold: Hold): Promise<void>
  /** Acts for the same customer, with an address of their own. */
  colleagueOf(license: Bought): Buyer
}

export async function startVault(
  options: Pick<TestSystemOptions, 'databaseUrl'> = {},
): Promise<Vault> {
  const center = await startTestSystem({
    ...options,
    catalogue: VAULT_CATALOGUE,
    startsAt: '2031-01-10T09:00:00Z',
  })
  let customers = 0
  return {
    ...center,
    bought: (plan, quantity) => bought(center, `customer-${++customers}`, plan, quantity),
    colleagueOf: ({ customer }) =>
      center.as('vault', customer, { email: 'colleague@elsewhere.example' }),
    decided: async (id, hold) => {
      if (!isId('lic', id)) throw new Error(id)
      await holdLicense(center.system.deps, id, { hold, actor: 'operator:mia', reason: 'A test.' })
    },
  }
}

async function bought(
  center: TestSystem,
  customer: string,
  plan: string,
  quantity: number,
): Promise<Bought> {
  const buyer = center.as('vault', customer)
  const order = await buyer.buy({
    plan,
    quantity,
    ...(plan === 'moves' ? {} : { cycle: 'month', auto_renew: false }),
  })
  await center.pay(order)
  const { licenses } = await buyer.follow(order.id, 10)
  const id = licenses[0] ?? ''
  const revealed = await buyer.send(`licenses/${id}/reveal`, { method: 'POST' })
  const { key } = (await revealed.json()) as { key: string }
  return {
    id,
    key,
    owner: buyer,
    customer,
    ...createInstallation({ origin: center.system.origin, key, product: 'vault' }),
  }
}

/** What is sold in the simulated world: few units of each promo code, so that people race for them. */
import { CatalogueDocument } from '../../../server/domain/catalogue.ts'

export const HOST_SECRET = new TextEncoder().encode('the-secret-of-every-simulated-host')
export const CENTER_ORIGIN = 'http://center.example'

const place = {
  origins: ['http://host.example'],
  home_url: 'http://host.example/console',
  host_keys: [{ kid: 'host', alg: 'HS256', secret_env: 'HOST' }],
}
const dr = (month: number) => ({
  id: 'dr',
  name: 'DR License',
  type: 'dr',
  auto_renewal: 'choice',
  prices: [
    { currency: 'USD', cycle: 'month', unit_amount: month },
    { currency: 'USD', cycle: 'year', unit_amount: month * 10 },
    { currency: 'JPY', cycle: 'month', unit_amount: month },
    { currency: 'KWD', cycle: 'month', unit_amount: month * 3 + 10 },
  ],
  complimentary: [{ plan: 'failback' }],
})
const failback = {
  id: 'failback',
  name: 'Failback License',
  type: 'failback',
  one_time: true,
  one_time_note: true,
  validity_months: 3,
  prices: [{ currency: 'USD', unit_amount: 9000 }],
}

/** Units go back when their installation is silent; see `invariants/of-installations.ts`. */
const float = {
  id: 'float',
  name: 'Floating License',
  type: 'dr',
  auto_renewal: 'choice',
  heartbeat_minutes: 60,
  prices: [{ currency: 'USD', cycle: 'month', unit_amount: 9900 }],
}

/** Paid by the day after its end; see `invariants/of-meters.ts`. */
const metered = {
  id: 'metered',
  name: 'Metered License',
  type: 'dr',
  auto_renewal: 'choice',
  prices: [{ currency: 'USD', cycle: 'month', unit_amount: 5000 }],
  pay_per_use: [{ currency: 'USD', unit_amount: 300 }],
}

/** @param version  another price each; 1 is in force when a schedule begins */
export function catalogueOf(version: number): CatalogueDocument {
  return CatalogueDocument.parse({
    products: [
      {
        ...place,
        id: 'recover',
        name: 'Recover',
        publishable_keys: ['pk_recover'],
        key_prefix: 'RCVR',
        currencies: ['USD', 'JPY', 'KWD'],
        plans: [dr(7500 + 10 * (version - 1)), failback, float, metered],
      },
      {
        ...place,
        id: 'studio',
        name: 'Studio',
        publishable_keys: ['pk_studio'],
        key_prefix: 'STUDIO',
        time_zone: 'Europe/Berlin',
        currencies: ['USD'],
        tax: { name: 'VAT', rate_bp: 1900, mode: 'exclusive' },
        promo_codes: [
          { code: 'ONCE', percent_bp: 1000, max_uses: 1 },
          { code: 'TWICE', amount: { currency: 'USD', minor: 333 }, max_uses: 2 },
          { code: 'GIFT', percent_bp: 10_000, max_uses: 3, max_uses_per_customer: 1 },
        ],
        plans: [
          {
            id: 'solo',
            name: 'Studio Solo',
            type: 'studio',
            auto_renewal: 'choice',
            renewal_basis: 'skip_stopped',
            prices: [
              { currency: 'USD', cycle: 'month', unit_amount: 1900 + version - 1 },
              { currency: 'USD', cycle: 'year', unit_amount: 19_000 },
            ],
          },
        ],
      },
    ],
  })
}

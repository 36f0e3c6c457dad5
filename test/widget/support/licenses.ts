/** Builders for what the License Center answers about licenses, and the part of it that lists them. */
import type { Catalogue, CataloguePlan } from '../../../server/contract/catalogue.ts'
import type { License, LicenseList } from '../../../server/contract/licenses.ts'

export const NOW = '2026-11-21T10:00:00Z'

/** A valid, newly bought DR license of five units. */
export function aLicense(given: Partial<License> = {}): License {
  return {
    id: 'lic_01k9zq3v7te9yb2h5m8r4x6c1d',
    product: 'recover',
    plan: 'dr',
    plan_name: 'DR License',
    type: 'dr',
    total: 5,
    in_use: 2,
    reserved: given.in_use ?? 2,
    consumed: 0,
    service_life_days: 31,
    activated_at: '2026-11-12T08:30:00Z',
    expires_at: '2026-12-13T08:30:00Z',
    grace_until: null,
    status: 'active',
    expiring: false,
    renewal_mode: 'manual',
    next_charge_at: null,
    cycle: 'month',
    one_time: false,
    kind: 'paid',
    complimentary_of: null,
    order_id: 'ord_01k9zq2m4qfd8s7w3n5p0t9v6b',
    key_last4: 'WXYZ',
    time_zone: 'Asia/Shanghai',
    next_total: null,
    lost_days: 0,
    renewal: null,
    auto_renewal: null,
    pay_per_use: null,
    ...given,
  }
}

export function aFailback(given: Partial<License> = {}): License {
  return aLicense({
    id: 'lic_01k9zq3v7xfb2k6n9q1s4t7w0y',
    plan: 'failback',
    plan_name: 'Failback License',
    type: 'failback',
    in_use: 0,
    cycle: null,
    one_time: true,
    renewal_mode: null,
    kind: 'complimentary',
    complimentary_of: 'ord_01k9zq2m4qfd8s7w3n5p0t9v6b',
    key_last4: '7Q2M',
    ...given,
  })
}

/** What the License Center would answer to `GET licenses?…`: filtered, sorted, one page of it. */
export function listOf(licenses: readonly License[], path: string, now = NOW): LicenseList {
  const query = new URL(path, 'https://center.test').searchParams
  const wanted = (name: string) => query.get(name)
  const matching = licenses.filter(
    (license) =>
      (wanted('type') ?? license.type) === license.type &&
      (wanted('renewal_mode') ?? license.renewal_mode) === license.renewal_mode &&
      (wanted('status') ?? labelOf(license)).split(',').includes(labelOf(license)) &&
      JSON.stringify(license).includes(wanted('q') ?? '') &&
      daysLeft(license, now) <= Number(wanted('expires_within') ?? Infinity) &&
      license.expires_at.slice(0, 10) >= (wanted('expires_from') ?? '') &&
      license.expires_at.slice(0, 10) <= (wanted('expires_to') ?? '9999'),
  )
  const sort = wanted('sort') ?? 'expires_at'
  const sorted = matching.toSorted((a, b) => compare(a, b, sort.replace('-', '')))
  if (sort.startsWith('-')) sorted.reverse()
  const from = Number(wanted('cursor') ?? 0)
  const to = from + Number(wanted('limit') ?? 20)
  const next_cursor = to < sorted.length ? String(to) : null
  return { data: sorted.slice(from, to), next_cursor, count: sorted.length, unused_soon: null, now }
}

export function aCatalogue(given: Partial<Catalogue> = {}): Catalogue {
  return {
    product: { id: 'recover', name: 'Recover', home_url: 'https://console.example.com/' },
    version: 'cat_1',
    currencies: ['USD'],
    plans: [
      aPlan({ id: 'dr', name: 'DR License', type: 'dr', complimentary: [{ plan: 'failback' }] }),
      aPlan({ id: 'failback', name: 'Failback License', type: 'failback', one_time: true }),
    ],
    notices: {},
    links: { contact: '', refund_policy: '', terms: '', privacy: '', support: '' },
    sandbox: true,
    now: NOW,
    ...given,
  }
}

export function aPlan(given: Partial<CataloguePlan> = {}): CataloguePlan {
  return {
    id: 'dr',
    name: 'DR License',
    type: 'dr',
    one_time: false,
    cycles: [],
    auto_renewal: 'never',
    validity_months: 3,
    quantity: { min: 1, max: 1000, step: 1 },
    prices: [{ currency: 'USD', cycle: null, unit_amount: 9000, tiers: [] }],
    complimentary: [],
    ...given,
  }
}

function labelOf({ status, expiring }: License): string {
  return status === 'active' && expiring ? 'expiring' : status
}

function daysLeft({ expires_at }: License, now: string): number {
  return (Date.parse(expires_at) - Date.parse(now)) / 86_400_000
}

function compare(a: License, b: License, column: string): number {
  const [left, right] = [a, b].map((license) => new Map(Object.entries(license)).get(column))
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left).localeCompare(String(right))
}

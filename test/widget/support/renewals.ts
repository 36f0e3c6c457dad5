/** A center with licenses to renew: what it answers follows from what it is asked, by simple rules. */
import type { License, LicenseExpiries } from '../../../server/contract/licenses.ts'
import type { Order } from '../../../server/contract/orders.ts'
import type { PaymentMethod } from '../../../server/contract/payment-methods.ts'
import type { QuoteRequest } from '../../../server/contract/quotes.ts'
import type { RenewalModeRequest } from '../../../server/contract/renewals.ts'
import { groupBy } from '../../../server/domain/group-by.ts'
import type { RenewalDay } from '../../../widget/api/renewal-client.ts'
import { answer, type Call, problem } from './fake-center.ts'
import { order as anOrder } from './fixtures.ts'
import { quoted, renewalQuote } from './renewal-quote.ts'
import { aCatalogue, aLicense, aPlan, listOf, NOW } from './licenses.ts'

const UNIT_MINOR = 7500
const DAY_MS = 86_400_000

/** What the customer has, chosen and saved; tests change it while the element is open. */
export const desk: {
  licenses: readonly License[]
  day: RenewalDay
  methods: readonly PaymentMethod[]
  order: Order | null
} = { licenses: [], day: 1, methods: [], order: null }

export const VISA: PaymentMethod = {
  id: 'pm_visa',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  expires: '2030-12',
  is_default: true,
}

/** A DR license that can be renewed, by hand unless said otherwise. */
export function aRenewable(given: Partial<License> = {}): License {
  const base = aLicense(given)
  const amount = base.total * UNIT_MINOR
  return {
    ...base,
    renewal: {
      possible: true,
      reason: null,
      sentence: null,
      open_order_id: null,
      amount,
      currency: 'USD',
      can_add_units: true,
      upgrades: [],
      undo: null,
    },
    auto_renewal: {
      available: true,
      reason: null,
      state: base.renewal_mode === 'auto' ? 'due' : 'off',
      amount,
      currency: 'USD',
      charge_at: new Date(Date.parse(base.expires_at) - 7 * DAY_MS)
        .toISOString()
        .replace('.000', ''),
      method: base.renewal_mode === 'auto' ? { brand: 'visa', last4: '4242' } : null,
      failure: null,
    },
    pay_per_use: {
      available: false,
      reason: 'no_rate',
      daily_rate: 0,
      currency: 'USD',
      metering: false,
      since: null,
      days: 0,
      amount: 0,
    },
    ...given,
  }
}

export const licenseId = (n: number) => `lic_${String(n).padStart(26, '0')}`

/** One after the other in each of the twelve months after today, and then again. */
export function renewables(count: number, given: Partial<License> = {}): License[] {
  return Array.from({ length: count }, (_, n) =>
    aRenewable({
      id: licenseId(n),
      total: 1 + (n % 9),
      expires_at: new Date(Date.UTC(2026, 11 + (n % 11), 1 + ((n * 5) % 28), 8, 30))
        .toISOString()
        .replace('.000', ''),
      time_zone: 'UTC',
      ...given,
    }),
  )
}

/** The whole table of answers, of which a test replaces rows. */
export function openRenewals(
  licenses: readonly License[] = renewables(12),
  more: Parameters<typeof answer>[0] = {},
): void {
  Object.assign(desk, { licenses, day: 1, methods: [VISA], order: null })
  answer({
    'GET catalogue': aCatalogue({
      plans: [aPlan({ id: 'dr', name: 'DR License', type: 'dr', cycles: ['month', 'year'] })],
    }),
    'GET licenses': ({ path }: Call) => ({
      ...listOf(desk.licenses, `/${path}`),
      mode_counts: modeCounts(path),
    }),
    'GET licenses/ids': ({ path }: Call) => {
      const { data, count } = listOf(desk.licenses, `/${path}&limit=1000&sort=expires_at`)
      return { ids: data.map(({ id }) => id), count, now: NOW }
    },
    'GET licenses/expiries': ({ path }: Call) => expiriesOf(path),
    'GET renewal-day': () => ({ day: desk.day }),
    'PUT renewal-day': ({ body }: Call) => ({ day: (desk.day = asDay(body)) }),
    'GET payment-methods': () => ({ data: desk.methods }),
    'POST payment-methods': { url: 'https://pay.test/setup' },
    'POST renewals/mode': ({ body }: Call) => setMode(asModeRequest(body)),
    'POST quotes': ({ body }: Call) => renewalQuote(asQuoteRequest(body), desk),
    'POST orders': ({ body }: Call) => placeOrder(body),
    'GET orders/ord_r': () => desk.order ?? problem(404, 'order.not_found'),
    'POST orders/ord_r/cancel': () =>
      (desk.order = renewalOrder({ state: 'canceled', payment_url: null })),
    ...Object.fromEntries(
      licenses.map(({ id }) => [
        `GET licenses/${id}`,
        () => desk.licenses.find((one) => one.id === id) ?? problem(404, 'license.not_found'),
      ]),
    ),
    ...more,
  })
}

/** The payment has arrived: the licenses are what the quote promised. */
export function fulfil(): void {
  const lines = quoted()?.lines ?? []
  desk.licenses = desk.licenses.map((license) => {
    const line = lines.find(({ license_id }) => license_id === license.id)
    return line === undefined ? license : { ...license, expires_at: line.ends_at }
  })
  desk.order = renewalOrder({
    state: 'fulfilled',
    payment_url: null,
    receipt_url: 'https://center.test/orders/t/receipt',
    licenses: lines.flatMap(({ license_id }) => license_id ?? []),
  })
}

export function renewalOrder(change: Partial<Order> = {}): Order {
  const total = quoted()?.total ?? 0
  return anOrder({ id: 'ord_r', kind: 'renewal', total, subtotal: total, ...change })
}

function placeOrder(body: unknown): Order {
  const isSaved = typeof body === 'object' && body !== null && 'payment_method' in body
  desk.order = renewalOrder()
  if (isSaved) fulfil()
  return desk.order ?? renewalOrder()
}

function setMode({ license_ids, mode }: RenewalModeRequest) {
  desk.licenses = desk.licenses.map((license) =>
    license_ids.includes(license.id)
      ? aRenewable({ ...withoutOffers(license), renewal_mode: mode })
      : license,
  )
  return { data: desk.licenses.filter(({ id }) => license_ids.includes(id)) }
}

function withoutOffers(license: License): Partial<License> {
  const { renewal: _renewal, auto_renewal: _auto, ...rest } = license
  return rest
}

function modeCounts(path: string): Record<NonNullable<License['renewal_mode']>, number> {
  const countOf = (mode: string) => {
    const url = new URL(path, 'https://center.test/')
    url.searchParams.set('renewal_mode', mode)
    url.searchParams.delete('cursor')
    return listOf(desk.licenses, url.href).count
  }
  return {
    manual: countOf('manual'),
    auto: countOf('auto'),
    pay_per_use: countOf('pay_per_use'),
    canceled: countOf('canceled'),
  }
}

function expiriesOf(path: string): LicenseExpiries {
  const { data } = listOf(desk.licenses, `/${path}&limit=10000`)
  const ahead = data.filter(({ expires_at }) => expires_at >= NOW)
  const days = groupBy(ahead, ({ expires_at }) => expires_at.slice(0, 10))
  return {
    data: [...days].toSorted().map(([date, group]) => ({
      date,
      count: group.length,
      quantity: group.reduce((sum, { total }) => sum + total, 0),
    })),
    from: '2026-11-21',
    to: '2027-11-21',
    now: NOW,
    time_zone: 'UTC',
  }
}

/** The bodies that the widget sends keep the contract; the server's tests judge that. */
function asQuoteRequest(body: unknown): QuoteRequest {
  return body as QuoteRequest
}
function asModeRequest(body: unknown): RenewalModeRequest {
  return body as RenewalModeRequest
}
function asDay(body: unknown): RenewalDay {
  return (body as { day: RenewalDay }).day
}

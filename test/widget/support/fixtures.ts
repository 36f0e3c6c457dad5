/** Answers of the License Center, typed by the contract: a catalogue with the three license types. */
import type { Catalogue, CataloguePlan, Notices } from '../../../server/contract/catalogue.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { Order } from '../../../server/contract/orders.ts'
import type { Quote, QuoteRequest } from '../../../server/contract/quotes.ts'

export const NOW = '2026-11-21T10:00:00Z'

const notices: Notices = {
  version: 'notices-1',
  items: [
    { title: 'Authorization is non-revocable', text: 'It is not eligible for refund.' },
    { title: 'Notes', text: 'For special requirements, please contact us.' },
  ],
}

const dr: CataloguePlan = {
  id: 'dr',
  name: 'DR License',
  type: 'dr',
  one_time: false,
  cycles: ['month', 'year'],
  auto_renewal: 'choice',
  validity_months: null,
  quantity: { min: 1, max: 10_000, step: 1 },
  prices: [
    { currency: 'USD', cycle: 'month', unit_amount: 7_500, tiers: [] },
    { currency: 'USD', cycle: 'year', unit_amount: 75_000, tiers: [] },
  ],
  complimentary: [{ plan: 'failback' }],
}

const oneTime = (id: string, name: string, unitAmount: number): CataloguePlan => ({
  ...dr,
  id,
  name,
  type: id,
  one_time: true,
  cycles: [],
  auto_renewal: 'never',
  validity_months: 3,
  prices: [{ currency: 'USD', cycle: null, unit_amount: unitAmount, tiers: [] }],
  complimentary: [],
})

export const plans = {
  dr,
  migration: oneTime('migration', 'Migration License', 12_000),
  failback: oneTime('failback', 'Failback License', 9_000),
}

export const catalogue: Catalogue = {
  product: { id: 'recover', name: 'Recover', home_url: 'https://console.test/' },
  version: 'cat_1',
  currencies: ['USD'],
  plans: [plans.dr, plans.migration, plans.failback],
  notices: { dr: notices, migration: notices, failback: notices },
  links: {
    contact: 'https://center.test/contact',
    refund_policy: 'https://center.test/refund-policy',
    terms: 'https://center.test/terms-of-service',
    privacy: 'https://center.test/privacy-policy',
    support: 'https://center.test/support-policy',
  },
  sandbox: false,
  now: NOW,
}

/** What the server answers to a request of one item, at list price. */
export function quoteFor(request: QuoteRequest, change: Partial<Quote> = {}): Quote {
  const [item] = request.items ?? []
  if (item === undefined) throw new Error('a quote request without items')
  const plan = catalogue.plans.find(({ id }) => id === item.plan) ?? plans.dr
  const price = plan.prices.find(({ cycle }) => cycle === (item.cycle ?? null))
  const amount = (price?.unit_amount ?? 0) * item.quantity
  const endsAt = '2026-12-21T10:00:00Z'
  return {
    id: `quo_${plan.id}_${item.quantity}`,
    kind: 'purchase',
    aligned_day: null,
    created_at: NOW,
    expires_at: '2026-11-21T10:30:00Z',
    currency: 'USD',
    lines: [
      {
        kind: 'purchase',
        plan: plan.id,
        license_id: null,
        quantity: item.quantity,
        cycle: item.cycle ?? null,
        auto_renew: item.auto_renew ?? false,
        starts_at: NOW,
        ends_at: endsAt,
        unit_amount: price?.unit_amount ?? 0,
        amount,
        discount: 0,
        tax: 0,
        explain: `explained × ${item.quantity}`,
      },
    ],
    subtotal: amount,
    discount: 0,
    tax: 0,
    tax_note: null,
    total: amount,
    renewal: item.auto_renew
      ? { amount, every: item.cycle ?? 'month', first_charge_at: '2026-12-14T03:00:00Z' }
      : null,
    complimentary: plan.complimentary.map((grant) => ({
      plan: grant.plan,
      quantity: item.quantity,
      ends_at: endsAt,
    })),
    notices,
    time_zone: 'UTC',
    promo_code: request.promo_code ?? null,
    earlier_order: null,
    now: NOW,
    ...change,
  }
}

export function order(change: Partial<Order> = {}): Order {
  return {
    id: 'ord_1',
    kind: 'purchase',
    state: 'pending',
    payment_url: 'https://pay.test/cs_1',
    created_at: NOW,
    expires_at: '2026-11-21T10:35:00Z',
    currency: 'USD',
    subtotal: 37_500,
    discount: 0,
    tax: 0,
    total: 37_500,
    paid_at: null,
    fulfilled_at: null,
    licenses: [],
    lines: [
      { plan: 'dr', license_id: null, quantity: 5, amount: 37_500, explain: 'explained × 5' },
    ],
    failure: null,
    payment_received: false,
    refunds: [],
    refundable: { amount: 0, reason: null, by: 'operator' },
    email: 'finance@example.com',
    consents: [],
    token: null,
    receipt_url: null,
    support_url: 'https://center.test/contact?order=ord_1',
    home_url: 'https://console.test/',
    now: NOW,
    ...change,
  }
}

export function license(change: Partial<License> = {}): License {
  return {
    id: 'lic_1',
    product: 'recover',
    plan: 'dr',
    plan_name: 'DR License',
    type: 'dr',
    total: 5,
    in_use: 0,
    reserved: 0,
    consumed: 0,
    service_life_days: 30,
    activated_at: NOW,
    expires_at: '2026-12-21T10:00:00Z',
    grace_until: null,
    status: 'active',
    expiring: false,
    renewal_mode: 'auto',
    next_charge_at: '2026-12-14T03:00:00Z',
    cycle: 'month',
    one_time: false,
    kind: 'paid',
    complimentary_of: null,
    order_id: 'ord_1',
    key_last4: 'M4XT',
    time_zone: 'UTC',
    next_total: null,
    lost_days: 0,
    renewal: null,
    auto_renewal: null,
    pay_per_use: null,
    ...change,
  }
}

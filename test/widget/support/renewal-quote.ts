/** What renewals cost in the tests of the elements; the real prices are the server's. */
import type { License } from '../../../server/contract/licenses.ts'
import type { ExtensionLine, Quote, QuoteRequest } from '../../../server/contract/quotes.ts'
import type { RenewalDay } from '../../../widget/api/renewal-client.ts'
import { NOW } from './licenses.ts'

const UNIT_MINOR = 7500
const DAY_MS = 86_400_000

interface Stock {
  readonly licenses: readonly License[]
  readonly day: RenewalDay
}

/** What was priced last: what an order is placed over. */
export function quoted(): Quote | null {
  return lastQuote
}

let lastQuote: Quote | null = null

/** $75.00 a month and unit, and 1/30 of it for each extra day. */
export function renewalQuote(request: QuoteRequest, { licenses, day }: Stock): Quote {
  const find = (id: string) => {
    const found = licenses.find((one) => one.id === id)
    if (found === undefined) throw new Error(`nobody has ${id}`)
    return found
  }
  const { renewals = [], add_units = [], upgrades = [] } = request
  const lines = [
    ...renewals.map(({ license_id, quantity }) =>
      lineOf(find(license_id), quantity ?? null, request, day),
    ),
    ...add_units.map(({ license_id, quantity }) => addedLine(find(license_id), quantity)),
    ...upgrades.map(({ license_id, plan }) => upgradedLine(find(license_id), plan)),
  ]
  const total = lines.reduce((sum, { amount }) => sum + amount, 0)
  lastQuote = {
    id: `quo_${lines.length}_${total}`,
    kind: lines[0]?.kind ?? 'renewal',
    created_at: NOW,
    expires_at: '2026-11-21T10:30:00Z',
    currency: 'USD',
    lines,
    aligned_day: dayOf(request, day),
    subtotal: total,
    discount: 0,
    tax: 0,
    tax_note: null,
    total,
    renewal: null,
    complimentary: [],
    notices: {
      version: 'notices-1',
      items: [
        {
          title: 'Automatically Effective',
          text: 'The license period starts automatically upon payment.',
        },
      ],
    },
    time_zone: 'UTC',
    promo_code: null,
    earlier_order: null,
    now: NOW,
  }
  return lastQuote
}

function lineOf(
  license: License,
  quantity: number | null,
  request: QuoteRequest,
  day: RenewalDay,
): ExtensionLine {
  const { duration = { months: 1 } } = request
  const align = dayOf(request, day)
  const months = 'months' in duration ? duration.months : duration.cycles
  const units = quantity ?? license.total
  const plain = addMonths(license.expires_at, months)
  const end = align === null ? plain : onDay(plain, align)
  const days = (from: string, to: string) =>
    Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY_MS)
  const extra = align === null ? 0 : days(plain, end)
  const amount = Math.round(UNIT_MINOR * units * (months + Math.min(extra / 30, 1)))
  return {
    kind: 'renewal',
    license_id: license.id,
    plan: license.plan,
    plan_before: license.plan,
    quantity: units,
    units_before: license.total,
    cycle: license.cycle,
    auto_renew: license.renewal_mode === 'auto',
    starts_at: license.expires_at,
    expires_at_before: license.expires_at,
    ends_at: end,
    months,
    extra_days: extra,
    days_added: days(license.expires_at, end),
    lost_days: license.lost_days,
    lost_amount: license.lost_days * 250 * units,
    unit_amount: UNIT_MINOR,
    amount,
    discount: 0,
    tax: 0,
    explain: `${months} months${extra > 0 ? ` + ${extra}/30` : ''} × $75.00 × ${units}`,
    mode_after: license.renewal_mode ?? 'manual',
  }
}

/** A month's price for each unit more, until the license ends. */
function addedLine(license: License, quantity: number): ExtensionLine {
  const line = lineOf(license, null, { duration: { months: 1 } }, 1)
  return {
    ...line,
    kind: 'add_units',
    quantity: license.total + quantity,
    starts_at: NOW,
    ends_at: license.expires_at,
    days_added: 0,
    amount: UNIT_MINOR * quantity,
    explain: `1 month × $75.00 × ${quantity}`,
  }
}

/** The other plan costs $25.00 more. */
function upgradedLine(license: License, plan: string): ExtensionLine {
  const line = addedLine(license, 0)
  return { ...line, kind: 'upgrade', plan, amount: 2500 * license.total }
}

/** Null: not aligned. */
function dayOf({ align = false }: QuoteRequest, own: RenewalDay): RenewalDay | null {
  return align === true ? own : align || null
}

function addMonths(instant: string, months: number): string {
  const at = new Date(instant)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().replace('.000', '')
}

function onDay(instant: string, day: RenewalDay): string {
  const at = new Date(`${instant.slice(0, 10)}T23:59:59Z`)
  const isThere = () =>
    day === 'last' ? new Date(at.getTime() + DAY_MS).getUTCDate() === 1 : at.getUTCDate() === day
  while (!isThere()) at.setUTCDate(at.getUTCDate() + 1)
  return at.toISOString().replace('.000', '')
}

/** `POST /w/{publishableKey}/quotes` and `GET …/quotes/{id}`: a price that is stored, so that what is shown is charged. */
import { z } from '@hono/zod-openapi'
import { RENEWAL_MODES } from '../domain/license.ts'
import { QUOTE_KINDS } from '../domain/quote.ts'
import { Notices } from './catalogue.ts'
import { Amount, Currency, Cycle, Instant, RenewalDay } from './shared.ts'

const quantity = z.number().int().min(1).max(1_000_000_000)
const licenseId = z.string().min(1).max(64)
/** More than any renewal may reach ahead (R5), so that the rule answers, not the schema. */
const LONGEST = 1200

export const QuoteItem = z.strictObject({
  plan: z.string().min(1).max(64),
  quantity,
  cycle: Cycle.nullish(),
  auto_renew: z.boolean().nullish(),
})

export const RenewalItem = z.strictObject({
  license_id: licenseId,
  /** Fewer units from the next period on; more are bought by `add_units`. */
  quantity: quantity.nullish(),
  /** Only to change it: renews at the price of the new cycle. */
  cycle: Cycle.nullish(),
})

const duration = z.union([
  z.strictObject({ months: z.number().int().min(1).max(LONGEST) }),
  z.strictObject({ cycles: z.number().int().min(1).max(LONGEST) }),
])

const WANTED = ['items', 'renewals', 'add_units', 'upgrades'] as const

/** Exactly one of `items`, `renewals`, `add_units` and `upgrades`. */
export const QuoteRequest = z
  .strictObject({
    items: z.array(QuoteItem).min(1).max(20).optional(),
    renewals: z.array(RenewalItem).min(1).max(100).optional(),
    add_units: z
      .array(z.strictObject({ license_id: licenseId, quantity }))
      .min(1)
      .max(100)
      .optional(),
    upgrades: z
      .array(z.strictObject({ license_id: licenseId, plan: z.string().min(1).max(64) }))
      .min(1)
      .max(100)
      .optional(),
    /** Of `renewals`, and only of them: whole months, or cycles of each license. */
    duration: duration.optional(),
    /** On to the customer's standard renewal day, or to this one, which stays a question (S51). */
    align: z.union([z.boolean(), RenewalDay]).optional(),
    currency: Currency.nullish(),
    promo_code: z.string().min(1).max(64).nullish(),
    time_zone: z.string().min(1).max(64).nullish(),
  })
  .superRefine((request, context) => {
    const say = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: field === '' ? [] : [field], message })
    const wanted = WANTED.filter((field) => request[field] !== undefined)
    if (wanted.length !== 1) say('', `Send exactly one of ${WANTED.join(', ')}.`)
    if (request.renewals !== undefined && request.duration === undefined) {
      say('duration', 'Choose how long: {"months":n} or {"cycles":n}.')
    }
    if (request.renewals !== undefined) return
    if (request.duration !== undefined) say('duration', 'Only renewals have a duration.')
    if (request.align !== undefined) say('align', 'Only renewals move to the renewal day.')
  })
  .openapi('QuoteRequest')
export type QuoteRequest = z.infer<typeof QuoteRequest>
export type QuoteItem = z.infer<typeof QuoteItem>
export type RenewalItem = z.infer<typeof RenewalItem>
/** What a purchase sends. */
export type PurchaseRequest = QuoteRequest & { items: QuoteItem[] }

const line = {
  plan: z.string(),
  /** Units after the order. */
  quantity: z.number().int(),
  cycle: Cycle.nullable(),
  auto_renew: z.boolean(),
  starts_at: Instant,
  ends_at: Instant,
  /** List price of one unit for one cycle. */
  unit_amount: Amount,
  /** The line after discount and before exclusive tax. */
  amount: Amount,
  discount: Amount,
  tax: Amount,
  /** "1 month + 5/30 of April × $75.00 × 5", in the language of Accept-Language. */
  explain: z.string(),
}

export const PurchaseLine = z.object({
  kind: z.literal('purchase'),
  license_id: z.null(),
  ...line,
})

/** A line that makes a license of the customer longer or larger. */
export const ExtensionLine = z.object({
  kind: z.enum(['renewal', 'add_units', 'upgrade', 'pay_per_use']),
  license_id: z.string(),
  ...line,
  /** Its plan before an upgrade; otherwise the same as `plan`. */
  plan_before: z.string(),
  expires_at_before: Instant,
  units_before: z.number().int(),
  /** Whole months on the license's anchor. */
  months: z.number().int(),
  /** Local dates beside the months: the way to the renewal day, or the rest of added units. */
  extra_days: z.number().int(),
  /** By how many local dates the expiry moves; 0 where units or the plan change. */
  days_added: z.number().int(),
  /** Renewed late: whole days that are paid for and over already (R3), and what they cost. */
  lost_days: z.number().int(),
  lost_amount: Amount,
  mode_after: z.enum(RENEWAL_MODES),
})

export const QuoteLine = z
  .discriminatedUnion('kind', [PurchaseLine, ExtensionLine])
  .openapi('QuoteLine')

export const Quote = z
  .object({
    id: z.string(),
    kind: z.enum(QUOTE_KINDS),
    created_at: Instant,
    expires_at: Instant,
    currency: Currency,
    lines: z.array(QuoteLine),
    /** The standard renewal day that all lines are moved to; null for plain ones. */
    aligned_day: RenewalDay.nullable(),
    subtotal: Amount,
    discount: Amount,
    tax: Amount,
    /** Null where no tax applies; `inclusive` tax is contained in the subtotal. */
    tax_note: z
      .object({ name: z.string(), percent: z.string(), mode: z.enum(['inclusive', 'exclusive']) })
      .nullable(),
    total: Amount,
    renewal: z.object({ amount: Amount, every: Cycle, first_charge_at: Instant }).nullable(),
    complimentary: z.array(
      z.object({ plan: z.string(), quantity: z.number().int(), ends_at: Instant }),
    ),
    notices: Notices,
    /** The zone that days and month ends are counted in. */
    time_zone: z.string(),
    promo_code: z.string().nullable(),
    /** An order of the same plan within the last two hours (P11): told, never refused. */
    earlier_order: z
      .object({ id: z.string(), placed_at: Instant, quantity: z.number().int() })
      .nullable(),
    now: Instant,
  })
  .openapi('Quote')
export type Quote = z.infer<typeof Quote>
export type QuoteLine = z.infer<typeof QuoteLine>
export type ExtensionLine = z.infer<typeof ExtensionLine>

/** What POST /v1/checkout/sessions takes, and what of it Stripe refuses. */
import { z } from 'zod'
import { refusalOfTotal } from './currencies.ts'
import { invalidRequest } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { boolean, checkParameters, expand, integer, metadata, text, url } from './parameters.ts'

const MINUTE = 60
const DAY = 24 * 60 * MINUTE
const LINES_MAX = 100

const LineItem = z.strictObject({
  quantity: integer.pipe(z.number().min(1).max(999_999)),
  price_data: z.strictObject({
    currency: z.string().regex(/^[a-z]{3}$/, 'Invalid currency'),
    unit_amount: integer.pipe(z.number().min(0, 'Invalid non-negative integer')),
    product_data: z.strictObject({
      name: text,
      description: text.optional(),
      metadata,
    }),
  }),
})

const NewSession = z.strictObject({
  mode: z.enum(['payment', 'setup']),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/, 'Invalid currency')
    .optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).default('auto'),
  customer: text.optional(),
  customer_email: text.optional(),
  client_reference_id: text.max(200).optional(),
  metadata,
  payment_intent_data: z
    .strictObject({
      metadata,
      setup_future_usage: z.enum(['off_session', 'on_session']).optional(),
      description: text.optional(),
    })
    .optional(),
  invoice_creation: z
    .strictObject({
      enabled: boolean,
      invoice_data: z.strictObject({ metadata, description: text.optional() }).optional(),
    })
    .optional(),
  setup_intent_data: z.strictObject({ metadata, description: text.optional() }).optional(),
  line_items: z.array(LineItem).min(1).max(LINES_MAX).optional(),
  adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  allow_promotion_codes: boolean.optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  expires_at: integer.optional(),
  success_url: url,
  cancel_url: url.optional(),
  locale: text.optional(),
  expand,
})
export type NewSession = z.output<typeof NewSession>
export type NewLine = z.output<typeof LineItem>

/** @param now epoch seconds */
export function readNewSession(
  form: FormHash,
  now: number,
): NewSession & { currency: string; line_items: readonly NewLine[] } {
  const params = checkParameters(NewSession, form)
  if (params.customer !== undefined && params.customer_email !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: customer, customer_email.')
  }
  checkExpiry(params.expires_at, now)
  const lines = params.line_items ?? []
  const currency = params.mode === 'setup' ? checkSetup(params) : checkLines(lines)
  return { ...params, line_items: lines, currency }
}

function checkSetup(params: NewSession): string {
  for (const name of ['line_items', 'payment_intent_data', 'invoice_creation'] as const) {
    if (params[name] === undefined) continue
    throw invalidRequest(`You can not pass \`${name}\` in \`setup\` mode.`, name)
  }
  if (params.currency === undefined) {
    const message =
      'The `currency` parameter is required in `setup` mode when `payment_method_types` is not set.'
    throw invalidRequest(message, 'currency', 'parameter_missing')
  }
  return params.currency
}

function checkExpiry(expiresAt: number | undefined, now: number): void {
  if (expiresAt === undefined) return
  if (expiresAt < now + 30 * MINUTE) {
    const message =
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.'
    throw invalidRequest(message, 'expires_at')
  }
  if (expiresAt > now + DAY) {
    const message =
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.'
    throw invalidRequest(message, 'expires_at')
  }
}

function checkLines(lines: readonly NewLine[]): string {
  if (lines.length === 0) {
    throw invalidRequest('Missing required param: line_items.', 'line_items', 'parameter_missing')
  }
  const currencies = new Set(lines.map((line) => line.price_data.currency))
  const [currency = ''] = currencies
  if (currencies.size > 1) {
    throw invalidRequest('All line items must use the same currency.', 'line_items')
  }
  const total = lines.reduce((sum, line) => sum + line.quantity * line.price_data.unit_amount, 0)
  const refusal = refusalOfTotal(total, currency)
  if (refusal !== null) throw invalidRequest(refusal.message, 'line_items', refusal.code)
  return currency
}

/** What we ask Stripe for. Pure: one checkout in our words becomes one request in Stripe's. */
import type Stripe from 'stripe'
import type { CheckoutLine, CheckoutRequest, SetupRequest } from './port.ts'
import { toStripeAmount } from './stripe-amounts.ts'
import { epochSeconds } from './stripe-values.ts'

/** https://docs.stripe.com/js/appendix/supported_locales */
const STRIPE_LOCALES = (
  'bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hr hu id it ja ko lt lv ms mt nb nl pl pt ' +
  'pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'
).split(' ')

/** Locales whose page at Stripe goes by another name. */
const RENAMED: Readonly<Record<string, string>> = {
  no: 'nb',
  nn: 'nb',
  hi: 'hi-IN',
  tl: 'fil',
  'zh-hant': 'zh-TW',
  'zh-mo': 'zh-HK',
}

/** The price is ours alone (requirements section 4): no conversion, codes, options or tax by Stripe. */
export function checkoutParams(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const metadata = {
    order_id: request.orderId,
    product_id: request.productId,
    attempt: String(request.attempt),
  }
  const page = {
    customer: request.providerCustomer,
    client_reference_id: request.orderId,
    metadata,
    expires_at: epochSeconds(request.expiresAt),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    locale: stripeLocale(request.locale),
  }
  if (request.total === 0) return savingMethod(page, request.currency)
  return {
    ...page,
    mode: 'payment',
    submit_type: 'subscribe',
    payment_intent_data: {
      metadata,
      // Stripe then offers only methods that can be charged again without the buyer.
      ...(request.saveMethod ? { setup_future_usage: 'off_session' as const } : {}),
    },
    invoice_creation: { enabled: true, invoice_data: { metadata } },
    line_items: request.lines.map((line) => lineItem(line, request.currency)),
    adaptive_pricing: { enabled: false },
    automatic_tax: { enabled: false },
    allow_promotion_codes: false,
  }
}

/** A page beside any order, that only saves a method. */
export function setupParams(request: SetupRequest): Stripe.Checkout.SessionCreateParams {
  const page = {
    customer: request.providerCustomer,
    metadata: { setup_id: request.setupId, product_id: request.productId },
    expires_at: epochSeconds(request.expiresAt),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    locale: stripeLocale(request.locale),
  }
  return savingMethod(page, request.currency)
}

/** Stripe's answer has no currency in this mode, so the metadata keeps it. */
function savingMethod(
  page: Stripe.Checkout.SessionCreateParams & { metadata: Record<string, string> },
  currency: string,
): Stripe.Checkout.SessionCreateParams {
  const metadata = { ...page.metadata, currency }
  return {
    ...page,
    mode: 'setup',
    currency: currency.toLowerCase(),
    metadata,
    setup_intent_data: { metadata },
  }
}

/** @returns a locale that Stripe's page has, or `auto`: the browser's */
export function stripeLocale(locale: string): string {
  const wanted = locale.trim().replaceAll('_', '-').toLowerCase()
  const [language = '', region = ''] = wanted.split('-')
  const candidates = [wanted, `${language}-${region}`, latinAmerican(language, region), language]
  for (const candidate of candidates) {
    const renamed = RENAMED[candidate]
    if (renamed !== undefined) return renamed
    const known = STRIPE_LOCALES.find((name) => name.toLowerCase() === candidate)
    if (known !== undefined) return known
  }
  return 'auto'
}

function latinAmerican(language: string, region: string): string {
  return language === 'es' && region !== '' && region !== 'es' ? 'es-419' : language
}

function lineItem(
  line: CheckoutLine,
  currency: string,
): Stripe.Checkout.SessionCreateParams.LineItem {
  return {
    quantity: line.quantity,
    price_data: {
      currency: currency.toLowerCase(),
      unit_amount: toStripeAmount(line.unitAmount, currency),
      product_data: {
        name: line.name,
        // Stripe refuses an empty description.
        ...(line.description === '' ? {} : { description: line.description }),
      },
    },
  }
}

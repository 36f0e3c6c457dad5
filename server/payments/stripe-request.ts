/** What we ask Stripe for. Pure: one checkout in our words becomes one request in Stripe's. */
import type Stripe from 'stripe'
import type { CheckoutLine, CheckoutRequest } from './port.ts'
import { toStripeAmount } from './stripe-amounts.ts'

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
  return {
    mode: 'payment',
    submit_type: 'subscribe',
    customer: request.providerCustomer,
    client_reference_id: request.orderId,
    metadata,
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
    expires_at: Math.floor(request.expiresAt.epochMilliseconds / 1000),
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    locale: stripeLocale(request.locale),
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

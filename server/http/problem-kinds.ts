/** Status, title and default sentence of every refusal; a forgotten code does not compile. */
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { RefusalCode } from '../domain/refusals.ts'

export interface ProblemKind {
  readonly status: ContentfulStatusCode
  readonly title: string
  readonly detail: string
}

const kind = (status: ContentfulStatusCode, title: string, detail: string): ProblemKind => ({
  status,
  title,
  detail,
})

export const PROBLEM_KINDS = {
  'request.malformed': kind(400, 'Malformed request', 'The body must be one JSON object in UTF-8.'),
  'request.invalid': kind(422, 'Invalid request', 'Some fields break a rule; `errors` names each.'),
  'request.too_large': kind(413, 'Request too large', 'A body has at most 64 kB.'),
  'request.timeout': kind(408, 'Request too slow', 'Send it again.'),
  'request.rate_limited': kind(
    429,
    'Too many requests',
    'Wait as Retry-After says, then try again.',
  ),
  'route.not_found': kind(404, 'Not found', 'There is nothing at this path.'),
  'method.not_allowed': kind(405, 'Method not allowed', 'This path exists, not for this method.'),
  'origin.not_allowed': kind(
    403,
    'Origin not allowed',
    'Add this origin, exactly as the browser sends it, to the product in the catalogue.',
  ),
  'token.missing': kind(401, 'Sign-in needed', 'Send the host-signed token as a Bearer token.'),
  'token.invalid': kind(
    401,
    'Token not accepted',
    'Ask the host for a new token; it must be signed by a key of this product.',
  ),
  'token.scope_missing': kind(403, 'Not permitted', 'The token lacks the scope that this needs.'),
  'product.not_found': kind(404, 'Unknown product', 'No product has this publishable key.'),
  'product_key.not_found': kind(404, 'Unknown key', 'The product has no such key.'),
  'product_key.taken': kind(409, 'Key exists', 'The product has a key of this name.'),
  'product_key.last': kind(
    409,
    'The last publishable key',
    'No page could reach the product without it. Create another one first.',
  ),
  'product_key.revoked': kind(
    409,
    'A revoked key would work again',
    'A revoked key stays revoked. Take it out of the catalogue, or create a new one.',
  ),
  'catalogue.not_applied': kind(409, 'No catalogue', 'Apply a catalogue first.'),
  'catalogue.keys_missing': kind(
    409,
    'Keys in use would stop working',
    'Add them to the catalogue, or revoke them first.',
  ),
  'quote.not_found': kind(404, 'Quote not found', 'There is no such quote.'),
  'quote.expired': kind(
    410,
    'Quote expired',
    'Nothing was ordered. Ask for a new quote and confirm its price.',
  ),
  'quote.outdated': kind(
    409,
    'Something changed since the preview',
    'Nothing was ordered. `errors` lists what changed; ask for a new quote and confirm it.',
  ),
  'notices.changed': kind(
    409,
    'The notes have changed',
    'Nothing was ordered. Show the notes of the quote again and confirm them.',
  ),
  'order.not_found': kind(404, 'Order not found', 'There is no such order.'),
  'order.completing': kind(
    409,
    'The payment is being completed',
    'The payment came before the cancellation. Nothing was canceled.',
  ),
  'order.not_cancelable': kind(
    409,
    'The order cannot be canceled',
    'Its payment is complete or under way.',
  ),
  'order.transition_refused': kind(
    409,
    'Not possible now',
    'The order is in a state that does not allow this.',
  ),
  'order.not_in_review': kind(409, 'Not in review', 'Only an order in review can be decided on.'),
  'order.not_paid': kind(
    409,
    'No payment to release',
    'The payment provider does not say that this order was paid.',
  ),
  'refund.operator_only': kind(
    409,
    'Ask us for this refund',
    'By yourself you can take back a renewal that has not begun, and only whole. Write to us about anything else; nothing was changed.',
  ),
  'refund.not_possible': kind(409, 'Nothing to give back', 'Nothing was changed.'),
  'license.not_found': kind(404, 'License not found', 'There is no such license.'),
  'license.order_open': kind(
    409,
    'An order is open',
    'This license has an open order. Pay or cancel it first.',
  ),
  'license.not_renewable': kind(409, 'Not renewable', 'This license cannot be renewed.'),
  'license.transition_refused': kind(
    409,
    'Not possible now',
    'The license is in a state that does not allow this.',
  ),
  'license.not_valid': kind(
    409,
    'Not valid now',
    'A check of this license would not say that it is valid; `validation_code` says why.',
  ),
  'license.limit_reached': kind(
    409,
    'All units are in use',
    'Give a unit of another installation back first, or add units.',
  ),
  'activation.not_found': kind(
    404,
    'Installation not found',
    'The license has no such installation.',
  ),
  'activation_code.not_found': kind(
    404,
    'Activation code not found',
    'There is no such activation code for this customer.',
  ),
  'activation_code.expired': kind(410, 'Activation code expired', 'Ask for a new one.'),
  'license.key_changed': kind(
    409,
    'The key has changed',
    'This is not the key in force. Read the license again.',
  ),
  'activation.not_active': kind(
    409,
    'Not active',
    'This installation holds no unit that could move.',
  ),
  'activation.exists': kind(409, 'Active already', 'The new installation holds a unit already.'),
  'rebind.not_found': kind(404, 'Request not found', 'There is no such request.'),
  'rebind.decided': kind(409, 'Decided already', 'The request does not wait any more.'),
  'rebind.waiting': kind(409, 'Another request waits', 'Withdraw the one that waits first.'),
  'rebind.too_many': kind(
    429,
    'Too many moves',
    'This license was moved, or asked to move, too often. We have a look at it.',
  ),
  'activation.needed': kind(
    409,
    'Which installation?',
    'Name one active installation of this license.',
  ),
  'signing.not_configured': kind(
    503,
    'Nothing can be signed',
    'This License Center has no signing key yet.',
  ),
  'renewals.not_possible': kind(
    409,
    'Not all can be renewed',
    'Nothing was priced. `errors` names each license that cannot be renewed, and why.',
  ),
  'renewals.mixed_currencies': kind(
    409,
    'Several currencies',
    'One order has one currency. `errors` names the currency of each license: order them apart.',
  ),
  'payment_method.required': kind(
    409,
    'A saved payment method is needed',
    'Nothing was changed. Save a payment method first.',
  ),
  'payment_method.not_found': kind(
    404,
    'Payment method not found',
    'There is no such payment method.',
  ),
  'promo.not_applicable': kind(
    422,
    'Promo code not applicable',
    'Nothing was ordered. Ask for a quote without this code.',
  ),
  'billing.no_payment_yet': kind(
    409,
    'No payments yet',
    'Payment methods and invoices appear after the first purchase.',
  ),
  'customer.no_order_yet': kind(
    409,
    'No orders yet',
    'The renewal day can be set after the first order.',
  ),
  'idempotency.key_reused': kind(
    422,
    'Idempotency-Key reused',
    'The same key came with a different body before. Nothing was done.',
  ),
  'idempotency.in_progress': kind(
    409,
    'Already under way',
    'The first request with this key is still running.',
  ),
  'payment.refused': kind(422, 'The payment provider refused', 'Nothing was charged.'),
  'payment.unavailable': kind(
    503,
    'Payment is not available right now',
    'Nothing was charged. Your order is kept; try again in a moment.',
  ),
  'webhook.signature_invalid': kind(
    400,
    'Signature not valid',
    'The signature does not fit the body, or it is too old.',
  ),
  'webhook.not_configured': kind(503, 'Webhooks are not configured', 'Set the webhook secret.'),
  'release.not_found': kind(404, 'Release not found', 'The product has no such version.'),
  'release.exists': kind(
    409,
    'Version exists',
    'A version that was published stays as it is. Publish the change under the next one.',
  ),
  'api_key.not_found': kind(404, 'API key not found', 'The product has no API key of this name.'),
  'webhook_endpoint.not_found': kind(
    404,
    'Endpoint not found',
    'The product has no such webhook endpoint.',
  ),
  'webhook_delivery.not_found': kind(
    404,
    'Delivery not found',
    'The endpoint was never to be told this event.',
  ),
  'api_key.taken': kind(409, 'API key exists', 'The product has an API key of this name.'),
  'renew_link.not_found': kind(404, 'Link not found', 'There is no such renew link.'),
  'mail.not_found': kind(404, 'Mail not found', 'There is no such mail.'),
  'mail.not_failed': kind(
    409,
    'Nothing to send again',
    'Only a mail that was given up can be sent again by hand.',
  ),
  'database.unavailable': kind(503, 'Busy', 'Nothing was changed. Try again in a moment.'),
} as const satisfies Record<RefusalCode, ProblemKind>

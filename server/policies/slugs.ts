/** The nine policy pages, in the order in which indexes list them. The slugs are stable URLs (S56, S57). */
export const POLICY_SLUGS = [
  'payment-security',
  'delivery-activation',
  'refund-policy',
  'privacy-policy',
  'terms-of-service',
  'support-policy',
  'purchase-guide',
  'faq',
  'contact',
] as const
export type PolicySlug = (typeof POLICY_SLUGS)[number]

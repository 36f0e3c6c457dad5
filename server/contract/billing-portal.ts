/** `POST /w/{publishableKey}/billing-portal`: payment method and invoices, on the provider's own page (S29). */
import { z } from '@hono/zod-openapi'

export const BillingPortalRequest = z
  .strictObject({ return_url: z.string().max(2048).nullish() })
  .openapi('BillingPortalRequest')
export const BillingPortal = z.object({ url: z.string() }).openapi('BillingPortal')
export type BillingPortal = z.infer<typeof BillingPortal>

/** `/w/{publishableKey}/payment-methods`: what a later charge may use. Never a card number (S61). */
import { z } from '@hono/zod-openapi'

export const PaymentMethod = z
  .object({
    id: z.string().openapi({ example: 'pm_1Q…' }),
    kind: z.string().openapi({ example: 'card' }),
    brand: z.string().nullable().openapi({ example: 'visa' }),
    last4: z.string().nullable().openapi({ example: '4242' }),
    /** Year and month; null where the kind has no end. */
    expires: z
      .string()
      .regex(/^\d{4}-\d{2}$/)
      .nullable()
      .openapi({ example: '2030-12' }),
    is_default: z.boolean(),
  })
  .openapi('PaymentMethod')
export type PaymentMethod = z.infer<typeof PaymentMethod>

export const PaymentMethodList = z
  .object({ data: z.array(PaymentMethod) })
  .openapi('PaymentMethodList')
export type PaymentMethodList = z.infer<typeof PaymentMethodList>

/** Saving one happens on the provider's page, in a new window. */
export const PaymentMethodRequest = z
  .strictObject({
    /** Must have exactly an origin that the product registered. */
    return_url: z.string().max(2048),
    locale: z.string().min(2).max(35).nullish(),
  })
  .openapi('PaymentMethodRequest')
export type PaymentMethodRequest = z.infer<typeof PaymentMethodRequest>

export const PaymentMethodSetup = z.object({ url: z.string() }).openapi('PaymentMethodSetup')
export type PaymentMethodSetup = z.infer<typeof PaymentMethodSetup>

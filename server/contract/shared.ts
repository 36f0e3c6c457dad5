/** Building blocks of what crosses the wire: snake_case, integers in minor units, instants in RFC 3339 UTC. */
import { z } from '@hono/zod-openapi'

/** Whole seconds: `2026-11-21T09:58:00Z`. */
export const Instant = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)
  .openapi({ example: '2026-11-21T09:58:00Z', description: 'RFC 3339, UTC, whole seconds' })
/** Minor units of the currency beside it. */
export const Amount = z.number().int().openapi({ example: 37500, description: 'minor units' })
export const Currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .openapi({ example: 'USD' })
export const Quantity = z.number().int().min(1).openapi({ example: 5 })

/** A date on the customer's calendar. */
export const CalendarDate = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .openapi({ example: '2027-01-31', description: 'YYYY-MM-DD' })
export const Cycle = z.enum(['month', 'year'])
/** The standard renewal day (S51): `1` … `28`, or the last day of any month. */
export const RenewalDay = z
  .union([z.number().int().min(1).max(28), z.literal('last')])
  .openapi('RenewalDay', { example: 'last' })

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string().openapi({ example: 'request.invalid' }),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          detail: z.string(),
          license_id: z.string().optional(),
          order_id: z.string().optional(),
        }),
      )
      .optional(),
  })
  .catchall(z.union([z.string(), z.number()]))
  .openapi('Problem')
export type Problem = z.infer<typeof Problem>

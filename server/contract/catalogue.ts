/** `GET /w/{publishableKey}/catalogue`: what this product sells, and the words the customer accepts. */
import { z } from '@hono/zod-openapi'
import { Amount, Currency, Instant } from './shared.ts'

export const CataloguePrice = z.object({
  currency: Currency,
  cycle: z.enum(['month', 'year']).nullable(),
  unit_amount: Amount,
  /** Volume tiers: the whole line is priced at the tier that its quantity reaches. */
  tiers: z.array(z.object({ from: z.number().int().min(1), unit_amount: Amount })),
})

export const CataloguePlan = z.object({
  id: z.string().openapi({ example: 'dr' }),
  name: z.string(),
  type: z
    .string()
    .openapi({ example: 'dr', description: 'license type: dr, migration, failback …' }),
  one_time: z.boolean(),
  /** Empty where the plan has no billing cycle. */
  cycles: z.array(z.enum(['month', 'year'])),
  /** `choice`: the customer must say yes or no · `never`: shown disabled as "No". */
  auto_renewal: z.enum(['choice', 'never']),
  validity_months: z.number().int().nullable(),
  quantity: z.object({ min: z.number().int(), max: z.number().int(), step: z.number().int() }),
  prices: z.array(CataloguePrice),
  complimentary: z.array(z.object({ plan: z.string() })),
})

export const NoticeItem = z.object({ title: z.string(), text: z.string() })
export const Notices = z.object({
  /** Hash of the English source. */
  version: z.string(),
  items: z.array(NoticeItem),
})

export const Catalogue = z
  .object({
    product: z.object({ id: z.string(), name: z.string(), home_url: z.string() }),
    version: z.string(),
    currencies: z.array(Currency),
    plans: z.array(CataloguePlan),
    /** Notes per plan id, in the language of Accept-Language. */
    notices: z.record(z.string(), Notices),
    links: z.object({
      contact: z.string(),
      refund_policy: z.string(),
      terms: z.string(),
      privacy: z.string(),
      support: z.string(),
    }),
    sandbox: z.boolean(),
    now: Instant,
  })
  .openapi('Catalogue')
export type Catalogue = z.infer<typeof Catalogue>
export type CataloguePlan = z.infer<typeof CataloguePlan>
export type Notices = z.infer<typeof Notices>

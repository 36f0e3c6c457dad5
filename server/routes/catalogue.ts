/** What a product sells: enough for the entry panel to draw itself. */
import { createRoute } from '@hono/zod-openapi'
import { Catalogue } from '../contract/catalogue.ts'
import type { CataloguePlan, Notices } from '../contract/catalogue.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Plan } from '../domain/catalogue.ts'
import { cyclesOf, isRetired } from '../domain/plan.ts'
import { json, refused } from '../http/answers.ts'
import { createApi } from '../http/validate.ts'
import type { WidgetEnv } from '../http/visitor.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import { noticesFor } from '../i18n/notices.ts'

export const catalogue = createApi<WidgetEnv>()

catalogue.openapi(
  createRoute({
    method: 'get',
    path: '/catalogue',
    summary: 'What this product sells',
    responses: { 200: json(Catalogue, 'Plans, prices and notes'), ...refused },
  }),
  async (c) => {
    const { product, catalogueVersion, deps } = c.var
    const { centerOrigin, sandbox } = deps.config
    const locale = localeOfHeader(c.req.header('Accept-Language'))
    const plans = product.plans.filter((plan) => !isRetired(plan, deps.now()))
    return c.json(
      {
        product: { id: product.id, name: product.name, home_url: product.home_url },
        version: catalogueVersion,
        currencies: product.currencies,
        plans: plans.map(planAnswer),
        notices: Object.fromEntries(
          await Promise.all(plans.map((plan) => noticesOf(plan, locale))),
        ),
        links: {
          contact: `${centerOrigin}/contact`,
          refund_policy: `${centerOrigin}/refund-policy`,
          terms: `${centerOrigin}/terms-of-service`,
          privacy: `${centerOrigin}/privacy-policy`,
          support: `${centerOrigin}/support-policy`,
        },
        sandbox,
        now: formatInstant(deps.now()),
      },
      200,
    )
  },
)

function planAnswer(plan: Plan): CataloguePlan {
  return {
    id: plan.id,
    name: plan.name,
    type: plan.type,
    one_time: plan.one_time,
    cycles: [...cyclesOf(plan)],
    auto_renewal: plan.auto_renewal,
    validity_months: plan.validity_months ?? null,
    quantity: plan.quantity,
    prices: plan.prices.map(({ currency, cycle, unit_amount, tiers }) => ({
      currency,
      cycle: cycle ?? null,
      unit_amount,
      tiers,
    })),
    complimentary: plan.complimentary.map(({ plan: id }) => ({ plan: id })),
  }
}

async function noticesOf(plan: Plan, locale: string): Promise<[string, Notices]> {
  const { version, items } = await noticesFor({ plans: [plan], autoRenewal: null, locale })
  return [plan.id, { version, items: [...items] }]
}

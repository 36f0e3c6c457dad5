/** Licenses that come free with a line (S22), in equal number and until its end. */
import type { Plan, Product } from './catalogue.ts'
import { planOf } from './plan.ts'
import type { ComplimentaryGrant, PricedLine } from './quote.ts'

type Rule = Plan['complimentary'][number]

/** @param when  only the rules for it; left out, every rule of the plan (a purchase meets both) */
export function complimentaryOf(
  product: Product,
  line: Pick<PricedLine, 'plan' | 'quantity' | 'endsAt'>,
  index: number,
  when?: Rule['when'],
): ComplimentaryGrant[] {
  return (planOf(product, line.plan)?.complimentary ?? [])
    .filter((rule) => when === undefined || rule.when === when)
    .map(({ plan }) => ({
      plan,
      planName: planOf(product, plan)?.name ?? plan,
      quantity: line.quantity,
      endsAt: line.endsAt,
      line: index,
    }))
}

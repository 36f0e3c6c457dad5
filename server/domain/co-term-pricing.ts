/** What added units and upgrades cost until the end of their license (R12, R14, S81). */
import type { Price, Product } from './catalogue.ts'
import type { CheckedCoTerm, CheckedCoTerms } from './co-term.ts'
import { complimentaryOf } from './complimentary.ts'
import { describeExtension, quoteOf } from './extension-quote.ts'
import { type LinePrice, priceLine } from './line-price.ts'
import { CYCLE_MONTHS } from './plan.ts'
import type {
  AddUnitsLine,
  ComplimentaryGrant,
  ExtensionLine,
  PricedQuote,
  UpgradeLine,
} from './quote.ts'
import { unitPrice } from './tiers.ts'
import { type SettledLine, settle } from './totals.ts'

export interface CoTermTerms extends CheckedCoTerms {
  readonly product: Product
  /** IANA zone of the customer (R2). */
  readonly zone: string
}

type Listed = CheckedCoTerm &
  LinePrice & {
    readonly planId: string
    readonly quantity: number
    readonly cycle: Price['cycle'] & string
    readonly months: number
  }

/** @throws Refused `request.invalid` when the total is more than can be charged */
export function priceCoTerms(terms: CoTermTerms): PricedQuote {
  const { product, changes, currency, promo } = terms
  const settled = settle(changes.map(listChange), { currency, promo, tax: product.tax ?? null })
  const lines = settled.lines.map((line) => lineOf(line, terms))
  const complimentary = lines.flatMap((line, index) => fullCycles(product, line, index))
  return quoteOf(terms, lines, settled.totals, complimentary)
}

function listChange(change: CheckedCoTerm): Listed {
  const { license, plan, price, paid, upgrade, remaining } = change
  const { cycle } = price
  if (cycle === undefined) throw new Error(`${plan.id} has no part periods`)
  const { months, extraDates } = remaining
  const term = { plan, quantity: paid, months, extraDates }
  const listed = upgrade
    ? upgradePrice(change, upgrade, term)
    : priceLine({ ...term, price, tierUnits: license.total + paid })
  const quantity = upgrade ? paid : license.total + paid
  return { ...change, planId: upgrade?.plan.id ?? plan.id, quantity, cycle, months, ...listed }
}

/** The difference of both list prices at the units of the license, for the time that is left. */
function upgradePrice(
  { plan, price, paid }: CheckedCoTerm,
  target: NonNullable<CheckedCoTerm['upgrade']>,
  term: Omit<Parameters<typeof priceLine>[0], 'price'>,
): LinePrice {
  const fromAmount = unitPrice(price, paid).unitAmount
  const toAmount = unitPrice(target.price, paid).unitAmount
  const difference = { ...price, unit_amount: toAmount - fromAmount, tiers: [] }
  const { amount, explanation } = priceLine({ ...term, price: difference })
  const names = { from: plan.name, to: target.plan.name }
  return {
    amount,
    unitAmount: toAmount,
    explanation: [...explanation, { kind: 'upgrade', ...names, fromAmount, toAmount }],
  }
}

function lineOf(line: SettledLine<Listed>, { at }: CoTermTerms): ExtensionLine {
  const { license, upgrade, plan, remaining } = line
  const { after, until } = remaining.extraDates
  const facts = describeExtension(line, {
    plan: upgrade?.plan ?? plan,
    unitsBefore: license.total,
    startsAt: at,
    endsAt: license.endsAt,
    extraDays: after.until(until, { largestUnit: 'day' }).days,
    lostDays: 0,
    lostAmount: 0,
  })
  if (upgrade === null) return { kind: 'add_units', ...facts } satisfies AddUnitsLine
  const before = { planBefore: plan.id, planNameBefore: plan.name }
  return { kind: 'upgrade', ...before, ...facts } satisfies UpgradeLine
}

/** Added units bring what a purchase brings once they are paid for a full cycle (section 4). */
function fullCycles(product: Product, line: ExtensionLine, index: number): ComplimentaryGrant[] {
  const isFull = line.cycle !== null && line.months >= CYCLE_MONTHS[line.cycle]
  if (line.kind !== 'add_units' || !isFull) return []
  const added = { ...line, quantity: line.quantity - line.unitsBefore }
  return complimentaryOf(product, added, index)
}

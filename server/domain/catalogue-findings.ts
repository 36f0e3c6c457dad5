/** What is found wrong in a catalogue, and the checks that several rules share. */
import type { Plan } from './catalogue.ts'
import { CURRENCY_CODES, currencyRules } from './money.ts'
import { nearestWord } from './suggest.ts'

export type Path = readonly (string | number)[]

/** A mistake and where it is in the document, before it has a line. */
export interface Finding {
  readonly path: Path
  readonly message: string
  readonly suggestion?: string | null
  /** True where the key itself is wrong, not what stands behind it. */
  readonly isKey?: boolean
}

/** What other parts of a product may refer to, readable or not. */
export interface ProductNames {
  readonly planIds: readonly string[]
  readonly plans: readonly Plan[]
  readonly currencies: readonly string[]
}

/** A price or a promo amount must be chargeable: known currency, whole steps, not too large. */
export function amountFindings(
  amount: { readonly currency: string; readonly minor: number },
  names: ProductNames,
  paths: { readonly currency: Path; readonly minor: Path },
): Finding[] {
  const { currency, minor } = amount
  if (!names.currencies.includes(currency)) {
    const message = `The product is not sold in ${currency}.`
    return [{ path: paths.currency, message, suggestion: nearestWord(currency, names.currencies) }]
  }
  if (!CURRENCY_CODES.includes(currency)) return []
  const { step, maximum } = currencyRules(currency)
  if (minor > maximum) {
    return [
      { path: paths.minor, message: `More than one payment in ${currency} can be (${maximum}).` },
    ]
  }
  if (minor % step === 0) return []
  return [{ path: paths.minor, message: `Amounts in ${currency} are multiples of ${step}.` }]
}

export function unknownPlan(plan: string, { planIds }: ProductNames, path: Path): Finding {
  const message = `There is no plan "${plan}" in this product.`
  return { path, message, suggestion: nearestWord(plan, planIds) }
}

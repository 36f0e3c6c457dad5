/** Volume tiers (R14): the whole line is priced at the highest tier that its units reach. */
import type { Price } from './catalogue.ts'

export interface UnitPrice {
  /** One unit for one cycle, minor units. */
  readonly unitAmount: number
  /** The number of units from which this price holds; null for the list price. */
  readonly tierFrom: number | null
}

/**
 * @param price  its tiers ascend, as the catalogue parser demands
 * @param units  what decides the tier: the units of that one license after the change, never the
 *               sum of a batch
 */
export function unitPrice(price: Price, units: number): UnitPrice {
  const tier = price.tiers.findLast(({ from }) => from <= units)
  return tier
    ? { unitAmount: tier.unit_amount, tierFrom: tier.from }
    : { unitAmount: price.unit_amount, tierFrom: null }
}

/** Rules inside one plan, and between it and its neighbours. */
import {
  type Finding,
  type Path,
  type ProductNames,
  amountFindings,
  unknownPlan,
} from './catalogue-findings.ts'
import type { Plan } from './catalogue.ts'
import { cyclesOf, graceOf, priceOf } from './plan.ts'

export function planFindings(plan: Plan, names: ProductNames, path: Path): Finding[] {
  return [
    ...periodFindings(plan, path),
    ...priceFindings(plan, names, path),
    ...quantityFindings(plan, [...path, 'quantity']),
    ...complimentaryFindings(plan, names, [...path, 'complimentary']),
    ...payPerUseFindings(plan, names, [...path, 'pay_per_use']),
    ...stopFindings(plan, path),
  ]
}

/** Either billing cycles or one validity; what is used up is neither billed again nor renewed (S24, S26). */
function periodFindings(plan: Plan, path: Path): Finding[] {
  const hasCycles = cyclesOf(plan).length > 0
  const findings: Finding[] = []
  const add = (field: string, message: string) => findings.push({ path: [...path, field], message })
  if (hasCycles && plan.validity_months !== undefined) {
    add('validity_months', 'A plan with billing cycles lasts one cycle: leave this out.')
  }
  if (!hasCycles && plan.validity_months === undefined) {
    add('validity_months', 'A plan without billing cycles needs its length in months.')
  }
  if (!hasCycles && plan.auto_renewal === 'choice') {
    add('auto_renewal', 'Only a plan with billing cycles can renew by itself.')
  }
  if (hasCycles && plan.one_time) add('one_time', 'What is used up once has no billing cycle.')
  return findings
}

function priceFindings(plan: Plan, names: ProductNames, path: Path): Finding[] {
  return plan.prices.flatMap((price, index): Finding[] => {
    const at = [...path, 'prices', index]
    const currency = [...at, 'currency']
    const amounts = [
      { minor: price.unit_amount, path: [...at, 'unit_amount'] },
      ...price.tiers.map((tier, position) => ({
        minor: tier.unit_amount,
        path: [...at, 'tiers', position, 'unit_amount'],
      })),
    ]
    const [first, ...rest] = amounts.map(({ minor, path: minorPath }) =>
      amountFindings({ currency: price.currency, minor }, names, { currency, minor: minorPath }),
    )
    const isForeign = !names.currencies.includes(price.currency)
    return [
      ...(first ?? []),
      ...(isForeign ? [] : rest.flat()),
      ...completeness(plan, index, at),
      ...tierFindings(price.tiers, [...at, 'tiers']),
    ]
  })
}

/** Whoever pays in a currency can choose every cycle of the plan in it. */
function completeness(plan: Plan, index: number, at: Path): Finding[] {
  const price = plan.prices[index]
  if (!price) return []
  const { currency, cycle } = price
  if (priceOf(plan, currency, cycle ?? null) !== price) {
    return [
      { path: at, message: `There is a price per ${cycle ?? 'unit'} in ${currency} already.` },
    ]
  }
  const cycles = cyclesOf(plan)
  if (cycles.length > 0 && !cycle) {
    return [{ path: at, message: 'Some prices of this plan have a cycle and this one has none.' }]
  }
  return cycles
    .filter((other) => !priceOf(plan, currency, other))
    .map((other) => ({ path: at, message: `The price per ${other} in ${currency} is missing.` }))
}

function tierFindings(tiers: Plan['prices'][number]['tiers'], path: Path): Finding[] {
  return tiers.flatMap((tier, index): Finding[] => {
    const before = tiers[index - 1]
    if (!before || tier.from > before.from) return []
    return [{ path: [...path, index, 'from'], message: `Tiers ascend: more than ${before.from}.` }]
  })
}

function quantityFindings({ quantity: { min, max, step } }: Plan, path: Path): Finding[] {
  if (min > max) return [{ path: [...path, 'max'], message: `Less than min (${min}).` }]
  if ((max - min) % step === 0) return []
  return [{ path: [...path, 'max'], message: `Not reachable from ${min} in steps of ${step}.` }]
}

function complimentaryFindings(plan: Plan, names: ProductNames, path: Path): Finding[] {
  return plan.complimentary.flatMap(({ plan: id }, index): Finding[] => {
    const at = [...path, index, 'plan']
    if (!names.planIds.includes(id)) return [unknownPlan(id, names, at)]
    const free = names.plans.find((other) => other.id === id)
    return !free || free.one_time
      ? []
      : [{ path: at, message: `Only a one-time plan can come free, and "${id}" is not one.` }]
  })
}

function payPerUseFindings(plan: Plan, names: ProductNames, path: Path): Finding[] {
  if (plan.pay_per_use.length > 0 && cyclesOf(plan).length === 0) {
    return [{ path, message: 'Only a plan with billing cycles can be metered after expiry.' }]
  }
  return plan.pay_per_use.flatMap(({ currency, unit_amount }, index) => {
    const at = [...path, index]
    if (plan.pay_per_use.findIndex((other) => other.currency === currency) < index) {
      return [{ path: at, message: `There is a price per day in ${currency} already.` }]
    }
    const paths = { currency: [...at, 'currency'], minor: [...at, 'unit_amount'] }
    return amountFindings({ currency, minor: unit_amount }, names, paths)
  })
}

/** A month renewed from its old end after 28 days of standstill would be over when it is paid (R17). */
function stopFindings(plan: Plan, path: Path): Finding[] {
  const { graceDays, retentionDays } = graceOf(plan)
  const isMonthly = cyclesOf(plan).includes('month') && plan.renewal_basis === 'from_expiry'
  if (!isMonthly || graceDays + retentionDays < 28) return []
  const field = plan.retention_days === undefined ? 'grace_days' : 'retention_days'
  const message = `Grace and retention (${graceDays} + ${retentionDays} days) must stay under 28 on a monthly plan renewed from_expiry.`
  return [{ path: [...path, field], message }]
}

/**
 * The rules of a purchase (S4–S7): whatever the form allowed, the server checks again, and answers
 * with every mistake at once, each naming its field of the wire body.
 */
import type { Temporal } from 'temporal-polyfill'
import type { Cycle, Plan, Price, Product, PromoCode } from './catalogue.ts'
import { currencyRules, formatMoney } from './money.ts'
import { cyclesOf, isRetired, planOf, priceOf } from './plan.ts'
import { checkPromo } from './promo.ts'
import { type FieldError, Refused } from './refusals.ts'
import { unitPrice } from './tiers.ts'

/** One item as it crosses the wire. */
export interface SelectionItem {
  readonly plan: string
  readonly quantity: number
  readonly cycle?: Cycle | null | undefined
  readonly auto_renew?: boolean | null | undefined
}

export interface Selection {
  readonly items: readonly SelectionItem[]
  /** Null or absent: the product's first currency. */
  readonly currency?: string | null | undefined
  readonly promoCode?: string | null | undefined
  readonly at: Temporal.Instant
}

export interface CheckedItem {
  readonly plan: Plan
  readonly price: Price
  readonly quantity: number
  /** Null for a plan without billing cycles. */
  readonly cycle: Cycle | null
  readonly autoRenew: boolean
}

export interface CheckedSelection {
  readonly items: readonly CheckedItem[]
  readonly currency: string
  readonly promo: PromoCode | null
}

/** @throws Refused `request.invalid` with all field errors (`/items/0/quantity`, `/currency` …) */
export function checkSelection(product: Product, selection: Selection): CheckedSelection {
  const currency = selection.currency ?? product.currencies[0] ?? ''
  const isSold = product.currencies.includes(currency)
  const checks = selection.items.map((item, index) =>
    checkItem(product, item, `/items/${index}`, isSold ? currency : null, selection.at),
  )
  const items = checks.flatMap((check) => check.item ?? [])
  const planIds = selection.items.map((item) => item.plan)
  const promo = checkPromo(product, selection, { planIds, currency })
  const errors = [
    ...checks.flatMap((check) => check.errors),
    ...(isSold ? [] : [currencyError(product, currency)]),
    ...rhythmErrors(items, selection.items.length),
    ...promo.errors,
  ]
  if (errors.length > 0) throw new Refused('request.invalid', { errors })
  return { items, currency, promo: promo.code }
}

interface ItemCheck {
  readonly item: CheckedItem | null
  readonly errors: readonly FieldError[]
}

function checkItem(
  product: Product,
  item: SelectionItem,
  pointer: string,
  currency: string | null,
  at: Temporal.Instant,
): ItemCheck {
  const plan = planOf(product, item.plan)
  if (!plan) return failed(`${pointer}/plan`, `${product.name} has no plan of this name.`)
  if (isRetired(plan, at)) return failed(`${pointer}/plan`, `${plan.name} is no longer sold.`)
  const errors: FieldError[] = []
  const add = (field: string, detail: string | null) =>
    detail && errors.push({ pointer: `${pointer}/${field}`, detail })
  const cycle = item.cycle ?? null
  const cycleProblem = checkCycle(plan, cycle)
  const price = currency && !cycleProblem ? priceOf(plan, currency, cycle) : null
  add('quantity', checkQuantity(plan, item.quantity) ?? checkAmount(price, item.quantity))
  add('cycle', cycleProblem)
  add('auto_renew', checkAutoRenew(plan, item.auto_renew ?? null))
  if (currency && !cycleProblem && !price) add('plan', `${plan.name} has no price in ${currency}.`)
  const autoRenew = item.auto_renew ?? false
  if (errors.length > 0 || !price) return { item: null, errors }
  return { item: { plan, price, quantity: item.quantity, cycle, autoRenew }, errors }
}

function failed(pointer: string, detail: string): ItemCheck {
  return { item: null, errors: [{ pointer, detail }] }
}

/** @returns a sentence, or null for units that the plan is sold in */
export function checkQuantity(
  { name, quantity: { min, max, step } }: Plan,
  units: number,
): string | null {
  if (!Number.isSafeInteger(units) || units < 1) return 'Enter a whole number of at least 1.'
  if (units < min) return `${name} is sold from ${min} units.`
  if (units > max) return `${name} is sold up to ${max} units at a time.`
  if ((units - min) % step === 0) return null
  return `${name} is sold in steps of ${step}, starting at ${min}.`
}

/** Nothing beyond what can be charged at once is even multiplied out. */
function checkAmount(price: Price | null, units: number): string | null {
  if (!price || !Number.isSafeInteger(units)) return null
  const { maximum } = currencyRules(price.currency)
  const amount = BigInt(unitPrice(price, units).unitAmount) * BigInt(units)
  if (amount <= BigInt(maximum)) return null
  return `This is more than one payment can be (${formatMoney(maximum, price.currency, 'en')}).`
}

function checkCycle(plan: Plan, cycle: Cycle | null): string | null {
  const cycles = cyclesOf(plan)
  if (cycles.length === 0) {
    return cycle && `${plan.name} is paid once and has no billing cycle: leave it out.`
  }
  if (!cycle) return `Choose a billing cycle: ${cycles.join(' or ')}.`
  return cycles.includes(cycle) ? null : `${plan.name} is billed by ${cycles.join(' or ')} only.`
}

function checkAutoRenew(plan: Plan, autoRenew: boolean | null): string | null {
  if (plan.auto_renewal === 'never' && autoRenew) {
    return `${plan.name} does not renew by itself: choose No.`
  }
  const isRequired = cyclesOf(plan).length > 0
  return isRequired && autoRenew === null
    ? 'Choose whether it renews by itself: true or false.'
    : null
}

function currencyError(product: Product, currency: string): FieldError {
  const detail = `${product.name} is not sold in ${currency}: choose ${product.currencies.join(' or ')}.`
  return { pointer: '/currency', detail }
}

/** One quote promises one renewal amount on one day, so what renews by itself must share its rhythm. */
function rhythmErrors(items: readonly CheckedItem[], asked: number): FieldError[] {
  if (items.length < asked) return []
  const first = items.find((item) => item.autoRenew)
  return items.flatMap((item, index) => {
    if (!first || !item.autoRenew || rhythmOf(item) === rhythmOf(first)) return []
    const detail =
      'Items that renew by themselves must share one billing cycle and charge day: order this one separately.'
    return [{ pointer: `/items/${index}/cycle`, detail }]
  })
}

function rhythmOf({ cycle, plan }: CheckedItem): string {
  return `${cycle} ${plan.auto_renewal_lead_days}`
}

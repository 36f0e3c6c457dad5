/**
 * Units added until the end of a license (R14), and upgrades for the rest of it (S81): both pay for
 * the remaining time by natural months (R12), and change no date.
 */
import { Temporal } from 'temporal-polyfill'
import { localDate } from './calendar.ts'
import type { Plan, Price, Product, PromoCode } from './catalogue.ts'
import { remainingTime, type RemainingTime } from './extension.ts'
import { cyclesOf, isRetired, planOf, priceOf } from './plan.ts'
import { checkPromo } from './promo.ts'
import { type FieldError, Refused } from './refusals.ts'
import {
  currencyOf,
  extensionObstacle,
  priceNow,
  type NotRenewableReason,
  type RenewableLicense,
} from './renewal-eligibility.ts'
import { impossible, type Impossible } from './renewal-refusals.ts'
import type { RenewalWords } from './renewal-words.ts'
import { checkQuantity } from './selection.ts'
import { unitPrice } from './tiers.ts'

export interface WantedUnits {
  readonly license_id: string
  readonly quantity: number
}
export interface WantedUpgrade {
  readonly license_id: string
  readonly plan: string
}

export type CoTermSelection = {
  readonly currency?: string | null | undefined
  readonly promoCode?: string | null | undefined
  readonly at: Temporal.Instant
} & (
  | { readonly kind: 'add_units'; readonly wanted: readonly WantedUnits[] }
  | { readonly kind: 'upgrade'; readonly wanted: readonly WantedUpgrade[] }
)

export interface CheckedCoTerm {
  readonly license: RenewableLicense
  readonly plan: Plan
  readonly price: Price
  /** Units that are added; all of them for an upgrade. */
  readonly paid: number
  /** Null where units are added. */
  readonly upgrade: { readonly plan: Plan; readonly price: Price } | null
  readonly remaining: RemainingTime
}

export interface CheckedCoTerms {
  readonly kind: 'add_units' | 'upgrade'
  readonly changes: readonly CheckedCoTerm[]
  readonly currency: string
  readonly promo: PromoCode | null
  readonly at: Temporal.Instant
}

const FIELDS = { add_units: 'add_units', upgrade: 'upgrades' } as const

/** @throws Refused as `checkRenewals` does */
export function checkCoTerms(
  product: Product,
  licenses: ReadonlyMap<string, RenewableLicense>,
  selection: CoTermSelection,
  words: RenewalWords,
): CheckedCoTerms {
  const { kind, at } = selection
  const found = selection.wanted.map(({ license_id }, index) => ({
    pointer: `/${FIELDS[kind]}/${index}`,
    license: licenses.get(license_id) ?? null,
    isTwice: selection.wanted.findIndex((other) => other.license_id === license_id) < index,
  }))
  const problems = found.flatMap((one) => problemOf(one, product, at, words))
  if (problems.length > 0) throw impossible(problems, found.length, words)
  const usable = found.flatMap(({ license }) => license ?? [])
  const currency = oneCurrency(product, usable, selection, words)
  const changes: CheckedCoTerm[] = []
  const errors: FieldError[] = []
  for (const [index, license] of usable.entries()) {
    const pointer = `/${FIELDS[kind]}/${index}`
    const checked = checkOne(product, license, selection, index, words)
    if ('detail' in checked)
      errors.push({ pointer: `${pointer}/${checked.field}`, detail: checked.detail })
    else changes.push(checked)
  }
  const promo = checkPromo(product, selection, { planIds: soldPlans(usable, selection), currency })
  errors.push(...promo.errors)
  if (errors.length > 0) throw new Refused('request.invalid', { errors })
  return { kind, changes, currency, promo: promo.code, at }
}

/** Null when units can be added now, and the plan upgraded: only while the license runs. */
export function coTermObstacle(
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
): NotRenewableReason | 'expired' | 'whole_period' | null {
  const held = extensionObstacle(license, product, at)
  if (held !== null) return held
  if (license.cycle === null) return 'whole_period'
  return Temporal.Instant.compare(at, license.endsAt) < 0 ? null : 'expired'
}

/** Dearer plans of the product that the license could have for the rest of its time (S81). */
export function upgradesOf(
  license: RenewableLicense,
  product: Product,
  at: Temporal.Instant,
): readonly Plan[] {
  return product.plans.filter((plan) => upgradeProblem(license, plan, product, at) === null)
}

type Found = { pointer: string; license: RenewableLicense | null; isTwice: boolean }

function problemOf(
  { pointer, license, isTwice }: Found,
  product: Product,
  at: Temporal.Instant,
  words: RenewalWords,
): Impossible[] {
  const problem = { pointer: `${pointer}/license_id`, license, reason: null }
  if (license === null || license.renewalMode === null) return [problem]
  if (isTwice) return [{ ...problem, detail: words.twice }]
  const obstacle = coTermObstacle(license, product, at)
  if (obstacle === null) return []
  if (obstacle === 'expired' || obstacle === 'whole_period') {
    return [{ ...problem, detail: words[obstacle] }]
  }
  return [{ ...problem, reason: obstacle }]
}

function oneCurrency(
  product: Product,
  licenses: readonly RenewableLicense[],
  selection: CoTermSelection,
  words: RenewalWords,
): string {
  const currencies = licenses.map((license) => currencyOf(license, product))
  const [currency = ''] = currencies
  if (currencies.some((other) => other !== currency)) {
    const errors = currencies.map((own, index) => ({
      pointer: `/${FIELDS[selection.kind]}/${index}/license_id`,
      detail: words.currencyIs(own),
    }))
    throw new Refused('renewals.mixed_currencies', { errors })
  }
  if (!selection.currency || selection.currency === currency) return currency
  const errors = [{ pointer: '/currency', detail: words.otherCurrency(currency) }]
  throw new Refused('request.invalid', { errors })
}

/** What a promo code has to be for: an upgrade sells the plan that it leads to. */
function soldPlans(
  licenses: readonly RenewableLicense[],
  selection: CoTermSelection,
): readonly string[] {
  return selection.kind === 'upgrade'
    ? selection.wanted.map(({ plan }) => plan)
    : licenses.map(({ planId }) => planId)
}

type Mistake = { readonly field: 'quantity' | 'plan'; readonly detail: string }

function checkOne(
  product: Product,
  license: RenewableLicense,
  selection: CoTermSelection,
  index: number,
  words: RenewalWords,
): CheckedCoTerm | Mistake {
  const plan = planOf(product, license.planId)
  const price = plan && priceNow(license, plan, product)
  if (!plan || !price) throw new Error(`extendable without a price: ${license.id}`)
  const remaining = remainingOf(license, selection.at)
  if (selection.kind === 'add_units') {
    const paid = selection.wanted[index]?.quantity ?? 0
    const problem = checkQuantity(plan, license.total + paid)
    if (problem !== null) return { field: 'quantity', detail: problem }
    return { license, plan, price, paid, upgrade: null, remaining }
  }
  const target = planOf(product, selection.wanted[index]?.plan ?? '')
  if (target === null) return { field: 'plan', detail: words.noPlan }
  const problem = upgradeProblem(license, target, product, selection.at)
  const targetPrice = priceNow(license, target, product)
  if (problem !== null || targetPrice === null) {
    return { field: 'plan', detail: sentenceOf(problem, target, words) }
  }
  const upgrade = { plan: target, price: targetPrice }
  return { license, plan, price, paid: license.total, upgrade, remaining }
}

type UpgradeProblem = 'same' | 'none' | 'downgrade' | { readonly units: string }

function upgradeProblem(
  license: RenewableLicense,
  target: Plan,
  product: Product,
  at: Temporal.Instant,
): UpgradeProblem | null {
  if (target.id === license.planId) return 'same'
  const current = planOf(product, license.planId)
  const price = current && priceNow(license, current, product)
  const isSold = !target.one_time && cyclesOf(target).length > 0 && !isRetired(target, at)
  const targetPrice = isSold ? priceOf(target, currencyOf(license, product), license.cycle) : null
  if (!price || !targetPrice) return 'none'
  const units = license.total
  const isDearer = unitPrice(targetPrice, units).unitAmount > unitPrice(price, units).unitAmount
  if (!isDearer) return 'downgrade'
  const detail = checkQuantity(target, units)
  return detail === null ? null : { units: detail }
}

function sentenceOf(problem: UpgradeProblem | null, target: Plan, words: RenewalWords): string {
  if (problem === 'same') return words.samePlan
  if (problem === 'downgrade') return words.downgrade(target.name)
  return problem === null || problem === 'none' ? words.noPlan : problem.units
}

function remainingOf({ endsAt, anchor }: RenewableLicense, at: Temporal.Instant): RemainingTime {
  const boughtOn = localDate(at, anchor.zone)
  return remainingTime(boughtOn, localDate(endsAt, anchor.zone), anchor.day)
}

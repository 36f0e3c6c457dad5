/**
 * The rules of a renewal, alone or in a batch (R3–R5, R14): every license at once, each with its
 * reason. A batch is all or none; what cannot be renewed is named so that it can be taken out.
 */
import type { Temporal } from 'temporal-polyfill'
import type { RenewalDay } from './alignment.ts'
import type { Cycle, Plan, Price, Product, PromoCode } from './catalogue.ts'
import { cyclesOf, periodMonths, planOf, priceOf } from './plan.ts'
import { checkPromo } from './promo.ts'
import { type FieldError, Refused } from './refusals.ts'
import {
  currencyOf,
  isTooFarAhead,
  isTooShort,
  renewalObstacle,
  unitsNext,
  type RenewableLicense,
} from './renewal-eligibility.ts'
import { type RenewalPeriod, renewalPeriod } from './renewal-period.ts'
import { impossible, type Impossible } from './renewal-refusals.ts'
import type { RenewalWords } from './renewal-words.ts'
import { checkQuantity } from './selection.ts'

/** One license as it crosses the wire. */
export interface WantedRenewal {
  readonly license_id: string
  readonly quantity?: number | null | undefined
  readonly cycle?: Cycle | null | undefined
}

export type Duration = { readonly months: number } | { readonly cycles: number }

export interface RenewalSelection {
  readonly renewals: readonly WantedRenewal[]
  readonly duration: Duration
  /** Null for plain renewals. */
  readonly day: RenewalDay | null
  /** Null or absent: that of the licenses. */
  readonly currency?: string | null | undefined
  readonly promoCode?: string | null | undefined
  readonly at: Temporal.Instant
}

export interface CheckedRenewal {
  readonly license: RenewableLicense
  readonly plan: Plan
  readonly price: Price
  /** Units from the next period on. */
  readonly quantity: number
  readonly cycle: Cycle | null
  readonly months: number
  readonly period: RenewalPeriod
}

export interface CheckedRenewals {
  readonly renewals: readonly CheckedRenewal[]
  readonly currency: string
  readonly day: RenewalDay | null
  readonly promo: PromoCode | null
}

/**
 * @param licenses  those of the customer, by id; whatever else is asked for does not exist
 * @throws Refused `license.not_found`, `license.order_open`, `license.not_renewable` for one license;
 *   `renewals.not_possible` and `renewals.mixed_currencies` for several; `request.invalid`
 */
export function checkRenewals(
  product: Product,
  licenses: ReadonlyMap<string, RenewableLicense>,
  selection: RenewalSelection,
  words: RenewalWords,
): CheckedRenewals {
  const wanted = found(product, licenses, selection, words)
  const currency = oneCurrency(product, wanted, selection.currency ?? null, words)
  const checks = wanted.map((one) => checkOne(product, one, currency, selection, words))
  const errors = [
    ...checks.flatMap((check) => check.errors),
    ...durationErrors(checks, selection, words),
  ]
  const promo = checkPromo(product, selection, {
    planIds: wanted.map(({ license }) => license.planId),
    currency,
  })
  errors.push(...promo.errors)
  const renewals = checks.flatMap((check) => check.renewal ?? [])
  if (errors.length > 0) throw new Refused('request.invalid', { errors })
  return { renewals, currency, day: selection.day, promo: promo.code }
}

interface Found {
  readonly license: RenewableLicense
  readonly item: WantedRenewal
  readonly pointer: string
}

function found(
  product: Product,
  licenses: ReadonlyMap<string, RenewableLicense>,
  { renewals, at }: RenewalSelection,
  words: RenewalWords,
): Found[] {
  const wanted = renewals.map((item, index) => ({
    item,
    pointer: `/renewals/${index}`,
    license: licenses.get(item.license_id),
    isTwice: renewals.findIndex((other) => other.license_id === item.license_id) < index,
  }))
  const twice = wanted.filter(({ isTwice }) => isTwice)
  if (twice.length > 0) {
    const errors = twice.map(({ pointer }) => ({
      pointer: `${pointer}/license_id`,
      detail: words.twice,
    }))
    throw new Refused('request.invalid', { errors })
  }
  const possible: Found[] = []
  const problems: Impossible[] = []
  for (const { item, pointer, license } of wanted) {
    const reason = license && license.renewalMode ? renewalObstacle(license, product, at) : null
    if (license?.renewalMode && reason === null) possible.push({ license, item, pointer })
    else problems.push({ pointer: `${pointer}/license_id`, license: license ?? null, reason })
  }
  if (problems.length > 0) throw impossible(problems, wanted.length, words)
  return possible
}

function oneCurrency(
  product: Product,
  wanted: readonly Found[],
  asked: string | null,
  words: RenewalWords,
): string {
  const currencies = wanted.map(({ license }) => currencyOf(license, product))
  const [currency = ''] = currencies
  if (currencies.some((other) => other !== currency)) {
    const errors = wanted.map(({ pointer }, index) => ({
      pointer: `${pointer}/license_id`,
      detail: words.currencyIs(currencies[index] ?? ''),
    }))
    throw new Refused('renewals.mixed_currencies', { errors })
  }
  if (asked === null || asked === currency) return currency
  const errors = [{ pointer: '/currency', detail: words.otherCurrency(currency) }]
  throw new Refused('request.invalid', { errors })
}

interface Check {
  readonly license: RenewableLicense
  readonly renewal: CheckedRenewal | null
  readonly errors: readonly FieldError[]
  /** Months that the duration must be a multiple of, where it is none. */
  readonly unfit: number | null
}

function checkOne(
  product: Product,
  { license, item, pointer }: Found,
  currency: string,
  { duration, day, at }: RenewalSelection,
  words: RenewalWords,
): Check {
  const plan = planOf(product, license.planId)
  if (plan === null) throw new Error(`renewable without a plan: ${license.id}`)
  const cycle = item.cycle ?? license.cycle
  const price = priceOf(plan, currency, cycle)
  const quantity = item.quantity ?? unitsNext(license)
  const errors: FieldError[] = []
  if (price === null) {
    const detail = words.noCycle(plan.name, cyclesOf(plan).join(', '))
    errors.push({ pointer: `${pointer}/cycle`, detail })
  }
  const units = checkUnits(plan, license, quantity, words)
  if (units !== null) errors.push({ pointer: `${pointer}/quantity`, detail: units })
  if (price === null || units !== null) return { license, renewal: null, errors, unfit: null }
  const cycleMonths = periodMonths(plan, cycle)
  const months = 'months' in duration ? duration.months : duration.cycles * cycleMonths
  const isOneValidity = cycle === null && (months !== cycleMonths || day !== null)
  if (isOneValidity) {
    errors.push({ pointer: `${pointer}/license_id`, detail: words.oneValidity(cycleMonths) })
  }
  if (isOneValidity || months % cycleMonths > 0) {
    return { license, renewal: null, errors, unfit: isOneValidity ? null : cycleMonths }
  }
  const period = renewalPeriod(license, plan, { months, day, at })
  return {
    license,
    renewal: { license, plan, price, quantity, cycle, months, period },
    errors,
    unfit: null,
  }
}

/** Fewer units are the customer's choice, within the plan; the same number is always fine. */
function checkUnits(
  plan: Plan,
  license: RenewableLicense,
  quantity: number,
  words: RenewalWords,
): string | null {
  const units = unitsNext(license)
  if (quantity === units) return null
  if (quantity > units) return words.moreUnits(units)
  if (quantity < license.inUse) return words.inUse(license.inUse)
  return checkQuantity(plan, quantity)
}

function durationErrors(
  checks: readonly Check[],
  { duration, at }: RenewalSelection,
  words: RenewalWords,
): FieldError[] {
  const pointer = 'months' in duration ? '/duration/months' : '/duration/cycles'
  const errors: FieldError[] = []
  const idsOf = (list: readonly Check[]) => list.map(({ license }) => license.id).join(', ')
  for (const months of new Set(checks.flatMap(({ unfit }) => unfit ?? []))) {
    const unfit = checks.filter((check) => check.unfit === months)
    errors.push({ pointer, detail: words.wholeCycles(months, idsOf(unfit)) })
  }
  const tooLong = checks.filter(
    ({ renewal, license }) =>
      renewal && isTooFarAhead(renewal.period.endsAt, license.anchor.zone, at),
  )
  if (tooLong.length > 0) errors.push({ pointer, detail: words.tooLong(idsOf(tooLong)) })
  const tooShort = checks.filter(({ renewal }) => renewal && isTooShort(renewal.period.endsAt, at))
  if (tooShort.length > 0) errors.push({ pointer, detail: words.reasons.too_short })
  return errors
}

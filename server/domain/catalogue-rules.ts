/**
 * What a schema cannot say: rules between the parts of a catalogue. Each part is checked as soon as
 * it can be read by itself, so that one typing mistake does not hide the others.
 */
import type { z } from 'zod'
import { Plan, Product, PromoCode } from './catalogue.ts'
import { isZone } from './calendar.ts'
import {
  type Finding,
  type Path,
  type ProductNames,
  amountFindings,
  unknownPlan,
} from './catalogue-findings.ts'
import { planFindings } from './catalogue-plan-rules.ts'
import { CURRENCY_CODES } from './money.ts'
import { nearestWord } from './suggest.ts'

const HostKey = Product.shape.host_keys.unwrap().element

export function ruleFindings(document: unknown): Finding[] {
  const products = listAt(document, 'products')
  return [
    ...repeated(products, 'id', ['products']),
    ...repeated(products, 'key_prefix', ['products']),
    ...repeatedKeys(products),
    ...products.flatMap((product, index) => productFindings(product, ['products', index])),
  ]
}

/** Elements of a list that repeat an earlier one in `field`. */
function repeated(list: readonly unknown[], field: string, path: Path): Finding[] {
  const seen = new Set<unknown>()
  return list.flatMap((element, index) => {
    const value = fieldOf(element, field)
    if (typeof value !== 'string') return []
    const isRepeated = seen.has(value)
    seen.add(value)
    return isRepeated
      ? [{ path: [...path, index, field], message: `"${value}" is taken already.` }]
      : []
  })
}

/** A publishable key names its product, so no other may have it. */
function repeatedKeys(products: readonly unknown[]): Finding[] {
  const seen = new Set<unknown>()
  return products.flatMap((product, index) =>
    listAt(product, 'publishable_keys').flatMap((key, position) => {
      const isRepeated = seen.has(key)
      seen.add(key)
      const path = ['products', index, 'publishable_keys', position]
      return isRepeated ? [{ path, message: `"${String(key)}" is taken already.` }] : []
    }),
  )
}

function productFindings(product: unknown, path: Path): Finding[] {
  const plans = listAt(product, 'plans')
  const names: ProductNames = {
    planIds: plans.map((plan) => fieldOf(plan, 'id')).filter((id) => typeof id === 'string'),
    plans: plans.flatMap((plan) => read(Plan, plan) ?? []),
    currencies: stringsAt(product, 'currencies').map((code) => code.toUpperCase()),
  }
  return [
    ...repeated(plans, 'id', [...path, 'plans']),
    ...repeated(listAt(product, 'promo_codes'), 'code', [...path, 'promo_codes']),
    ...repeated(listAt(product, 'host_keys'), 'kid', [...path, 'host_keys']),
    // Of prices that cannot be read nobody knows whether they are missing.
    ...currencyFindings(names, [...path, 'currencies'], {
      areAllRead: names.plans.length > 0 && names.plans.length === plans.length,
    }),
    ...placeFindings(product, path),
    ...hostKeyFindings(product, [...path, 'host_keys']),
    ...promoFindings(product, names, [...path, 'promo_codes']),
    ...plans.flatMap((raw, index) => {
      const plan = read(Plan, raw)
      return plan ? planFindings(plan, names, [...path, 'plans', index]) : []
    }),
  ]
}

function currencyFindings(
  { currencies, plans }: ProductNames,
  path: Path,
  { areAllRead }: { readonly areAllRead: boolean },
): Finding[] {
  return currencies.flatMap((currency, index): Finding[] => {
    const at = [...path, index]
    if (!/^[A-Z]{3}$/.test(currency)) return []
    if (!CURRENCY_CODES.includes(currency)) {
      const message = `${currency} is not supported. Known: ${CURRENCY_CODES.join(', ')}.`
      return [{ path: at, message, suggestion: nearestWord(currency, CURRENCY_CODES) }]
    }
    if (currencies.indexOf(currency) < index)
      return [{ path: at, message: `${currency} is listed twice.` }]
    const isPriced = plans.some(({ prices }) => prices.some((price) => price.currency === currency))
    return isPriced || !areAllRead
      ? []
      : [{ path: at, message: `No plan has a price in ${currency}.` }]
  })
}

/** Where consoles live and which clock they keep. */
function placeFindings(product: unknown, path: Path): Finding[] {
  const { home_url, time_zone } = Product.shape
  const home = read(home_url, fieldOf(product, 'home_url'))
  const zone = read(time_zone, fieldOf(product, 'time_zone'))
  const wrongOrigins = stringsAt(product, 'origins').flatMap((origin, index): Finding[] => {
    if (!URL.canParse(origin)) return []
    const exact = new URL(origin).origin
    if (isWeb(origin) && exact === origin) return []
    const message = 'An origin is scheme, host and port only, in lower case.'
    return [
      { path: [...path, 'origins', index], message, suggestion: isWeb(origin) ? exact : null },
    ]
  })
  const homeFindings =
    home && !isWeb(home)
      ? [{ path: [...path, 'home_url'], message: 'Only http and https lead home.' }]
      : []
  const zoneFindings =
    zone && !isZone(zone)
      ? [{ path: [...path, 'time_zone'], message: `"${zone}" is not an IANA time zone.` }]
      : []
  return [...wrongOrigins, ...homeFindings, ...zoneFindings]
}

function isWeb(url: string): boolean {
  return ['http:', 'https:'].includes(new URL(url).protocol)
}

function hostKeyFindings(product: unknown, path: Path): Finding[] {
  return listAt(product, 'host_keys').flatMap((raw, index): Finding[] => {
    const key = read(HostKey, raw)
    if (key === null) return []
    const { alg, jwk, secret_env } = key
    const at = [...path, index]
    if (alg === 'HS256') {
      const isNamed = secret_env !== undefined && jwk === undefined
      return isNamed ? [] : [{ path: at, message: 'HS256 takes secret_env, and no jwk.' }]
    }
    if (jwk === undefined || secret_env !== undefined) {
      return [{ path: at, message: `${alg} takes a public jwk, and no secret_env.` }]
    }
    const message = 'This is a private key: keep it out of the catalogue and replace it.'
    return Object.hasOwn(jwk, 'd') ? [{ path: [...at, 'jwk', 'd'], message }] : []
  })
}

function promoFindings(product: unknown, names: ProductNames, path: Path): Finding[] {
  return listAt(product, 'promo_codes').flatMap((raw, index): Finding[] => {
    const promo = read(PromoCode, raw)
    if (promo === null) return []
    const { percent_bp, amount, plans } = promo
    const at = [...path, index]
    const strangers = (plans ?? []).flatMap((plan, position) =>
      names.planIds.includes(plan) ? [] : [unknownPlan(plan, names, [...at, 'plans', position])],
    )
    const isBothOrNone = (percent_bp === undefined) === (amount === undefined)
    const kind = isBothOrNone ? [{ path: at, message: 'Give either percent_bp or amount.' }] : []
    const paths = { currency: [...at, 'amount', 'currency'], minor: [...at, 'amount', 'minor'] }
    return [...kind, ...strangers, ...(amount ? amountFindings(amount, names, paths) : [])]
  })
}

function listAt(value: unknown, field: string): readonly unknown[] {
  const list = fieldOf(value, field)
  return Array.isArray(list) ? list : []
}

/** Its elements where they are; what is no text is an empty one, which no rule speaks of. */
function stringsAt(value: unknown, field: string): readonly string[] {
  return listAt(value, field).map((element) => (typeof element === 'string' ? element : ''))
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, field)
    ? Reflect.get(value, field)
    : undefined
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> | null {
  const result = schema.safeParse(value)
  return result.success ? result.data : null
}

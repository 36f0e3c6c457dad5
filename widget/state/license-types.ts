import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import type { ManagerMessages } from '../i18n/manager-en.ts'

/** The license types that a product sells, in the order of its catalogue. */
export function typesOf(plans: readonly CataloguePlan[]): readonly string[] {
  return [...new Set(plans.map(({ type }) => type))]
}

/** The wanted one where it is sold, or where nobody knows what is; else the first. */
export function shownType(types: readonly string[], wanted: string | null): string | null {
  if (wanted !== null && (types.length === 0 || types.includes(wanted))) return wanted
  return types[0] ?? null
}

/** Our word for a type that we know, else the name of its first plan. */
export function typeName(
  type: string,
  plans: readonly CataloguePlan[],
  words: ManagerMessages,
): string {
  const known: Partial<Record<string, string>> = words.types
  return known[type] ?? plans.find((plan) => plan.type === type)?.name ?? type
}

/** The one type that comes free with purchases; null where there is none, or several. */
export function grantType(plans: readonly CataloguePlan[]): string | null {
  const granted = new Set(
    plans.flatMap(({ complimentary }) => complimentary.map(({ plan }) => plan)),
  )
  const types = typesOf(plans.filter(({ id }) => granted.has(id)))
  return types.length === 1 ? (types[0] ?? null) : null
}

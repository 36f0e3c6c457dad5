/** Unusual activation (S86): many installations that are far apart, within a short time. Pure. */
import type { Plan } from './catalogue.ts'

export type UnusualActivationRule = NonNullable<Plan['unusual_activation']>

/**
 * @param recent  every installation of the license that was activated within the hours of the rule, the
 *   newcomer among them, ended ones too: to come and go is no way around it
 */
export function isUnusual(
  rule: UnusualActivationRule | undefined,
  recent: readonly { readonly id: string; readonly network: string | null }[],
): boolean {
  if (rule === undefined) return false
  const installations = new Set(recent.map(({ id }) => id))
  const networks = new Set(recent.flatMap(({ network }) => network ?? []))
  return installations.size >= rule.new_installations && networks.size >= rule.networks
}

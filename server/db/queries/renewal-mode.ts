import { eq, inArray, type SQL } from 'drizzle-orm'
import type { RenewalMode } from '../../domain/license.ts'
import { licenses } from '../schema.ts'

/**
 * Licenses of these modes. Written into the statement: an index holds `auto` alone, and a statement
 * that asks for a bound mode is planned anew each time that it runs.
 */
export function renewsBy(mode: RenewalMode, ...others: readonly RenewalMode[]): SQL {
  const { renewalMode } = licenses
  const isOne = others.length === 0
  return (isOne ? eq(renewalMode, mode) : inArray(renewalMode, [mode, ...others])).inlineParams()
}

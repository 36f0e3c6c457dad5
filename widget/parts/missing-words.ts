import type { CataloguePlan } from '../../server/contract/catalogue.ts'
import { formatNumber } from '../state/format.ts'
import type { MissingField } from '../state/selection.ts'
import type { Session } from '../state/session.ts'

/** What is missing, as a sentence that says what to enter. */
export function missingSentence(
  { field, reason }: MissingField,
  { min, max, step }: CataloguePlan['quantity'],
  { words, locale }: Session,
): string {
  const number = (value: number) => formatNumber(value, locale)
  if (field === 'cycle') return words.missing.cycle
  if (field === 'autoRenewal') return words.missing.autoRenewal
  if (reason === 'range') return words.missing.quantityRange(number(min), number(max))
  if (reason === 'step') return words.missing.quantityStep(number(step), number(min))
  return words.missing.quantityNumber
}

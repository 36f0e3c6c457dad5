import { type OfflineCodeKind, readOfflineCode } from '../../../server/domain/offline-codes.ts'
import { formatNumber } from '../format.ts'
import type { ActivationSession } from './activation-session.ts'

/**
 * What is wrong with a code that was typed or pasted, before it is sent: the line by its check
 * character, or that it is a code for another place.
 *
 * @returns a sentence; null when it is a code of that kind
 */
export function codeMistake(
  text: string,
  expected: OfflineCodeKind,
  { activation: { mistake }, locale }: ActivationSession,
): string | null {
  if (text.trim() === '') return mistake.missing
  const code = readOfflineCode(text)
  if (!('kind' in code)) {
    const { mistakenLine: line } = code
    return line === null ? mistake.short : mistake.line(formatNumber(line, locale))
  }
  return code.kind === expected ? null : mistake.kind[code.kind]
}

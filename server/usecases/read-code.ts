/** A code that a person typed, as the one that is expected, or a sentence that says where to look again. */
import { readOfflineCode } from '../domain/offline-codes.ts'
import type { OfflineCode, OfflineCodeKind } from '../domain/offline-codes.ts'
import { invalidField } from '../domain/refusals.ts'

/** What somebody holds who brings another one. */
const OTHERS: Readonly<Record<OfflineCodeKind, string>> = {
  registration: 'This is the registration code of a host.',
  activation: 'This code is for the host itself.',
  deactivation: 'This is a deactivation code.',
  customer: 'This is the registration code of a console.',
  grant: 'This is an activation code for the console.',
}

/** @throws Refused `request.invalid`, at that field */
export function readCodeOf<K extends OfflineCodeKind>(
  kind: K,
  pointer: string,
  text: string,
): Extract<OfflineCode, { readonly kind: K }> {
  const read = readOfflineCode(text)
  if ('mistakenLine' in read) {
    const { mistakenLine } = read
    const where =
      mistakenLine === null ? 'This is no such code.' : `Look again at line ${mistakenLine}.`
    throw invalidField(pointer, where)
  }
  if (!isOf(kind, read)) throw invalidField(pointer, OTHERS[read.kind])
  return read
}

function isOf<K extends OfflineCodeKind>(
  kind: K,
  code: OfflineCode,
): code is Extract<OfflineCode, { readonly kind: K }> {
  return code.kind === kind
}

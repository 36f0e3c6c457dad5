/** What the Allocation Log calls the entries of the journal (S33). Pure. */

export const ALLOCATION_KINDS = ['unit', 'key', 'license'] as const
export type AllocationKind = (typeof ALLOCATION_KINDS)[number]

interface Meaning {
  readonly event: string
  readonly kind: AllocationKind
}

const unit = (event: string): Meaning => ({ event, kind: 'unit' })
const key = (event: string): Meaning => ({ event, kind: 'key' })
const license = (event: string): Meaning => ({ event, kind: 'license' })

const MEANINGS: Readonly<Record<string, Meaning>> = {
  'license.activated': unit('activated'),
  'license.deactivated': unit('deactivated'),
  'activation.culled': unit('culled'),
  'license.rebound': unit('rebound'),
  'rebind.requested': unit('rebind_requested'),
  'rebind.approved': unit('rebind_approved'),
  'rebind.denied': unit('rebind_denied'),
  'rebind.withdrawn': unit('rebind_withdrawn'),
  'license.unit_reserved': unit('unit_reserved'),
  'license.unit_consumed': unit('unit_consumed'),
  'license.unit_released': unit('unit_released'),
  'license.key_revealed': key('key_revealed'),
  'license.key_rotated': key('key_rotated'),
  'license.key_sent': key('key_sent'),
  'activation.file_issued': key('file_issued'),
  'activation.code_issued': key('activation_code_issued'),
  'license.issued': license('issued'),
  'license.extended': license('extended'),
  'license.suspended': license('suspended'),
  'license.reinstated': license('reinstated'),
  'license.flagged': license('flagged'),
  'license.cleared': license('cleared'),
  'license.revoked': license('revoked'),
}

/** An entry that is younger than this table changed the license in some way. */
export function meaningOf(type: string): Meaning {
  return MEANINGS[type] ?? license('changed')
}

/** Types of the journal, for a filter by kind; everything else is of the kind `license`. */
export function typesOf(kind: Exclude<AllocationKind, 'license'>): readonly string[] {
  return Object.keys(MEANINGS).filter((type) => MEANINGS[type]?.kind === kind)
}

export const BYS = ['installation', 'customer', 'operator', 'center'] as const

/** Who did it, as customers may know: operators have no names here. */
export function byOf(actor: string): (typeof BYS)[number] {
  const [first] = actor.split(':')
  if (first === 'installation' || first === 'customer' || first === 'operator') return first
  return 'center'
}

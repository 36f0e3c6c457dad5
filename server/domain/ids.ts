/**
 * Prefixed ids: `lic_…` + UUIDv7 in base 32 (TypeID). Sortable by creation, self-describing in logs.
 * Ids are made by `deps.newId`, never here: the domain has no clock and no randomness.
 */
export const ID_PREFIXES = [
  'cus',
  'quo',
  'ord',
  'oln',
  'pay',
  'lic',
  'evt',
  'mail',
  'tic',
  'task',
  'rnl',
  'set',
  'act',
  'ref',
  'acd',
  'reb',
  'rls',
  'hak',
  'whe',
] as const
export type IdPrefix = (typeof ID_PREFIXES)[number]
export type Id<P extends IdPrefix> = `${P}_${string}`
export type NewId = <P extends IdPrefix>(prefix: P) => Id<P>

const SUFFIX = /^[0-7][0-9a-hjkmnp-tv-z]{25}$/

/** True for a well-formed id of that prefix; a malformed one never reaches the database. */
export function isId<P extends IdPrefix>(prefix: P, text: string): text is Id<P> {
  return text.startsWith(`${prefix}_`) && SUFFIX.test(text.slice(prefix.length + 1))
}

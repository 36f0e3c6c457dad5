/**
 * What hosts are told about: entries of the journal under names that are a promise, with the fields
 * that are meant for them. What is not listed here stays inside: reasons of operators, who acted, and
 * everything that names a person or a secret (T17).
 */

interface PublicEntry {
  readonly name: string
  /** Fields of the entry's data that go out. */
  readonly fields: readonly string[]
}

const plain = (name: string, ...fields: string[]): PublicEntry => ({ name, fields })

/** By the type of the journal entry. */
const PUBLIC: Readonly<Record<string, PublicEntry>> = {
  'order.fulfilled': plain('order.fulfilled'),
  'order.refunded': plain('order.refunded'),
  'license.issued': plain('license.issued'),
  'license.renewed': plain('license.renewed'),
  'license.units_added': plain('license.units_added'),
  'license.upgraded': plain('license.upgraded'),
  'license.mode_changed': plain('license.renewal_mode_changed', 'from', 'to'),
  'license.activated': plain('license.activated', 'activation', 'in_use'),
  'license.deactivated': plain('license.deactivated', 'activation', 'in_use'),
  'license.unit_reserved': plain('license.unit_reserved', 'reference', 'in_use'),
  'license.unit_consumed': plain('license.unit_consumed', 'reference', 'in_use'),
  'license.unit_released': plain('license.unit_released', 'reference', 'in_use'),
  'license.suspended': plain('license.suspended'),
  'license.reinstated': plain('license.reinstated'),
  'license.flagged': plain('license.under_review'),
  'license.cleared': plain('license.review_cleared'),
  'license.revoked': plain('license.revoked'),
  'license.refunded': plain('license.refunded'),
  'license.charged_back': plain('license.charged_back'),
  'release.published': plain('release.published', 'version', 'channel', 'rollout_percent'),
  'release.rolled_out': plain('release.rolled_out', 'version', 'channel', 'rollout_percent'),
  'release.yanked': plain('release.yanked', 'version', 'channel'),
  'webhook.tested': plain('webhook.tested'),
}

export const JOURNALED_FOR_HOSTS: readonly string[] = Object.keys(PUBLIC)
export const HOST_EVENT_TYPES: readonly string[] = Object.values(PUBLIC).map(({ name }) => name)

export interface JournaledFact {
  /** The order in which everything happened. */
  readonly position: number
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

export interface HostEvent {
  /** `evt_` and the position: rises, and is the same wherever the event is told. */
  readonly id: string
  readonly type: string
  /** What it is about, such as `license` and its id. */
  readonly object: { readonly kind: string; readonly id: string; readonly version: number }
  readonly data: Readonly<Record<string, unknown>>
}

/** @returns null for what hosts are not told about */
export function hostEvent(fact: JournaledFact): HostEvent | null {
  const entry = PUBLIC[fact.type]
  if (entry === undefined) return null
  const [kind = '', id = ''] = fact.stream.split(':', 2)
  const data = entry.fields.flatMap((field) =>
    field in fact.data ? [[field, fact.data[field]] as const] : [],
  )
  return {
    id: `evt_${fact.position}`,
    type: entry.name,
    object: { kind, id, version: fact.version },
    data: Object.fromEntries(data),
  }
}

const EVENT_ID = /^evt_(\d{1,15})$/

/** @returns null for what is no id of an event */
export function positionOf(eventId: string): number | null {
  const [, position] = EVENT_ID.exec(eventId) ?? []
  return position === undefined ? null : Number(position)
}

/** Installations and rebinds as they cross the wire. */
import type { Temporal } from 'temporal-polyfill'
import type { Installation, Rebind } from '../contract/installations.ts'
import type { ActivationRow } from '../db/queries/activations.ts'
import type { RebindRow } from '../db/queries/installations.ts'
import { isStale } from '../domain/activation.ts'
import { formatInstant } from '../domain/calendar.ts'

export interface InstallationReading {
  /** The plan's heartbeat period; undefined where units do not float. */
  readonly minutes: number | undefined
  readonly now: Temporal.Instant
}

export function installationAnswer(
  row: ActivationRow,
  rebind: RebindRow | null,
  { minutes, now }: InstallationReading,
): Installation {
  const isMissing = row.state === 'active' && isStale(row, minutes, now)
  return {
    id: row.id,
    name: row.name,
    fingerprint: row.fingerprint,
    offline: row.commitment !== null,
    state: isMissing ? 'stale' : row.state,
    activated_at: formatInstant(row.activatedAt),
    last_seen_at: formatInstant(row.lastSeenAt),
    ended_at: row.endedAt && formatInstant(row.endedAt),
    rebind: rebind && rebindAnswer(rebind),
  }
}

export function rebindAnswer(row: RebindRow): Rebind {
  return {
    id: row.id,
    state: row.state,
    activation_id: row.activationId,
    new_activation_id: row.newActivationId,
    fingerprint: row.fingerprint,
    name: row.name,
    score: row.score,
    reasons: [...row.reasons],
    requested_at: formatInstant(row.requestedAt),
    decided_at: row.decidedAt && formatInstant(row.decidedAt),
  }
}

/** What happens to an installation and its unit as one change: rows, count, journal. */
import { eq, sql } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import { exactly } from '../db/commit.ts'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import type { ActivationRow, KnownCaller } from '../db/queries/activations.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { activations, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'

const ACTOR = 'installation'

/** The change, and what is known once it is stored. */
export interface Changed {
  readonly change: Change
  readonly known: KnownCaller
}

export interface Newcomer {
  readonly name: string | null
  readonly fingerprint: string
  readonly digest: string
  /** To the secret of a host that comes by a code; null for one that calls. */
  readonly commitment: string | null
  readonly network: string | null
  /** `customer:…` where somebody carries its code; the installation itself when absent. */
  readonly actor?: string
}

/** @param culled  installations that lose their units to it */
export function activated(
  deps: Deps,
  known: KnownCaller,
  newcomer: Newcomer,
  culled: readonly ActivationRow[],
): Changed {
  const at = wholeSecond(deps.now())
  const { license } = known
  const { actor } = newcomer
  const takesUnit = known.own?.state !== 'active'
  const own = activatedRow(deps, known, newcomer)
  const next = {
    ...license,
    reserved: license.reserved - culled.length + (takesUnit ? 1 : 0),
    version: license.version + 1,
  }
  return {
    known: { ...known, license: next, own },
    change: {
      journal: [
        entryOf(
          known,
          `license:${license.id}`,
          next.version,
          'license.activated',
          {
            activation: own.id,
            in_use: next.reserved,
          },
          actor,
        ),
        entryOf(known, `activation:${own.id}`, own.version, 'activation.activated', {}, actor),
        ...culled.map((row) =>
          entryOf(known, `activation:${row.id}`, row.version + 1, 'activation.culled', {}),
        ),
      ],
      statements: [
        ...culled.map((row) => ended(deps, row, 'culled', at)),
        unitsOf(deps, next),
        storedActivation(deps, own),
      ],
    },
  }
}

/** The row of an installation that has a unit from now on; its own one, if it was here before (C07). */
export function activatedRow(
  deps: Deps,
  { license, own }: KnownCaller,
  { name, fingerprint, digest, commitment, network }: Newcomer,
): ActivationRow {
  const at = wholeSecond(deps.now())
  const isNew = own?.state !== 'active'
  return {
    id: own?.id ?? deps.newId('act'),
    licenseId: license.id,
    fingerprint,
    fingerprintDigest: digest,
    commitment,
    network,
    name,
    state: 'active',
    activatedAt: isNew ? at : own.activatedAt,
    lastSeenAt: at,
    endedAt: null,
    offlineUntil: own?.offlineUntil ?? null,
    version: (own?.version ?? 0) + 1,
  }
}

export function storedActivation(deps: Deps, own: ActivationRow): Query {
  return deps.db.orm
    .insert(activations)
    .values(own)
    .onConflictDoUpdate({ target: activations.id, set: own })
}

export function deactivated(
  deps: Deps,
  known: KnownCaller,
  own: ActivationRow,
  { actor, data = {} }: { readonly actor?: string; readonly data?: Record<string, unknown> } = {},
): Changed {
  const { license } = known
  const at = wholeSecond(deps.now())
  const next = { ...license, reserved: license.reserved - 1, version: license.version + 1 }
  const gone = {
    ...own,
    state: 'deactivated' as const,
    endedAt: at,
    version: own.version + 1,
  }
  return {
    known: { ...known, license: next, own: gone },
    change: {
      journal: [
        entryOf(
          known,
          `license:${license.id}`,
          next.version,
          'license.deactivated',
          {
            ...data,
            activation: own.id,
            in_use: next.reserved,
          },
          actor,
        ),
        entryOf(known, `activation:${own.id}`, gone.version, 'activation.deactivated', {}, actor),
      ],
      statements: [ended(deps, own, 'deactivated', at), unitsOf(deps, next)],
    },
  }
}

export function ended(
  deps: Deps,
  row: ActivationRow,
  state: 'deactivated' | 'culled',
  endedAt: ActivationRow['lastSeenAt'],
): Query {
  return exactly(
    deps.db.orm
      .update(activations)
      .set({ state, endedAt, version: row.version + 1 })
      .where(sql`${activations.id} = ${row.id} AND ${activations.state} = 'active'`),
    1,
  )
}

function unitsOf(deps: Deps, { id, reserved, version }: KnownCaller['license']): Query {
  return deps.db.orm.update(licenses).set({ reserved, version }).where(eq(licenses.id, id))
}

/** A sign of life. */
export function seen(deps: Deps, known: KnownCaller, own: ActivationRow): Changed {
  const next = { ...own, lastSeenAt: wholeSecond(deps.now()), version: own.version + 1 }
  return {
    known: { ...known, own: next },
    change: {
      journal: [entryOf(known, `activation:${own.id}`, next.version, 'activation.seen', {})],
      statements: [
        deps.db.orm
          .update(activations)
          .set({ lastSeenAt: next.lastSeenAt, version: next.version })
          .where(eq(activations.id, own.id)),
      ],
    },
  }
}

export function entryOf(
  { license }: KnownCaller,
  stream: string,
  version: number,
  type: string,
  data: Record<string, unknown>,
  actor: string = ACTOR,
): JournalEntry {
  return { stream, version, type, actor, productId: license.productId, data }
}

interface Issued {
  readonly type: 'file_issued' | 'code_issued'
  readonly actor: string
  /** The host may run on it until then. */
  readonly until: Temporal.Instant
}

/**
 * Something that cannot be called back went out: a file, or an activation code made anew. On the stream of
 * the installation: the license itself, and with it `seq`, stays as it is.
 */
export function fileIssued(
  deps: Deps,
  license: LicenseRow,
  own: ActivationRow,
  { type, actor, until }: Issued,
): Change {
  const version = own.version + 1
  const isLonger =
    own.offlineUntil === null || Temporal.Instant.compare(own.offlineUntil, until) < 0
  return {
    journal: [
      {
        stream: `activation:${own.id}`,
        version,
        type: `activation.${type}`,
        actor,
        productId: license.productId,
        data: { license: license.id, seq: license.version },
      },
    ],
    statements: [
      deps.db.orm
        .update(activations)
        .set({ version, ...(isLonger ? { offlineUntil: until } : {}) })
        .where(eq(activations.id, own.id)),
    ],
  }
}

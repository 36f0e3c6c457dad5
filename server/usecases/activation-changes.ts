/** What happens to an installation and its unit as one change: rows, count, journal. */
import { eq, sql } from 'drizzle-orm'
import { exactly } from '../db/commit.ts'
import type { Change, JournalEntry, Query } from '../db/commit.ts'
import type { ActivationRow, KnownCaller } from '../db/queries/activations.ts'
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
}

/** @param culled  installations that lose their units to it */
export function activated(
  deps: Deps,
  known: KnownCaller,
  { name, fingerprint }: Newcomer,
  culled: readonly ActivationRow[],
): Changed {
  const at = wholeSecond(deps.now())
  const { license } = known
  const takesUnit = known.own?.state !== 'active'
  const own: ActivationRow = {
    id: known.own?.id ?? deps.newId('act'),
    licenseId: license.id,
    fingerprint,
    name,
    state: 'active',
    activatedAt: takesUnit ? at : (known.own?.activatedAt ?? at),
    lastSeenAt: at,
    endedAt: null,
    version: (known.own?.version ?? 0) + 1,
  }
  const next = {
    ...license,
    reserved: license.reserved - culled.length + (takesUnit ? 1 : 0),
    version: license.version + 1,
  }
  return {
    known: { ...known, license: next, own },
    change: {
      journal: [
        entryOf(known, `license:${license.id}`, next.version, 'license.activated', {
          activation: own.id,
          in_use: next.reserved,
        }),
        entryOf(known, `activation:${own.id}`, own.version, 'activation.activated', {}),
        ...culled.map((row) =>
          entryOf(known, `activation:${row.id}`, row.version + 1, 'activation.culled', {}),
        ),
      ],
      statements: [
        ...culled.map((row) => ended(deps, row, 'culled')),
        unitsOf(deps, next),
        deps.db.orm
          .insert(activations)
          .values(own)
          .onConflictDoUpdate({ target: activations.id, set: own }),
      ],
    },
  }
}

export function deactivated(deps: Deps, known: KnownCaller, own: ActivationRow): Changed {
  const { license } = known
  const next = { ...license, reserved: license.reserved - 1, version: license.version + 1 }
  const gone = { ...own, state: 'deactivated' as const, version: own.version + 1 }
  return {
    known: { ...known, license: next, own: gone },
    change: {
      journal: [
        entryOf(known, `license:${license.id}`, next.version, 'license.deactivated', {
          activation: own.id,
          in_use: next.reserved,
        }),
        entryOf(known, `activation:${own.id}`, gone.version, 'activation.deactivated', {}),
      ],
      statements: [ended(deps, own, 'deactivated'), unitsOf(deps, next)],
    },
  }
}

function ended(deps: Deps, row: ActivationRow, state: 'deactivated' | 'culled'): Query {
  return exactly(
    deps.db.orm
      .update(activations)
      .set({ state, endedAt: wholeSecond(deps.now()), version: row.version + 1 })
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

function entryOf(
  { license }: KnownCaller,
  stream: string,
  version: number,
  type: string,
  data: Record<string, unknown>,
): JournalEntry {
  return { stream, version, type, actor: ACTOR, productId: license.productId, data }
}

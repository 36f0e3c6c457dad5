/**
 * The one decision that gives a unit to an installation, whether it calls by itself or somebody carries
 * its code: the same installation is the same activation (C07), a full license takes units back from the
 * dead, and what looks like a key in many hands goes to a person (S86).
 */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { activatedSince, activeInstallations } from '../db/queries/activations.ts'
import type { ActivationRow, KnownCaller } from '../db/queries/activations.ts'
import type { Change } from '../db/commit.ts'
import { licenses, operatorTasks } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isCullable } from '../domain/activation.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Plan } from '../domain/catalogue.ts'
import { unitsAt } from '../domain/units-in-force.ts'
import { isUnusual } from '../domain/unusual-activation.ts'
import type { ValidationCode } from '../domain/validation-codes.ts'
import { activated, entryOf } from './activation-changes.ts'
import type { Changed, Newcomer } from './activation-changes.ts'

/** What activating mends; everything before it in R21 stays a no. */
export const MENDED: ReadonlySet<ValidationCode> = new Set([
  'NOT_ACTIVATED',
  'FINGERPRINT_MISMATCH',
  'LIMIT_REACHED',
  'HEARTBEAT_DEAD',
])

/**
 * Only for a license that is valid but for this installation.
 * @returns null when no unit is free
 */
export async function takeUnit(
  deps: Deps,
  known: KnownCaller,
  plan: Plan | null,
  newcomer: Newcomer,
): Promise<Changed | null> {
  const missing = missingUnits(known, deps.now())
  const culled = await deadInstallations(deps, known, plan, newcomer.fingerprint, missing)
  if (culled.length < missing) return null
  const next = activated(deps, known, newcomer, culled)
  const isFirst = known.own?.state !== 'active'
  return isFirst && (await looksUnusual(deps, next, plan)) ? flagged(deps, next) : next
}

/** How many units somebody else would have to give back first. */
function missingUnits({ license, own }: KnownCaller, at: Temporal.Instant): number {
  if (own?.state === 'active') return 0
  return Math.max(0, license.reserved + 1 - unitsAt(license, at).total)
}

/** A full license may hold units of installations that died: as many as are needed, or fewer. */
async function deadInstallations(
  deps: Deps,
  { license }: KnownCaller,
  plan: Plan | null,
  fingerprint: string,
  needed: number,
): Promise<readonly ActivationRow[]> {
  const minutes = plan?.heartbeat_minutes
  if (needed === 0 || minutes === undefined) return []
  const others = await activeInstallations(deps.db, license.id, fingerprint)
  return others.filter((other) => isCullable(other, minutes, deps.now())).slice(0, needed)
}

async function looksUnusual(
  deps: Deps,
  { known: { license, own } }: Changed,
  plan: Plan | null,
): Promise<boolean> {
  const rule = plan?.unusual_activation
  if (rule === undefined || own === null) return false
  const since = deps.now().subtract({ hours: rule.within_hours })
  const recent = await activatedSince(deps.db, license.id, since)
  return isUnusual(rule, [...recent, own])
}

/** In the same batch: it takes the unit, and stops with it until a person has looked. */
function flagged(deps: Deps, { change, known }: Changed): Changed {
  const at = wholeSecond(deps.now())
  const license = { ...known.license, underReviewAt: at, version: known.license.version + 1 }
  const task = `license.unusual_activation:${license.id}:${license.version}`
  const next: Change = {
    journal: [
      ...change.journal,
      entryOf(
        known,
        `license:${license.id}`,
        license.version,
        'license.flagged',
        { reason: 'unusual_activation' },
        'center',
      ),
    ],
    statements: [
      ...change.statements,
      deps.db.orm
        .update(licenses)
        .set({ underReviewAt: at, version: license.version })
        .where(eq(licenses.id, license.id)),
      deps.db.orm.insert(operatorTasks).values({
        id: task,
        productId: license.productId,
        kind: 'license.unusual_activation',
        reference: `${license.id} ${license.version}`,
        data: { in_use: license.reserved, total: license.total },
        createdAt: at,
        closedAt: null,
      }),
    ],
  }
  return { change: next, known: { ...known, license } }
}

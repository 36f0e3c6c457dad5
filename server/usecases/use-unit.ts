/** Units of a one-time license by the host's reference: reserved, used up, given back (S24, S30). */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import type { KnownCaller, UnitRow } from '../db/queries/activations.ts'
import { licenses, licenseUnits } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import { consumeUnit, releaseUnit, reserveUnit } from '../domain/one-time-unit.ts'
import type { OneTimeLicense, UnitDecision, UnitUse } from '../domain/one-time-unit.ts'
import { invalidField } from '../domain/refusals.ts'
import type { ValidationCode } from '../domain/validation-codes.ts'
import { isValid } from '../domain/validation-codes.ts'
import { answerFor, callerOf, codeFor } from './check-license.ts'
import type { LicenseCheck, LicenseQuestion } from './check-license.ts'

export type UnitVerb = 'reserve' | 'consume' | 'release'

/** A unit reserved in time may still be used up, and given back, after the expiry. */
const STILL_HELD: ReadonlySet<ValidationCode> = new Set(['EXPIRED', 'CONSUMED'])

/**
 * Safe to repeat by (license, reference). `consume` without a reservation takes a free unit and uses
 * it up at once.
 *
 * @returns the check of the license after it, LIMIT_REACHED when no unit is free
 * @throws Refused `request.invalid` without a reference or for a license that is not one-time;
 *   `license.transition_refused` for a reference that gave its unit back, or came too late
 */
export function useUnit(
  deps: Deps,
  verb: UnitVerb,
  question: LicenseQuestion,
): Promise<LicenseCheck> {
  const { reference } = question
  if (reference === null) {
    throw invalidField(
      '/reference',
      'Name what uses the unit: the same reference is the same unit.',
    )
  }
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseCheck>> => {
    const { known, product } = await callerOf(deps, question)
    const code = codeFor(deps, question, known, product)
    const answer = async (now: KnownCaller | null, as?: ValidationCode) => ({
      change: null,
      result: await answerFor(deps, question, now, product, as),
    })
    if (known === null || !(isValid(code) || (known.unit !== null && STILL_HELD.has(code)))) {
      return answer(known)
    }
    if (!known.license.oneTime) {
      throw invalidField('/key', 'Units of this license are not used up one by one.')
    }
    if (known.unit === null && verb !== 'release' && isFull(known)) {
      return answer(known, 'LIMIT_REACHED')
    }
    const decision = decide(known, verb, deps)
    if (decision.isRepeat) return answer(known)
    const next = changed(deps, known, reference, decision)
    const { result } = await answer(next.known)
    return { change: next.change, result }
  })
}

function decide({ license, unit }: KnownCaller, verb: UnitVerb, deps: Deps): UnitDecision {
  const use = unit?.use ?? null
  const now = deps.now()
  switch (verb) {
    case 'reserve':
      return reserveUnit(license, use, now)
    case 'release':
      return releaseUnit(license, use)
    case 'consume':
      return use === null ? reserveAndConsume(license, now) : consumeUnit(license, use, now)
  }
}

function reserveAndConsume(license: OneTimeLicense, now: Parameters<typeof reserveUnit>[2]) {
  const { reserved, consumed } = reserveUnit(license, null, now)
  return consumeUnit({ ...license, reserved, consumed }, 'reserved', now)
}

function isFull({ license }: KnownCaller): boolean {
  return license.reserved + license.consumed >= license.total
}

const VERBS = {
  reserved: 'license.unit_reserved',
  consumed: 'license.unit_consumed',
  released: 'license.unit_released',
} as const satisfies Record<UnitUse, string>

function changed(
  deps: Deps,
  known: KnownCaller,
  reference: string,
  { use, reserved, consumed }: UnitDecision,
): { change: Change; known: KnownCaller } {
  const at = wholeSecond(deps.now())
  const { license } = known
  const next = { ...license, reserved, consumed, version: license.version + 1 }
  const unit: UnitRow = {
    licenseId: license.id,
    reference,
    use,
    reservedAt: known.unit?.reservedAt ?? at,
    endedAt: use === 'reserved' ? null : at,
  }
  return {
    known: { ...known, license: next, unit },
    change: {
      journal: [
        {
          stream: `license:${license.id}`,
          version: next.version,
          type: VERBS[use],
          actor: 'installation',
          productId: license.productId,
          data: { reference, in_use: reserved + consumed, consumed },
        },
      ],
      statements: [
        deps.db.orm
          .update(licenses)
          .set({ reserved, consumed, version: next.version })
          .where(eq(licenses.id, license.id)),
        deps.db.orm
          .insert(licenseUnits)
          .values(unit)
          .onConflictDoUpdate({
            target: [licenseUnits.licenseId, licenseUnits.reference],
            set: { use: unit.use, endedAt: unit.endedAt },
          }),
      ],
    },
  }
}

/** Activate, give back, stay alive: an installation and its unit (S66, S85, C06, C07). */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { activeInstallations } from '../db/queries/activations.ts'
import type { ActivationRow, KnownCaller } from '../db/queries/activations.ts'
import type { Deps } from '../deps.ts'
import { isCullable, isHeartbeatDue } from '../domain/activation.ts'
import type { Product } from '../domain/catalogue.ts'
import { planOf } from '../domain/plan.ts'
import { invalidField } from '../domain/refusals.ts'
import type { ValidationCode } from '../domain/validation-codes.ts'
import { activated, deactivated, seen } from './activation-changes.ts'
import { answerFor, callerOf, codeFor } from './check-license.ts'
import type { LicenseCheck, LicenseQuestion } from './check-license.ts'

/** What activating mends; everything before it in R21 stays a no. */
const MENDED: ReadonlySet<ValidationCode> = new Set([
  'NOT_ACTIVATED',
  'FINGERPRINT_MISMATCH',
  'LIMIT_REACHED',
  'HEARTBEAT_DEAD',
])

/**
 * Takes a unit for the installation. The same installation again is the same activation.
 *
 * @throws Refused `request.invalid` without a fingerprint
 */
export function activateLicense(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  const fingerprint = fingerprintOf(question)
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseCheck>> => {
    const { known, product } = await callerOf(deps, question)
    const code = codeFor(deps, { ...question, entitlements: [] }, known, product)
    if (known === null || !MENDED.has(code)) {
      return { change: null, result: await answerFor(deps, question, known, product) }
    }
    const missing = missingUnits(known)
    const culled = await deadInstallations(deps, known, product, fingerprint, missing)
    if (culled.length < missing) {
      const result = await answerFor(deps, question, known, product, 'LIMIT_REACHED')
      return { change: null, result }
    }
    const next = activated(deps, known, { ...question, fingerprint }, culled)
    return { change: next.change, result: await answerFor(deps, question, next.known, product) }
  })
}

/** Gives the unit back; repeating it changes nothing. */
export function deactivateLicense(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  fingerprintOf(question)
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseCheck>> => {
    const { known, product } = await callerOf(deps, question)
    if (
      known === null ||
      known.license.productId !== question.product ||
      known.own?.state !== 'active'
    ) {
      return { change: null, result: await answerFor(deps, question, known, product) }
    }
    const next = deactivated(deps, known, known.own)
    return { change: next.change, result: await answerFor(deps, question, next.known, product) }
  })
}

/** Keeps a floating unit. Stored four times in a period, whatever the rhythm of the calls. */
export function keepAlive(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  fingerprintOf(question)
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseCheck>> => {
    const { known, product } = await callerOf(deps, question)
    const minutes = known && heartbeatOf(known, product)
    const own = known?.own
    const isOurs = known !== null && known.license.productId === question.product
    if (
      !isOurs ||
      own?.state !== 'active' ||
      !isHeartbeatDue(own, minutes ?? undefined, deps.now())
    ) {
      return { change: null, result: await answerFor(deps, question, known, product) }
    }
    const next = seen(deps, known, own)
    return { change: next.change, result: await answerFor(deps, question, next.known, product) }
  })
}

export function fingerprintOf({ fingerprint }: LicenseQuestion): string {
  if (fingerprint === null) {
    throw invalidField(
      '/fingerprint',
      'Say which installation this is: a domain, server or installation id.',
    )
  }
  return fingerprint
}

/** How many units somebody else would have to give back first. */
function missingUnits({ license, own }: KnownCaller): number {
  if (own?.state === 'active') return 0
  return Math.max(0, license.reserved + 1 - license.total)
}

/** A full license may hold units of installations that died: as many as are needed, or fewer. */
async function deadInstallations(
  deps: Deps,
  { license }: KnownCaller,
  product: Product | null,
  fingerprint: string,
  needed: number,
): Promise<readonly ActivationRow[]> {
  const minutes = product ? planOf(product, license.planId)?.heartbeat_minutes : undefined
  if (needed === 0 || minutes === undefined) return []
  const others = await activeInstallations(deps.db, license.id, fingerprint)
  return others.filter((other) => isCullable(other, minutes, deps.now())).slice(0, needed)
}

function heartbeatOf({ license }: KnownCaller, product: Product | null): number | undefined {
  return product === null ? undefined : planOf(product, license.planId)?.heartbeat_minutes
}

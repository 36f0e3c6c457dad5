/** Activate, give back, stay alive: an installation and its unit (S66, S85, C06, C07). */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import type { KnownCaller } from '../db/queries/activations.ts'
import type { Deps } from '../deps.ts'
import { isHeartbeatDue } from '../domain/activation.ts'
import type { Product } from '../domain/catalogue.ts'
import { installationDigest } from '../domain/offline-codes.ts'
import { planOf } from '../domain/plan.ts'
import { invalidField } from '../domain/refusals.ts'
import { deactivated, seen } from './activation-changes.ts'
import { answerFor, callerOf, codeFor } from './check-license.ts'
import type { LicenseCheck, LicenseQuestion } from './check-license.ts'
import { provesForgotten } from './release-installation.ts'
import { MENDED, takeUnit } from './take-unit.ts'

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
    const plan = product && planOf(product, known.license.planId)
    const newcomer = {
      name: question.name,
      fingerprint,
      digest: await installationDigest(question.product, fingerprint),
      commitment: null,
      network: question.network,
    }
    const next = await takeUnit(deps, known, plan, newcomer)
    if (next === null) {
      const result = await answerFor(deps, question, known, product, 'LIMIT_REACHED')
      return { change: null, result }
    }
    return { change: next.change, result: await answerFor(deps, question, next.known, product) }
  })
}

/**
 * Gives the unit back; repeating it changes nothing. Who knows the key and the name of a host without a
 * network is not that host: its unit is given back by its deactivation code alone (S34).
 *
 * @throws Refused `request.invalid` without a fingerprint, or without the code of such a host
 */
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
    const isProved = await provesForgotten(known.own, question.deactivationCode ?? null)
    const data = isProved ? { proof: 'deactivation_code' } : {}
    const next = deactivated(deps, known, known.own, { data })
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

function heartbeatOf({ license }: KnownCaller, product: Product | null): number | undefined {
  return product === null ? undefined : planOf(product, license.planId)?.heartbeat_minutes
}

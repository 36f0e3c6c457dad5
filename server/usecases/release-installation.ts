/**
 * Gives the unit of an installation back for its customer (S82). One that was activated by a code has to
 * prove that it forgot it: only the host knew the secret that its deactivation code shows (S34).
 */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { readOwnCaller } from '../db/queries/activations.ts'
import type { ActivationRow, KnownCaller } from '../db/queries/activations.ts'
import { readInstallation } from '../db/queries/installations.ts'
import type { Deps } from '../deps.ts'
import { commitmentTo } from '../domain/offline-codes.ts'
import { invalidField, Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { deactivated } from './activation-changes.ts'
import { readCodeOf } from './read-code.ts'

export interface ReleaseRequest {
  readonly licenseId: string
  /** Null: the one that the code is of. */
  readonly activationId: string | null
  readonly deactivationCode: string | null
}

/**
 * Safe to repeat.
 *
 * @throws Refused `license.not_found`, `activation.not_found`, `request.invalid` for a code that is
 *   missing or does not fit
 */
export function releaseInstallation(
  deps: Deps,
  scope: CustomerScope,
  request: ReleaseRequest,
): Promise<ActivationRow> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<ActivationRow>> => {
    const known = await installationOf(deps, scope, request)
    const { own, license } = known
    if (own === null) throw new Refused('activation.not_found')
    if (own.state !== 'active') return { change: null, result: own }
    const isProved = await provesForgotten(own, request.deactivationCode)
    const next = deactivated(deps, known, own, {
      actor: `customer:${license.customerId}`,
      data: isProved ? { proof: 'deactivation_code' } : {},
    })
    return { change: next.change, result: next.known.own ?? own }
  })
}

async function installationOf(
  deps: Deps,
  scope: CustomerScope,
  { licenseId, activationId, deactivationCode }: ReleaseRequest,
): Promise<KnownCaller> {
  if (activationId === null) {
    if (deactivationCode === null) throw invalidField('/activation_id', 'Which installation?')
    const { digest } = readCodeOf('deactivation', '/deactivation_code', deactivationCode)
    const asking = { fingerprint: null, digest, name: null, reference: null }
    const known = await readOwnCaller(deps.db, scope, licenseId, asking)
    if (known === null) throw new Refused('license.not_found')
    return known
  }
  const found = await readInstallation(deps.db, scope, { licenseId, activationId })
  if (found === null) throw new Refused('license.not_found')
  const [own = null] = found.installations
  return { license: found.license, own, isNameBoundElsewhere: false, unit: null }
}

/**
 * @returns false where nothing has to be proved: it calls by itself, and is told
 * @throws Refused `request.invalid` for a code that is missing or does not fit
 */
export async function provesForgotten(own: ActivationRow, code: string | null): Promise<boolean> {
  if (own.commitment === null) return false
  if (code === null) {
    throw invalidField(
      '/deactivation_code',
      'This host cannot be reached. Deactivate it there, and hand in the code that it shows.',
    )
  }
  const { digest, secret } = readCodeOf('deactivation', '/deactivation_code', code)
  const isOurs = digest === own.fingerprintDigest && (await commitmentTo(secret)) === own.commitment
  if (!isOurs) {
    throw invalidField('/deactivation_code', 'This code is not of this activation.')
  }
  return true
}

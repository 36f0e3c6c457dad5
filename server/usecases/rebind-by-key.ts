/** A machine that shows the license key wants the unit of another one, which died (S82). */
import { installationNamed } from '../db/queries/activations.ts'
import { rebindInto } from '../db/queries/rebinds.ts'
import type { Deps } from '../deps.ts'
import { invalidField } from '../domain/refusals.ts'
import { isValid } from '../domain/validation-codes.ts'
import { fingerprintOf } from './activate-license.ts'
import { answerFor, callerOf, checkLicense, codeFor } from './check-license.ts'
import type { LicenseCheck, LicenseQuestion } from './check-license.ts'
import { requestRebind } from './request-rebind.ts'
import { MENDED } from './take-unit.ts'

/**
 * @returns the check of the newcomer after it, with the rebind; only the check where the license itself
 *   is not valid
 * @throws Refused `request.invalid` when it does not say which installation is to go; as `requestRebind`
 */
export async function rebindByKey(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  const fingerprint = fingerprintOf(question)
  const { known, product } = await callerOf(deps, question)
  const code = codeFor(deps, { ...question, entitlements: [] }, known, product)
  const isTheirs = known !== null && product !== null && (isValid(code) || MENDED.has(code))
  if (!isTheirs) return answerFor(deps, question, known, product)
  const { license } = known
  const { activationId = null, email = null } = question.replaces ?? {}
  if (activationId === null && known.own?.state === 'active') {
    // It holds a unit already: a repeat of what was done.
    const done = await rebindInto(deps.db, known.own.id)
    const check = await answerFor(deps, question, known, product)
    return done === null ? check : { ...check, rebind: done }
  }
  const named =
    activationId === null && question.name !== null
      ? await installationNamed(deps.db, license.id, question.name)
      : null
  const replaced = activationId ?? named?.id ?? null
  if (replaced === null) {
    throw invalidField('/activation_id', 'Say which installation is to go: by its id or its name.')
  }
  const rebind = await requestRebind(deps, product, {
    scope: null,
    licenseId: license.id,
    activationId: replaced,
    fingerprint,
    name: question.name,
    note: null,
    email,
    network: question.network,
  })
  return { ...(await checkLicense(deps, question)), rebind }
}

/**
 * License files (S69, R19): a signed token that a host without a network keeps until the license ends.
 * Who took one, and for which installation, is journaled: a file that is out cannot be called back.
 */
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import type { ActivationRow } from '../db/queries/activations.ts'
import { readInstallation } from '../db/queries/installations.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import { invalidField, Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { fingerprintOf } from './activate-license.ts'
import { fileIssued } from './activation-changes.ts'
import { answerFor, callerOf } from './check-license.ts'
import type { LicenseCheck, LicenseQuestion } from './check-license.ts'

/**
 * For an installation that asks by itself: its check, with the file as the token.
 *
 * @throws Refused `request.invalid` without a fingerprint, or for a one-time license
 */
export function fileForInstallation(deps: Deps, asked: LicenseQuestion): Promise<LicenseCheck> {
  fingerprintOf(asked)
  const question = { ...asked, use: 'file' } as const
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseCheck>> => {
    const { known, product } = await callerOf(deps, question)
    if (known?.license.oneTime === true && known.license.productId === question.product) {
      throw invalidField('/key', 'Units of this license go to references, not to installations.')
    }
    const result = await answerFor(deps, question, known, product)
    const { license, activation, token, times } = result
    if (license === null || activation === null || token === null || times === null) {
      return { change: null, result }
    }
    const issued = { type: 'file_issued', actor: 'installation', until: times.graceUntil } as const
    return { change: fileIssued(deps, license, activation, issued), result }
  })
}

export interface FileRequest {
  readonly licenseId: string
  /** Null where only one installation is active. */
  readonly activationId: string | null
}

/**
 * For a customer, who carries it to the host.
 *
 * @returns one compact JWS
 * @throws Refused `license.not_found`, `activation.needed`, `license.not_valid`, `signing.not_configured`
 */
export function fileForCustomer(
  deps: Deps,
  scope: CustomerScope,
  product: Product,
  request: FileRequest,
): Promise<string> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<string>> => {
    const found = await readInstallation(deps.db, scope, request)
    if (found === null) throw new Refused('license.not_found')
    const { license, installations } = found
    const [own] = installations
    if (own === undefined || installations.length > 1) throw new Refused('activation.needed')
    const { code, token, times } = await answerFor(
      deps,
      questionFor(own, license.productId),
      { license, own, isNameBoundElsewhere: false, unit: null },
      product,
    )
    if (token === null || times === null) throw noFile(deps, code)
    const actor = `customer:${license.customerId}`
    const issued = { type: 'file_issued', actor, until: times.graceUntil } as const
    return { change: fileIssued(deps, license, own, issued), result: token }
  })
}

/** As the installation itself would ask. */
function questionFor({ fingerprint }: ActivationRow, product: string): LicenseQuestion {
  return {
    key: '',
    product,
    fingerprint,
    name: null,
    reference: null,
    network: null,
    entitlements: [],
    currentToken: null,
    use: 'file',
  }
}

function noFile({ secrets }: Deps, code: LicenseCheck['code']): Refused {
  if (secrets.licenseSigner === null) return new Refused('signing.not_configured')
  return new Refused('license.not_valid', { facts: { validation_code: code } })
}

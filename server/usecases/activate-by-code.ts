/**
 * Activates a host that has no network (S34): its registration code is taken for it, and what it is told
 * is a signed code that a person carries back. The decision is the one of every activation.
 */
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import type { ActivationRow, Asking, KnownCaller } from '../db/queries/activations.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Deps, LicenseSigner } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Plan, Product } from '../domain/catalogue.ts'
import { activationCode, activationMessage } from '../domain/offline-codes.ts'
import type { ActivationTerms, Registration } from '../domain/offline-codes.ts'
import { planOf } from '../domain/plan.ts'
import { Refused } from '../domain/refusals.ts'
import { isValid } from '../domain/validation-codes.ts'
import { fileTimes } from '../domain/validation.ts'
import type { CheckTimes } from '../domain/validation.ts'
import type { Temporal } from 'temporal-polyfill'
import { fileIssued } from './activation-changes.ts'
import { codeFor } from './check-license.ts'
import { readCodeOf } from './read-code.ts'
import { MENDED, takeUnit } from './take-unit.ts'

export interface CodeRequest {
  readonly registrationCode: string
  /** For people: which machine this is. */
  readonly name: string | null
  /** `operator:…`; null for the customer of the license. */
  readonly actor: string | null
}

export interface ActivatedByCode {
  readonly code: string
  readonly license: LicenseRow
  readonly activation: ActivationRow
  readonly times: CheckTimes
  readonly at: Temporal.Instant
}

/**
 * The same registration again is the same activation, and its code is made anew.
 *
 * @param load  finds the license for whoever asks
 * @throws Refused `license.not_found`, `license.not_valid`, `license.limit_reached`,
 *   `signing.not_configured`, `request.invalid` for a code that was mistyped
 */
export async function activateByCode(
  deps: Deps,
  product: Product,
  request: CodeRequest,
  load: (asking: Asking) => Promise<KnownCaller | null>,
): Promise<ActivatedByCode> {
  const signer = deps.secrets.licenseSigner
  if (signer === null) throw new Refused('signing.not_configured')
  const registration = readCodeOf('registration', '/registration_code', request.registrationCode)
  const fingerprint = `reg:${registration.digest}`
  const asking = { fingerprint, digest: registration.digest, name: null, reference: null }
  return decideAndCommit(deps, {}, async (): Promise<Decision<ActivatedByCode>> => {
    const known = await load(asking)
    if (known === null) throw new Refused('license.not_found')
    const plan = planOf(product, known.license.planId)
    const { own } = known
    const isSame = own?.state === 'active' && own.commitment === registration.commitment
    const actor = request.actor ?? `customer:${known.license.customerId}`
    refuseInvalid(deps, product, known, fingerprint)
    const next = isSame
      ? { change: codeIssued(deps, known.license, plan, own, actor), known }
      : await takeUnit(deps, known, plan, {
          name: request.name ?? own?.name ?? null,
          // A host that called before keeps the fingerprint that it called with.
          fingerprint: own?.fingerprint ?? fingerprint,
          digest: registration.digest,
          commitment: registration.commitment,
          network: null,
          actor,
        })
    if (next === null) throw new Refused('license.limit_reached')
    return {
      change: next.change,
      result: await answer(deps, signer, plan, next.known, registration),
    }
  })
}

function codeIssued(
  deps: Deps,
  license: LicenseRow,
  plan: Plan | null,
  own: ActivationRow,
  actor: string,
): Change {
  const until = fileTimes(license, plan, wholeSecond(deps.now())).graceUntil
  return fileIssued(deps, license, own, { type: 'code_issued', actor, until })
}

/** One-time licenses go to references of a host, not to installations. */
function refuseInvalid(
  deps: Deps,
  product: Product,
  known: KnownCaller,
  fingerprint: string,
): void {
  const question = {
    key: '',
    product: product.id,
    fingerprint,
    name: null,
    reference: null,
    network: null,
    entitlements: [],
    currentToken: null,
  }
  const code = codeFor(deps, question, known, product)
  if (known.license.oneTime || !(isValid(code) || MENDED.has(code))) {
    throw new Refused('license.not_valid', { facts: { validation_code: code } })
  }
}

async function answer(
  deps: Deps,
  signer: LicenseSigner,
  plan: Plan | null,
  { license, own }: KnownCaller,
  registration: Registration,
): Promise<ActivatedByCode> {
  if (own === null) throw new Error(`${license.id} was activated for nobody`)
  if (license.underReviewAt !== null) {
    // What it was given counts, and what it is told is the truth: a person looks at it first.
    throw new Refused('license.not_valid', { facts: { validation_code: 'UNDER_REVIEW' } })
  }
  const at = wholeSecond(deps.now())
  const times = fileTimes(license, plan, at)
  const terms: ActivationTerms = {
    issuedAt: secondsOf(at),
    expiresAt: secondsOf(license.endsAt),
    graceUntil: secondsOf(times.graceUntil),
    seq: license.version,
    total: license.total,
    plan: license.planId,
  }
  const message = activationMessage(license.productId, registration, terms)
  const signature = await crypto.subtle.sign('Ed25519', signer.privateKey, message)
  const code = activationCode(terms, new Uint8Array(signature))
  return { code, license, activation: own, times, at }
}

function secondsOf(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

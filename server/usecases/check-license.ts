/**
 * What an installed product is told (S66–S69, R21): one read, no write, a token only when the
 * caller's own runs out. All verbs of the license API answer in this shape.
 */
import type { Temporal } from 'temporal-polyfill'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { readCaller } from '../db/queries/activations.ts'
import type { ActivationRow, KnownCaller, UnitRow } from '../db/queries/activations.ts'
import type { RebindRow } from '../db/queries/installations.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Plan, Product } from '../domain/catalogue.ts'
import { normaliseLicenseKey } from '../domain/license-key.ts'
import { installationDigest } from '../domain/offline-codes.ts'
import { planOf } from '../domain/plan.ts'
import { unitsAt } from '../domain/units-in-force.ts'
import type { ValidationCode } from '../domain/validation-codes.ts'
import { isValid } from '../domain/validation-codes.ts'
import { checkTimes, fileTimes, validationCode } from '../domain/validation.ts'
import type { CheckTimes, Question } from '../domain/validation.ts'
import { hashKey } from './license-secrets.ts'
import { licenseToken, signedToken } from './license-token.ts'
import type { TokenUse } from './license-token.ts'

export interface LicenseQuestion extends Question {
  /** As a person or a configuration file has it. */
  readonly key: string
  readonly reference: string | null
  /** Where it asks from, `networkOf`; null when nobody knows. */
  readonly network: string | null
  /** What the caller holds already; null for none. */
  readonly currentToken: { readonly seq: number; readonly expiresAt: Temporal.Instant } | null
  /** Of the installation that a newcomer is to replace, and the customer's address as it is claimed. */
  readonly replaces?: { readonly activationId: string | null; readonly email: string | null }
  /** Proof that a host without a network forgot its activation. */
  readonly deactivationCode?: string | null
  /** What the answer brings for the time without a network; a token when absent. */
  readonly use?: TokenUse
}

export interface LicenseCheck {
  readonly code: ValidationCode
  readonly at: Temporal.Instant
  /** Null for NOT_FOUND and WRONG_PRODUCT: they say nothing about anybody's license. */
  readonly license: LicenseRow | null
  readonly activation: ActivationRow | null
  /** Of the reference that was named. */
  readonly unit: UnitRow | null
  /** Of a wish to move a unit here. */
  readonly rebind?: RebindRow
  /** The product that was asked about; null when none has this id. */
  readonly product: Product | null
  readonly plan: Plan | null
  /** Null unless the code is a valid one. */
  readonly times: CheckTimes | null
  /** Null when the license is not valid here, when the caller's is still good, or without a signing key. */
  readonly token: string | null
}

/** What was known when it was answered, for verbs that go on from there. */
export interface Checked {
  readonly known: KnownCaller | null
  readonly check: LicenseCheck
}

/** One database round trip while the catalogue is warm. */
export async function checkLicense(deps: Deps, question: LicenseQuestion): Promise<LicenseCheck> {
  const { known, product } = await callerOf(deps, question)
  return answerFor(deps, question, known, product)
}

export async function callerOf(
  deps: Deps,
  question: LicenseQuestion,
): Promise<{ known: KnownCaller | null; product: Product | null }> {
  const [known, catalogue] = await Promise.all([
    knownCaller(deps, question),
    currentCatalogue(deps.db, deps.now()),
  ])
  const products = catalogue?.document.products ?? []
  return { known, product: products.find(({ id }) => id === question.product) ?? null }
}

async function knownCaller(deps: Deps, question: LicenseQuestion): Promise<KnownCaller | null> {
  const key = normaliseLicenseKey(question.key)
  if (key === null) return null
  const { product, fingerprint } = question
  const [keyHash, digest] = await Promise.all([
    hashKey(deps.secrets, key),
    fingerprint === null ? null : installationDigest(product, fingerprint, deps.sha256),
  ])
  return readCaller(deps.db, { ...question, keyHash, digest, now: deps.now() })
}

/** @param code  what a verb found out by itself; computed from the facts when absent */
export async function answerFor(
  deps: Deps,
  question: LicenseQuestion,
  known: KnownCaller | null,
  product: Product | null,
  code: ValidationCode = codeFor(deps, question, known, product),
): Promise<LicenseCheck> {
  const at = wholeSecond(deps.now())
  const isNamed = known !== null && code !== 'WRONG_PRODUCT'
  const plan = isNamed && product !== null ? planOf(product, known.license.planId) : null
  const license = isNamed ? known.license : null
  const activation = isNamed ? known.own : null
  const unit = isNamed ? known.unit : null
  const isFile = question.use === 'file'
  const timesOf = (valid: LicenseRow) =>
    isFile ? fileTimes(valid, plan, at) : checkTimes(valid, plan, activation, at)
  const times = license !== null && isValid(code) ? timesOf(license) : null
  const facts = license && times && { license, plan, activation, times, at }
  const token = isFile
    ? facts && (await signedToken(deps, facts, question.fingerprint, 'file'))
    : facts && (await licenseToken(deps, facts, question))
  return { code, at, license, activation, unit, product, plan, times, token }
}

export function codeFor(
  deps: Deps,
  question: LicenseQuestion,
  known: KnownCaller | null,
  product: Product | null,
): ValidationCode {
  const plan = known === null || product === null ? null : planOf(product, known.license.planId)
  const stored = known?.license
  const license = stored
    ? { ...stored, ...unitsAt(stored, deps.now()), anchor: anchorOf(stored) }
    : null
  const installation = known ?? { own: null, isNameBoundElsewhere: false }
  return validationCode(license, plan ?? null, installation, question, deps.now())
}

function anchorOf({ anchorDay, anchorTime, zone }: LicenseRow) {
  return { day: anchorDay, time: anchorTime, zone }
}

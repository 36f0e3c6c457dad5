/** Which version an installation may update to, and what a renewal would cost if it may not (S83, S84, R20). */
import { SignJWT } from 'jose'
import type { Temporal } from 'temporal-polyfill'
import { releasesOf, type ReleaseRow } from '../db/queries/releases.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import type { Plan, Product } from '../domain/catalogue.ts'
import { isRetired } from '../domain/plan.ts'
import { offered, type ReleaseChannel } from '../domain/release.ts'
import { renewalOffer } from '../domain/renewal-offer.ts'
import { decideUpdate, type Entitlement, type UpdateDecision } from '../domain/update.ts'
import { answerFor, callerOf } from './check-license.ts'
import type { LicenseCheck } from './check-license.ts'

export const MANIFEST_TYPE = 'release+jwt'

export interface UpdateQuestion {
  readonly key: string
  readonly product: string
  readonly fingerprint: string | null
  /** What is installed. */
  readonly version: string
  readonly channel: ReleaseChannel
}

export interface CyclePrice {
  /** One cycle with tax, minor units. */
  readonly amount: number
  readonly currency: string
}

export interface UpdateCheck extends UpdateDecision<ReleaseRow> {
  readonly check: LicenseCheck
  /** What is installed was withdrawn, and why. */
  readonly yanked: string | null
  /** Null while nothing has to be renewed, or nothing can be. */
  readonly renewal: CyclePrice | null
  /** Of a new license in its place: null unless it has ended, and its plan is still sold. */
  readonly purchase: CyclePrice | null
  /** JWS over what `release` consists of; null without a release or a signing key. */
  readonly manifest: string | null
}

export async function checkUpdate(deps: Deps, asked: UpdateQuestion): Promise<UpdateCheck> {
  const question = {
    ...asked,
    name: null,
    reference: null,
    network: null,
    entitlements: [],
    currentToken: null,
  }
  const [{ known, product }, rows] = await Promise.all([
    callerOf(deps, question),
    releasesOf(deps.db, asked.product),
  ])
  // The token is not wanted here: what the caller holds is left as it is.
  const check = await answerFor(unsigned(deps), question, known, product)
  const { license, plan, at } = check
  const installation = asked.fingerprint ?? license?.id ?? ''
  const offers = offered(rows, { channel: asked.channel, installation }, at)
  const entitlement = license === null ? null : entitlementOf(license, plan, check)
  const decision = decideUpdate(offers, asked.version, entitlement)
  const mine = rows.find(({ version }) => version === asked.version)
  return {
    ...decision,
    check,
    yanked: mine?.yankedAt ? mine.yankReason : null,
    ...pricesOf(license, product, check),
    manifest: decision.release && (await manifestOf(deps, decision.release, at)),
  }
}

function unsigned(deps: Deps): Deps {
  return { ...deps, secrets: { ...deps.secrets, licenseSigner: null } }
}

function entitlementOf(
  license: LicenseRow,
  plan: Plan | null,
  { code }: LicenseCheck,
): Entitlement {
  return {
    code,
    activatedAt: license.activatedAt,
    endsAt: license.endsAt,
    anchor: anchorOf(license),
    policy: plan?.updates ?? { after_expiry: 'restrict' },
  }
}

type Prices = Pick<UpdateCheck, 'renewal' | 'purchase'>
const NO_PRICES: Prices = { renewal: null, purchase: null }

/** Only where the license has expired: a renewal brings it back, until it has ended; then a purchase. */
function pricesOf(
  license: LicenseRow | null,
  product: Product | null,
  { code, at }: LicenseCheck,
): Prices {
  if (license === null || product === null || code !== 'EXPIRED') return NO_PRICES
  if (license.renewalMode === null) return NO_PRICES
  const facts = {
    ...license,
    anchor: anchorOf(license),
    inUse: license.reserved + license.consumed,
    openOrderId: null,
    isRefunded: false,
  }
  const { obstacle, plan, amount, currency } = renewalOffer(facts, product, at)
  const price = amount > 0 ? { amount, currency } : null
  const isSold = plan !== null && !isRetired(plan, at)
  if (obstacle === 'ended') return { renewal: null, purchase: isSold ? price : null }
  return { renewal: obstacle === null ? price : null, purchase: null }
}

function anchorOf({ anchorDay, anchorTime, zone }: LicenseRow) {
  return { day: anchorDay, time: anchorTime, zone }
}

/** What the installer compares its download with. */
async function manifestOf(
  { secrets: { licenseSigner }, config }: Deps,
  release: ReleaseRow,
  at: Temporal.Instant,
): Promise<string | null> {
  if (licenseSigner === null) return null
  return new SignJWT({
    version: release.version,
    channel: release.channel,
    released_at: formatInstant(release.releasedAt),
    artifacts: release.artifacts,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: MANIFEST_TYPE, kid: licenseSigner.kid })
    .setIssuer(config.centerOrigin)
    .setSubject(release.id)
    .setAudience(release.productId)
    .setIssuedAt(Math.floor(wholeSecond(at).epochMilliseconds / 1000))
    .sign(licenseSigner.privateKey)
}

/**
 * Moves licenses between the four renewal modes (S44, S46), all or none. Switching on what charges by
 * itself needs a saved method and keeps what was agreed to; switching the meter off covers the day.
 */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, JournalEntry, Query } from '../db/commit.ts'
import { readModeFacts, type ModeFacts } from '../db/queries/renewal-modes.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { statusAt, type RenewalMode } from '../domain/license.ts'
import { planOf, renewsNoMore } from '../domain/plan.ts'
import { invalidField, Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { noticesFor } from '../i18n/notices.ts'
import { nextTryAt } from './charge-so-far.ts'
import type { Buyer } from './new-order.ts'
import { meterClosed, meterOpened, meterRate, type MeterConsent } from './switch-meter.ts'

export interface ModeCommand {
  readonly scope: CustomerScope
  readonly licenseIds: readonly string[]
  readonly mode: RenewalMode
  /** Hash of the words that were agreed to; needed for `auto` and `pay_per_use`. */
  readonly noticesVersion: string | null
  readonly buyer: Buyer
}

interface Asked extends ModeCommand {
  /** Versions of the notices that a consent may name. */
  readonly agreeable: ReadonlySet<string>
}

/**
 * @returns the licenses in the order that they were named, as they are now
 * @throws Refused `license.not_found`, `license.not_renewable`, `payment_method.required`,
 *   `request.invalid` (consent), `notices.changed`
 */
export function changeRenewalMode(
  deps: Deps,
  product: Product,
  command: ModeCommand,
): Promise<readonly LicenseRow[]> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<readonly LicenseRow[]>> => {
    const ids = [...new Set(command.licenseIds)]
    const found = await readModeFacts(deps.db, command.scope, ids)
    const facts = ids.map((id) => {
      const one = found.find(({ license }) => license.id === id)
      if (one === undefined) throw new Refused('license.not_found')
      return one
    })
    const agreeable = await noticesOf(product, facts)
    const moves = facts.map((one) => move(deps, product, one, { ...command, agreeable }))
    const [first, ...others] = moves.flatMap(({ entry }) => entry ?? [])
    const result = moves.map(({ license }) => license)
    if (first === undefined) return { change: null, result }
    const statements = moves.flatMap((one) => one.statements)
    return { change: { journal: [first, ...others], statements }, result }
  })
}

/** What consents can be to: the words of each plan, as `GET catalogue` shows them now. */
async function noticesOf(
  product: Product,
  facts: readonly ModeFacts[],
): Promise<ReadonlySet<string>> {
  const moved = new Set(facts.map(({ license }) => license.planId))
  const plans = product.plans.filter(({ id }) => moved.has(id))
  const shown = plans.map((plan) => noticesFor({ plans: [plan], autoRenewal: null, locale: 'en' }))
  return new Set((await Promise.all(shown)).map(({ version }) => version))
}

interface Move {
  readonly license: LicenseRow
  /** Null where it is in that mode already. */
  readonly entry: JournalEntry | null
  readonly statements: readonly Query[]
}

function move(deps: Deps, product: Product, facts: ModeFacts, command: Asked): Move {
  const { license } = facts
  const { mode } = command
  if (license.renewalMode === null) throw notRenewable('It is used once, or came free.')
  if (license.renewalMode === mode) return { license, entry: null, statements: [] }
  const left = leave(deps, facts)
  const entered = enter(deps, product, { ...facts, license: { ...license, ...left.set } }, command)
  const version = license.version + 1
  const set = { ...left.set, ...entered.set, renewalMode: mode, version }
  return {
    license: { ...license, ...set },
    entry: {
      stream: `license:${license.id}`,
      version,
      type: 'license.mode_changed',
      actor: `customer:${license.customerId}`,
      productId: license.productId,
      data: { from: license.renewalMode, to: mode, ...entered.data },
    },
    statements: [
      ...left.statements,
      ...entered.statements,
      deps.db.orm.update(licenses).set(set).where(eq(licenses.id, license.id)),
    ],
  }
}

interface Step {
  readonly set: Partial<LicenseRow>
  readonly statements: readonly Query[]
  readonly data?: Record<string, unknown>
}

function leave(deps: Deps, { license, metered }: ModeFacts): Step {
  if (license.renewalMode === 'pay_per_use' && metered !== null) return meterClosed(deps, metered)
  return { set: { nextChargeAt: null }, statements: [] }
}

function enter(deps: Deps, product: Product, facts: ModeFacts, command: Asked): Step {
  switch (command.mode) {
    case 'auto':
      return switchOn(deps, product, facts, command)
    case 'pay_per_use':
      return openMeter(deps, product, facts, command)
    case 'manual':
    case 'canceled':
      return { set: { nextChargeAt: null }, statements: [] }
  }
}

/** Later than the charge time: at once (section 5). */
function switchOn(deps: Deps, product: Product, facts: ModeFacts, command: Asked): Step {
  const { license } = facts
  const plan = planOf(product, license.planId)
  if (plan === null || plan.auto_renewal === 'never' || renewsNoMore(plan, deps.now())) {
    throw notRenewable(`${license.planName} does not renew by itself.`)
  }
  const consent = consentOf(deps, facts, command)
  const nextChargeAt = nextTryAt(facts, product, deps.now())
  if (nextChargeAt === null) {
    throw notRenewable('Renew it once by hand, then it can renew by itself.')
  }
  return { set: { nextChargeAt }, statements: [], data: { consent } }
}

function openMeter(deps: Deps, product: Product, facts: ModeFacts, command: Asked): Step {
  const { license } = facts
  const plan = planOf(product, license.planId)
  const currency = license.currency ?? product.currencies[0] ?? ''
  const rate = plan && meterRate(plan, currency)
  if (!rate) throw notRenewable(`${license.planName} has no daily rate in ${currency}.`)
  const status = statusAt(license, deps.now())
  if (!METERABLE.includes(status)) throw notRenewable(`It is ${status.replace('_', ' ')}.`)
  const consent = consentOf(deps, facts, command)
  const opened = meterOpened(deps, license, { ...rate, currency }, consent)
  return { ...opened, set: { nextChargeAt: null }, data: { consent, ...rate, currency } }
}

const METERABLE: readonly string[] = ['pending', 'active', 'grace', 'retained']

/** What charges by itself needs a method to charge, and words that were agreed to. */
function consentOf(
  deps: Deps,
  { customer }: ModeFacts,
  { noticesVersion, buyer, scope, agreeable }: Asked,
): MeterConsent {
  if (customer.savedMethod === null) throw new Refused('payment_method.required')
  if (noticesVersion === null) {
    throw invalidField('/consent', 'Say which words were agreed to: {"notices_version":"…"}.')
  }
  if (!agreeable.has(noticesVersion)) throw new Refused('notices.changed')
  return {
    version: noticesVersion,
    locale: buyer.locale ?? customer.locale,
    actor: scope.subject,
    ip: buyer.ip,
    userAgent: buyer.userAgent,
    acceptedAt: formatInstant(deps.now()),
  }
}

function notRenewable(detail: string): Refused {
  return new Refused('license.not_renewable', { detail })
}

/** What the end of an order does to automatic charges, in the batch that ends it. */
import { and, eq, inArray } from 'drizzle-orm'
import { Temporal } from 'temporal-polyfill'
import type { JournalEntry, Query } from '../db/commit.ts'
import { readChargesOfOrder } from '../db/queries/due-charges.ts'
import type { ChargedLicense } from '../db/queries/due-charges.ts'
import type { OrderRecord } from '../db/queries/orders.ts'
import { autoCharges, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { failed, type AutoCharge, type ChargeRefusal } from '../domain/auto-renewal.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { graceEndsAt } from '../domain/license.ts'
import type { MailData } from '../domain/mail.ts'
import { chargeTerm, leadDaysOf } from './charge-so-far.ts'
import { orderMail, orderMailFacts } from './mail-intents.ts'
import { newRenewLink } from './renew-link.ts'

export interface Effects {
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
}

export const NO_EFFECTS: Effects = { journal: [], statements: [] }

/** Renewed, by itself or by hand: the charge of the expiry that was is settled. */
export function chargesSettled(deps: Deps, { lines }: OrderRecord): readonly Query[] {
  const renewed = lines.flatMap(({ kind, licenseId }) =>
    kind === 'renewal' && licenseId !== null ? [licenseId] : [],
  )
  if (renewed.length === 0) return []
  return [
    deps.db.orm
      .update(autoCharges)
      .set({ state: 'charged', nextAt: null, failure: null })
      .where(
        and(
          inArray(autoCharges.licenseId, renewed),
          inArray(autoCharges.state, ['due', 'processing', 'past_due']),
        ),
      ),
  ]
}

/** A try came to nothing: when the next one is, and what the customer is told. */
export async function chargesFailed(
  deps: Deps,
  record: OrderRecord,
  product: Product,
  refusal: ChargeRefusal,
): Promise<Effects> {
  const now = deps.now()
  const tried = (await readChargesOfOrder(deps.db, record.order.id)).map((each) => {
    const term = chargeTerm(each.license, leadDaysOf(product, each.license))
    return { ...each, next: failed(each.charge, refusal, term, now) }
  })
  if (tried.length === 0) return NO_EFFECTS
  const link = refusal.kind === 'authentication' ? await payLink(deps, tried) : null
  return {
    journal: tried.map(({ license, next }) => ({
      stream: `license:${license.id}`,
      version: license.version + 1,
      type: next.nextAt === null ? 'license.auto_renewal_stopped' : 'license.charge_failed',
      actor: `order:${record.order.id}`,
      productId: license.productId,
      data: { code: refusal.code, kind: refusal.kind, attempts: next.attempts },
    })),
    statements: [
      ...tried.flatMap((each) => saved(deps, each)),
      ...(link === null ? [] : [link.query]),
      orderMail(deps, record, failureMail(record, product, refusal, tried, link?.id ?? null)),
    ],
  }
}

interface Tried extends ChargedLicense {
  readonly next: AutoCharge
}

function saved(deps: Deps, { license, next }: Tried): Query[] {
  const { orm } = deps.db
  return [
    orm
      .update(autoCharges)
      .set(next)
      .where(and(eq(autoCharges.licenseId, license.id), eq(autoCharges.endsAt, license.endsAt))),
    orm
      .update(licenses)
      .set({
        nextChargeAt: license.renewalMode === 'auto' ? next.nextAt : null,
        version: license.version + 1,
      })
      .where(eq(licenses.id, license.id)),
  ]
}

function failureMail(
  record: OrderRecord,
  product: Product,
  refusal: ChargeRefusal,
  tried: readonly Tried[],
  renewLinkId: Id<'rnl'> | null,
): MailData {
  const { customer } = record
  const facts = {
    ...orderMailFacts(record, product),
    zone: customer.zone,
    method: customer.savedMethod,
    reason: refusal.message,
    licenses: tried.map(({ license }) => ({
      planName: license.planName,
      quantity: license.total,
      keyLast4: license.keyLast4,
      endsAt: formatInstant(license.endsAt),
    })),
  }
  const nextAt = earliest(tried.flatMap(({ next }) => next.nextAt ?? []))
  const endsAt = earliest(tried.map(({ license }) => graceEndsAt(license)))
  const graceEnd = endsAt === null ? '' : formatInstant(endsAt)
  if (refusal.kind === 'authentication') {
    const data = { ...facts, renewLinkId, payUntil: graceEnd }
    return { kind: 'auto_renewal.action_required', data }
  }
  if (nextAt !== null) {
    const data = { ...facts, nextAttemptAt: formatInstant(nextAt) }
    return { kind: 'auto_renewal.failed', data }
  }
  const cause =
    refusal.code === 'payment_method.missing'
      ? 'no_method'
      : refusal.kind === 'hard'
        ? 'declined'
        : 'attempts'
  return { kind: 'auto_renewal.stopped', data: { ...facts, cause, graceEndsAt: graceEnd } }
}

/** The bank wants to see its customer: a page where exactly these are paid for in person. */
function payLink(deps: Deps, tried: readonly Tried[]) {
  const licenseIds = tried.map(({ license }) => license.id)
  const ends = tried.map(({ license }) => graceEndsAt(license))
  const [first] = tried
  const expiresAt = earliest(ends)
  if (first === undefined || expiresAt === null) throw new Error('nothing was tried')
  const { productId, customerId } = first.license
  return newRenewLink(deps, { productId, customerId, licenseIds, expiresAt })
}

function earliest(instants: readonly Temporal.Instant[]): Temporal.Instant | null {
  return instants.toSorted(Temporal.Instant.compare)[0] ?? null
}

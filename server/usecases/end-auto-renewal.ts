/**
 * Renewed by hand from here on: the grace is over without a charge, or there is nothing to charge for.
 * Where the plan is what ended, its customer is told in the same batch; of a grace that is over, the
 * mail about the last charge has told already.
 */
import { and, eq } from 'drizzle-orm'
import type { Query } from '../db/commit.ts'
import type { AutoChargeRow } from '../db/queries/due-charges.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { autoCharges, mails } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { ended } from '../domain/auto-renewal.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { MailDataOf } from '../domain/mail.ts'
import { soldInstead } from '../domain/plan.ts'
import { changeLicenses } from './change-licenses.ts'
import type { ChargeObstacle } from './price-auto-renewal.ts'

export interface EndingRenewal {
  readonly license: LicenseRow
  readonly charge: AutoChargeRow | null
}

/** @returns false when a license changed meanwhile: the next run looks again */
export function endAutoRenewals(
  deps: Deps,
  over: readonly EndingRenewal[],
  reason: ChargeObstacle['reason'] | 'grace_over',
  actor: string,
  also: readonly Query[] = [],
): Promise<boolean> {
  const changes = over.map(({ license, charge }) => ({
    license,
    type: 'license.auto_renewal_ended',
    data: { reason, attempts: charge?.attempts ?? 0 },
    set: { renewalMode: 'manual' as const, nextChargeAt: null },
  }))
  const settled = over.flatMap((each) => settledCharge(deps, each))
  return changeLicenses(deps, actor, changes, [...settled, ...also])
}

export interface PlanEnd {
  readonly product: Product
  readonly customer: CustomerRow
  readonly cause: MailDataOf<'auto_renewal.ended'>['cause']
  readonly actor: string
}

/**
 * Of one customer, whose plans ended all for that reason.
 *
 * @returns false when a license changed meanwhile: the next run looks again
 */
export function endWithPlan(
  deps: Deps,
  { product, customer, cause, actor }: PlanEnd,
  over: readonly EndingRenewal[],
): Promise<boolean> {
  const [first] = over
  if (first === undefined) return Promise.resolve(true)
  const licenses = over.map(({ license }) => license)
  const data: MailDataOf<'auto_renewal.ended'> = {
    productName: product.name,
    homeUrl: product.home_url,
    zone: customer.zone,
    cause,
    licenses: licenses.map(({ planName, total, keyLast4, endsAt }) => ({
      planName,
      quantity: total,
      keyLast4,
      endsAt: formatInstant(endsAt),
    })),
    instead: [...new Set(licenses.flatMap((one) => soldInstead(product, one, deps.now())))],
  }
  const intent = deps.db.orm
    .insert(mails)
    .values({
      id: deps.newId('mail'),
      productId: product.id,
      kind: 'auto_renewal.ended',
      reference: `${first.license.id} ${formatInstant(first.license.endsAt)}`,
      recipient: customer.email,
      locale: customer.locale,
      data: { ...data },
      createdAt: deps.now(),
    })
    .onConflictDoNothing()
  return endAutoRenewals(deps, over, cause, actor, [intent])
}

function settledCharge(deps: Deps, { license, charge }: EndingRenewal): Query[] {
  if (charge === null) return []
  const own = and(eq(autoCharges.licenseId, license.id), eq(autoCharges.endsAt, license.endsAt))
  return [deps.db.orm.update(autoCharges).set(ended(charge)).where(own)]
}

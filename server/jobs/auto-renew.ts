/**
 * Renews by itself what its customers want renewed so: finds what is due, charges it customer by
 * customer, goes on with what a crash left, tries new methods at once, and gives up at the end of the
 * grace. Every step holds in any order, twice, at the same time and after days without a run (C15).
 */
import type { Temporal } from 'temporal-polyfill'
import { currentCatalogue, productAt } from '../db/catalogue-store.ts'
import {
  nextDueChargeAt,
  readDueLicenses,
  readUncharged,
  readUnchargedOrders,
  readWithNewMethod,
} from '../db/queries/due-charges.ts'
import type { DueLicense } from '../db/queries/due-charges.ts'
import type { Deps } from '../deps.ts'
import type { Catalogue, Product } from '../domain/catalogue.ts'
import { chargeGroups } from '../domain/charge-groups.ts'
import { groupBy } from '../domain/group-by.ts'
import { changeLicenses } from '../usecases/change-licenses.ts'
import { AUTO_RENEW, chargeRenewals } from '../usecases/charge-renewals.ts'
import type { RenewalToCharge } from '../usecases/charge-renewals.ts'
import { chargeAgain } from '../usecases/charge-own-order.ts'
import { endAutoRenewals, endWithPlan } from '../usecases/end-auto-renewal.ts'
import { closeOpenOrder } from '../usecases/free-license.ts'
import { checkAutoRenewal } from '../usecases/price-auto-renewal.ts'

/** What one run handles; the next run takes the rest. */
const BATCH = 200
/** When a license that cannot be charged now is looked at again. */
const NEXT_LOOK = { hours: 1 }

/** @returns how many licenses and orders were handled */
export async function autoRenew(deps: Deps): Promise<number> {
  const left = await finishOrders(deps)
  const over = await endOverdue(deps, BATCH - left)
  const catalogue = await currentCatalogue(deps.db, deps.now())
  if (catalogue === null) return left + over
  const replaced = await readWithNewMethod(deps.db, BATCH - left - over)
  const rest = BATCH - left - over - replaced.length
  const due = rest > 0 ? await readDueLicenses(deps.db, deps.now(), rest) : []
  const all = [...new Map([...replaced, ...due].map((each) => [each.license.id, each])).values()]
  await charge(deps, catalogue, all)
  return left + over + all.length
}

/** Earliest charge or end of a grace; null when there is none. */
export function nextAutoRenewalAt(deps: Deps): Promise<Temporal.Instant | null> {
  return nextDueChargeAt(deps.db, deps.now())
}

async function finishOrders(deps: Deps): Promise<number> {
  const orderIds = await readUnchargedOrders(deps.db, deps.now(), BATCH)
  for (const orderId of orderIds) {
    await guarded(deps, orderId, () =>
      chargeAgain(
        deps,
        (order) => productAt(deps.db, order.catalogueVersion, order.productId),
        orderId,
        AUTO_RENEW,
      ),
    )
  }
  return orderIds.length
}

async function endOverdue(deps: Deps, limit: number): Promise<number> {
  const over = await readUncharged(deps.db, deps.now(), limit)
  for (const each of over) {
    await guarded(deps, each.license.id, () =>
      endAutoRenewals(deps, [each], 'grace_over', AUTO_RENEW),
    )
  }
  return over.length
}

async function charge(deps: Deps, catalogue: Catalogue, due: readonly DueLicense[]): Promise<void> {
  const ready: RenewalToCharge[] = []
  const over: PlanOver[] = []
  for (const each of due) {
    await guarded(deps, each.license.id, async () => {
      const one = await prepare(deps, catalogue, each)
      if (one !== null && 'cause' in one) over.push(one)
      else if (one !== null) ready.push(one)
    })
  }
  await endOfPlans(deps, over)
  const groups = chargeGroups(ready.map(grouped), deps.now())
  for (const group of groups) {
    const productId = group[0]?.due.license.productId
    const product = catalogue.document.products.find(({ id }) => id === productId)
    if (product === undefined) continue
    await guarded(deps, group[0]?.licenseId ?? '', () =>
      chargeRenewals(deps, { product, catalogueVersion: catalogue.version }, group),
    )
  }
}

function grouped(one: RenewalToCharge) {
  const { license, charge: known } = one.due
  return {
    ...one,
    licenseId: license.id,
    customerId: license.customerId,
    currency: one.renewal.price.currency,
    endsAt: license.endsAt,
    softFailures: known?.softFailures ?? 0,
  }
}

/** Null when it has to wait, or is not renewed by itself any more for a reason that is told elsewhere. */
async function prepare(
  deps: Deps,
  { document }: Catalogue,
  due: DueLicense,
): Promise<RenewalToCharge | PlanOver | null> {
  const { license, openOrderId } = due
  const product = document.products.find(({ id }) => id === license.productId)
  if (product === undefined) return postpone(deps, due)
  const isFree = openOrderId === null || (await closeOpenOrder(deps, openOrderId, AUTO_RENEW))
  if (!isFree) return postpone(deps, due)
  const free = { ...due, openOrderId: null }
  const renewal = checkAutoRenewal(free, product, deps.now())
  if ('period' in renewal) return { due: free, renewal }
  if (renewal.kind === 'waits') return postpone(deps, due)
  const { reason } = renewal
  if (reason === 'retired' || reason === 'no_price') return { due, product, cause: reason }
  await endAutoRenewals(deps, [due], reason, AUTO_RENEW)
  return null
}

interface PlanOver {
  readonly due: DueLicense
  readonly product: Product
  readonly cause: 'retired' | 'no_price'
}

/** Together for each customer, who gets one mail about all of them. */
async function endOfPlans(deps: Deps, over: readonly PlanOver[]): Promise<void> {
  const customers = groupBy(over, ({ due, cause }) => `${due.customer.id} ${cause}`)
  for (const group of customers.values()) {
    const [{ due, product, cause }] = group
    const all = group.map((each) => each.due)
    await guarded(deps, due.customer.id, () =>
      endWithPlan(deps, { product, customer: due.customer, cause, actor: AUTO_RENEW }, all),
    )
  }
}

async function postpone(deps: Deps, { license }: DueLicense): Promise<null> {
  const set = { nextChargeAt: deps.now().add(NEXT_LOOK) }
  const change = { license, type: 'license.charge_postponed', data: {}, set }
  await changeLicenses(deps, AUTO_RENEW, [change])
  return null
}

/** One customer whose charge fails must not keep the others waiting (P26). */
async function guarded(deps: Deps, reference: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    deps.log({ level: 'error', event: 'auto_renew.failed', reference, error: String(error) })
  }
}

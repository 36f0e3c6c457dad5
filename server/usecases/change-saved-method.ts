/** Which saved method later charges use: chosen, removed, or changed at the provider. */
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision } from '../db/commit.ts'
import { readCustomer } from '../db/queries/customers.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import { customerOfMethod } from '../db/queries/method-setups.ts'
import type { Deps } from '../deps.ts'
import { Refused } from '../domain/refusals.ts'
import { copiesOf, distinctMethods } from '../domain/saved-methods.ts'
import type { CustomerScope } from '../domain/scope.ts'
import type { ListedMethod } from '../payments/port.ts'
import { savedMethodChange } from './saved-method.ts'
import type { MethodChange } from './saved-method.ts'
import { joined } from './settle-order.ts'
import type { Alongside } from './settle-order.ts'

/**
 * The customer's methods, newest first; `isDefault` tells the one that later charges use.
 * Empty before the first order.
 */
export async function listSavedMethods(
  deps: Deps,
  scope: CustomerScope,
): Promise<readonly ListedMethod[]> {
  const customer = await readCustomer(deps.db, scope)
  return customer === null ? [] : distinctMethods(await methodsOf(deps, customer))
}

/** @throws Refused `payment_method.not_found` when it is not one of theirs; `payment.unavailable` */
export function chooseMethod(
  deps: Deps,
  scope: CustomerScope,
  methodId: string,
): Promise<readonly ListedMethod[]> {
  return decideAndCommit(deps, {}, async () => {
    const customer = await theirs(deps, scope)
    const methods = await methodsOf(deps, customer)
    const chosen = methods.find(({ id }) => id === methodId)
    if (chosen === undefined) throw new Refused('payment_method.not_found')
    await deps.payments.setDefaultMethod(customer.providerCustomer, chosen.id)
    return {
      change: asChange(savedMethodChange(deps, customer, chosen, `customer:${customer.id}`)),
      result: distinctMethods(
        methods.map((method) => ({ ...method, isDefault: method.id === chosen.id })),
      ),
    }
  })
}

/**
 * Removed for good, however often it was saved. The newest of the others takes its place; without one, what renews by itself
 * stops until there is one again.
 *
 * @throws Refused `payment_method.not_found` when it is not one of theirs; `payment.unavailable`
 */
export function removeMethod(
  deps: Deps,
  scope: CustomerScope,
  methodId: string,
): Promise<readonly ListedMethod[]> {
  return decideAndCommit(deps, {}, async () => {
    const customer = await theirs(deps, scope)
    const methods = await methodsOf(deps, customer)
    const copies = copiesOf(methods, methodId)
    // A repeat after a lost answer finds it gone at the provider, and still noted here.
    if (copies.length === 0 && customer.savedMethod?.id !== methodId) {
      throw new Refused('payment_method.not_found')
    }
    for (const copy of copies) await deps.payments.detachMethod(copy)
    const left = methods.filter(({ id }) => id !== methodId && !copies.includes(id))
    const next = left.find(({ id }) => id === customer.savedMethod?.id) ?? left[0] ?? null
    return {
      change: asChange(savedMethodChange(deps, customer, next, `customer:${customer.id}`)),
      result: distinctMethods(
        left.map((method) => ({ ...method, isDefault: method.id === next?.id })),
      ),
    }
  })
}

/** A method was removed or renewed at the provider: our copy follows. Others are nothing to us. */
export function followMethod(
  deps: Deps,
  methodId: string,
  alongside: () => Promise<Alongside | null>,
): Promise<void> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<void>> => {
    const customer = await customerOfMethod(deps.db, methodId)
    const mark = await alongside()
    if (customer === null) return { change: mark, result: undefined }
    const methods = await methodsOf(deps, customer)
    const current = methods.find(({ id }) => id === methodId) ?? methods[0] ?? null
    const change = asChange(savedMethodChange(deps, customer, current, 'provider'))
    return { change: joined(change, mark), result: undefined }
  })
}

async function theirs(
  deps: Deps,
  scope: CustomerScope,
): Promise<CustomerRow & { readonly providerCustomer: string }> {
  const customer = await readCustomer(deps.db, scope)
  const providerCustomer = customer?.providerCustomer ?? null
  if (customer === null || providerCustomer === null) {
    throw new Refused('payment_method.not_found')
  }
  return { ...customer, providerCustomer }
}

async function methodsOf(deps: Deps, customer: CustomerRow): Promise<readonly ListedMethod[]> {
  if (customer.providerCustomer === null) return []
  const methods = await deps.payments.listMethods(customer.providerCustomer)
  return methods.map((method) => ({ ...method, isDefault: method.id === customer.savedMethod?.id }))
}

function asChange({ journal: [first, ...others], statements }: MethodChange): Change | null {
  return first === undefined ? null : { journal: [first, ...others], statements }
}

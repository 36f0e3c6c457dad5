/** Opens the provider's page for payment methods and invoices (S29). */
import { readCustomer } from '../db/queries/customers.ts'
import type { Deps } from '../deps.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { checkReturnUrl } from './return-url.ts'

/** @throws Refused `billing.no_payment_yet` before the first purchase; `payment.unavailable` */
export async function openBillingPortal(
  deps: Deps,
  product: Product,
  scope: CustomerScope,
  returnUrl: string | null,
): Promise<string> {
  const backTo = checkReturnUrl(deps, product, returnUrl)
  const customer = await readCustomer(deps.db, scope)
  if (customer === null || customer.providerCustomer === null) {
    throw new Refused('billing.no_payment_yet')
  }
  return deps.payments.openBillingPortal(customer.providerCustomer, backTo)
}

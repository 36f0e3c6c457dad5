/** The provider's customer behind ours: one per (product, customer). */
import type { CustomerRow } from '../db/queries/customers.ts'
import type { Deps } from '../deps.ts'

/** Safe to repeat: the provider answers the same one, so whoever stores it stores the same value. */
export async function providerCustomerOf(deps: Deps, customer: CustomerRow): Promise<string> {
  if (customer.providerCustomer !== null) return customer.providerCustomer
  const { id: customerId, productId, email, name, locale } = customer
  return deps.payments.ensureCustomer({ productId, customerId, email, name, locale })
}

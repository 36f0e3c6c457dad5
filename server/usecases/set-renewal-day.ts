/** The day that aligned renewals of a customer end on (S51). It has effect only when one uses it. */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import { readCustomer } from '../db/queries/customers.ts'
import { customers } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { RenewalDay } from '../domain/alignment.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'

/** Safe to repeat. @throws Refused `customer.no_order_yet`: a customer begins with the first order */
export function setRenewalDay(deps: Deps, scope: CustomerScope, day: RenewalDay): Promise<void> {
  return decideAndCommit(deps, {}, async () => {
    const customer = await readCustomer(deps.db, scope)
    if (customer === null) throw new Refused('customer.no_order_yet')
    const renewalDay = String(day)
    if (customer.renewalDay === renewalDay) return { change: null, result: undefined }
    const version = customer.version + 1
    return {
      change: {
        journal: [
          {
            stream: `customer:${customer.id}`,
            version,
            type: 'customer.renewal_day_set',
            actor: `customer:${customer.id}`,
            productId: customer.productId,
            data: { from: customer.renewalDay, to: renewalDay },
          },
        ],
        statements: [
          deps.db.orm
            .update(customers)
            .set({ renewalDay, version })
            .where(eq(customers.id, customer.id)),
        ],
      },
      result: undefined,
    }
  })
}

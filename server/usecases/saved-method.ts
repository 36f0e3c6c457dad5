/** The method that later charges of a customer use, as a change of the customer. */
import { eq } from 'drizzle-orm'
import type { JournalEntry, Query } from '../db/commit.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import { customers } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { SavedMethod } from '../payments/port.ts'

export interface MethodChange {
  readonly journal: readonly JournalEntry[]
  readonly statements: readonly Query[]
}

const NOTHING: MethodChange = { journal: [], statements: [] }

/**
 * @param method  null when none is left
 * @returns       empty when it is known already, with all that is kept of it
 */
export function savedMethodChange(
  deps: Deps,
  customer: CustomerRow,
  method: SavedMethod | null,
  actor: string,
): MethodChange {
  const savedMethod = method && storedMethod(method)
  if (JSON.stringify(savedMethod) === JSON.stringify(customer.savedMethod)) return NOTHING
  const version = customer.version + 1
  return {
    journal: [
      {
        stream: `customer:${customer.id}`,
        version,
        type: savedMethod === null ? 'customer.method_removed' : 'customer.method_saved',
        actor,
        productId: customer.productId,
        data: { method: savedMethod?.id ?? null, before: customer.savedMethod?.id ?? null },
      },
    ],
    statements: [
      deps.db.orm
        .update(customers)
        .set({ savedMethod, version })
        .where(eq(customers.id, customer.id)),
    ],
  }
}

function storedMethod({ id, kind, brand, last4, expires }: SavedMethod) {
  return { id, kind, brand, last4, expires }
}

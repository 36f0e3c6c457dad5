/**
 * A page that saves a method, followed to its end: by the webhook, the return page and the sweep, as
 * the payment of an order is. What happened is read again from the provider.
 */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, JournalEntry } from '../db/commit.ts'
import { readMethodSetup } from '../db/queries/method-setups.ts'
import type { MethodSetupRecord } from '../db/queries/method-setups.ts'
import { methodSetups } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import type { Id } from '../domain/ids.ts'
import { savedMethodChange } from './saved-method.ts'
import { joined } from './settle-order.ts'
import type { Alongside } from './settle-order.ts'

/** While the page is open, the sweep looks this often. */
const NEXT_LOOK = { seconds: 60 }

export interface SetupCause {
  readonly actor: string
  readonly alongside?: () => Promise<Alongside | null>
}

/**
 * @returns the setup as it is now; null when there is none of that id
 * @throws Refused `payment.unavailable` when the provider cannot be asked; nothing is changed then
 */
export function settleMethodSetup(
  deps: Deps,
  id: Id<'set'>,
  cause: SetupCause,
): Promise<MethodSetupRecord | null> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<MethodSetupRecord | null>> => {
    const record = await readMethodSetup(deps.db, id)
    if (record === null) return { change: null, result: null }
    const alongside = (await cause.alongside?.()) ?? null
    const { change, result } = await decide(deps, record, cause.actor)
    return { change: joined(change, alongside), result }
  })
}

async function decide(
  deps: Deps,
  record: MethodSetupRecord,
  actor: string,
): Promise<Decision<MethodSetupRecord>> {
  const { setup, customer } = record
  if (setup.state !== 'open') return { change: null, result: record }
  const page = await deps.payments.readCheckout(setup.sessionId)
  const isSaved = page?.payment === 'paid' && page.method?.reusable === true
  const state = isSaved ? 'saved' : page === null || page.state === 'expired' ? 'expired' : 'open'
  if (state === 'open') return actor === 'job:sweep' ? lookLater(deps, record) : unchanged(record)
  if (isSaved && page.providerCustomer !== null) {
    // The invoices of the billing portal, too, are paid with what was saved last.
    await deps.payments.setDefaultMethod(page.providerCustomer, page.method.id)
  }
  const method = isSaved
    ? savedMethodChange(deps, customer, page.method, actor)
    : { journal: [], statements: [] }
  const version = setup.version + 1
  return {
    change: {
      journal: [entry(record, version, `method_setup.${state}`, actor), ...method.journal],
      statements: [
        deps.db.orm
          .update(methodSetups)
          .set({ state, sweepAt: null, version })
          .where(eq(methodSetups.id, setup.id)),
        ...method.statements,
      ],
    },
    result: { ...record, setup: { ...setup, state, version } },
  }
}

function unchanged(record: MethodSetupRecord): Decision<MethodSetupRecord> {
  return { change: null, result: record }
}

function lookLater(deps: Deps, record: MethodSetupRecord): Decision<MethodSetupRecord> {
  const version = record.setup.version + 1
  return {
    change: {
      journal: [entry(record, version, 'method_setup.watched', 'job:sweep')],
      statements: [
        deps.db.orm
          .update(methodSetups)
          .set({ sweepAt: deps.now().add(NEXT_LOOK), version })
          .where(eq(methodSetups.id, record.setup.id)),
      ],
    },
    result: record,
  }
}

function entry(
  { setup, customer }: MethodSetupRecord,
  version: number,
  type: string,
  actor: string,
): JournalEntry {
  return {
    stream: `method_setup:${setup.id}`,
    version,
    type,
    actor,
    productId: customer.productId,
    data: { customer: customer.id },
  }
}

/** Everything the stand-in remembers, optionally kept in one JSON file between two runs. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type {
  BalanceTransaction,
  Charge,
  CheckoutSession,
  Customer,
  Invoice,
  PaymentIntent,
  PaymentMethod,
  Settlement,
  SetupIntent,
  StripeEvent,
} from './objects.ts'
import type { WebhookEndpoint } from './webhook-endpoints.ts'
import type { CreditNote, Dispute, FraudWarning, Refund } from './objects-money-back.ts'

export interface Store {
  readonly customers: Map<string, Customer>
  readonly sessions: Map<string, CheckoutSession>
  readonly intents: Map<string, PaymentIntent>
  readonly charges: Map<string, Charge>
  readonly transactions: Map<string, BalanceTransaction>
  readonly methods: Map<string, PaymentMethod>
  readonly invoices: Map<string, Invoice>
  readonly setups: Map<string, SetupIntent>
  readonly refunds: Map<string, Refund>
  readonly creditNotes: Map<string, CreditNote>
  readonly disputes: Map<string, Dispute>
  readonly warnings: Map<string, FraudWarning>
  readonly events: Map<string, StripeEvent>
  readonly endpoints: Map<string, WebhookEndpoint>
  /** By payment intent. */
  readonly settlements: Map<string, Settlement>
}

/** @param dataFile where an earlier run left its state; nothing is read when it is not there */
export function openStore(dataFile?: string): Store {
  const saved = dataFile === undefined ? {} : readSaved(dataFile)
  return {
    customers: new Map(saved.customers),
    sessions: new Map(saved.sessions),
    intents: new Map(saved.intents),
    charges: new Map(saved.charges),
    transactions: new Map(saved.transactions),
    methods: new Map(saved.methods),
    invoices: new Map(saved.invoices),
    setups: new Map(saved.setups),
    refunds: new Map(saved.refunds),
    creditNotes: new Map(saved.creditNotes),
    disputes: new Map(saved.disputes),
    warnings: new Map(saved.warnings),
    events: new Map(saved.events),
    endpoints: new Map(saved.endpoints),
    settlements: new Map(saved.settlements),
  }
}

export function saveStore(store: Store, dataFile: string): void {
  const entries = Object.entries(store).map(([name, objects]) => [name, [...objects]])
  mkdirSync(dirname(dataFile), { recursive: true })
  writeFileSync(`${dataFile}.new`, JSON.stringify(Object.fromEntries(entries)))
  renameSync(`${dataFile}.new`, dataFile)
}

type Saved = { [Name in keyof Store]?: Iterable<EntryOf<Store[Name]>> }
type EntryOf<M> = M extends Map<infer Key, infer Value> ? [Key, Value] : never

/** The file is written by `saveStore` alone; one that cannot be read is treated as absent. */
function readSaved(dataFile: string): Saved {
  try {
    return JSON.parse(readFileSync(dataFile, 'utf8'))
  } catch {
    return {}
  }
}

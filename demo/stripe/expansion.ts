/** `expand[]`: ids become objects, https://docs.stripe.com/api/expanding_objects */
import { invalidRequest } from './errors.ts'
import type { Store } from './store.ts'
import {
  wireCharge,
  wireIntent,
  wireInvoice,
  wireInvoicePayments,
  wireLineItems,
  wireMethod,
  wireSetup,
  type Wire,
} from './wire.ts'

const DEPTH_MAX = 4

/** @param paths e.g. `payment_intent.latest_charge`; for a list each begins with `data.` */
export function expandWire(store: Store, object: Wire, paths: readonly string[]): Wire {
  return paths.reduce((expanded, path) => {
    const parts = path.split('.')
    if (parts.length > DEPTH_MAX) {
      throw invalidRequest(`You cannot expand more than ${DEPTH_MAX} levels of a property`)
    }
    return expandAlong(store, expanded, parts, path)
  }, object)
}

function expandAlong(store: Store, object: Wire, parts: readonly string[], path: string): Wire {
  const [field, ...rest] = parts
  if (field === undefined) return object
  if (field === 'data' && Array.isArray(object['data'])) {
    const data = object['data'].map((item: Wire) => expandAlong(store, item, rest, path))
    return { ...object, data }
  }
  const child = childOf(store, object, field)
  if (child === undefined) {
    throw invalidRequest(`This property cannot be expanded (${path}).`, 'expand')
  }
  const expanded = child === null ? null : expandAlong(store, child, rest, path)
  return { ...object, [field]: expanded }
}

/** @returns undefined for a field that is no reference, null for a reference to nothing */
function childOf(store: Store, object: Wire, field: string): Wire | null | undefined {
  if (field === 'line_items' && object['object'] === 'checkout.session') {
    const session = store.sessions.get(String(object['id']))
    return session === undefined ? null : wireLineItems(session)
  }
  if (field === 'payments' && object['object'] === 'invoice') {
    const invoice = store.invoices.get(String(object['id']))
    return invoice === undefined ? null : wireInvoicePayments(store, invoice)
  }
  if (field === 'payment' && object['object'] === 'invoice_payment') {
    return { ...Object(object['payment']) }
  }
  const find = FINDERS[field]
  const value = object[field]
  if (find === undefined || value === undefined) return undefined
  if (value === null) return null
  return typeof value === 'string' ? find(store, value) : { ...value }
}

const FINDERS: Readonly<Record<string, (store: Store, id: string) => Wire | null>> = {
  payment_intent: (store, id) => found(store.intents.get(id), wireIntent),
  latest_charge: (store, id) => found(store.charges.get(id), wireCharge),
  balance_transaction: (store, id) => found(store.transactions.get(id), (it) => ({ ...it })),
  payment_method: (store, id) => found(store.methods.get(id), wireMethod),
  customer: (store, id) => found(store.customers.get(id), (it) => ({ ...it })),
  invoice: (store, id) => found(store.invoices.get(id), (it) => wireInvoice(store, it)),
  setup_intent: (store, id) => found(store.setups.get(id), wireSetup),
}

function found<T>(object: T | undefined, wire: (object: T) => Wire): Wire | null {
  return object === undefined ? null : wire(object)
}

/** POST and GET /v1/customers */
import { z } from 'zod'
import { noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { listPage } from './lists.ts'
import type { Customer } from './objects.ts'
import { checkParameters, expand, listParameters, metadata, text } from './parameters.ts'
import { wireMethod, type Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const NewCustomer = z.strictObject({
  email: z.email({ error: 'Invalid email address' }).max(512).optional(),
  name: text.max(256).optional(),
  description: text.optional(),
  preferred_locales: z.array(text).default([]),
  metadata,
  expand,
})

export function createCustomer(world: World, form: FormHash): Wire {
  const params = checkParameters(NewCustomer, form)
  const customer: Customer = {
    id: newId(world, 'cus'),
    object: 'customer',
    created: epochSeconds(world),
    email: params.email ?? null,
    name: params.name ?? null,
    preferred_locales: params.preferred_locales,
    metadata: params.metadata,
    livemode: false,
    invoice_settings: { default_payment_method: null },
  }
  world.store.customers.set(customer.id, customer)
  world.announce('customer.created', { ...customer })
  return { ...customer }
}

export function retrieveCustomer(world: World, id: string): Wire {
  return { ...findCustomer(world, id) }
}

const CustomerList = z.strictObject({ email: text.optional(), ...listParameters })

export function listCustomers(world: World, form: FormHash): Wire {
  const params = checkParameters(CustomerList, form)
  const customers = [...world.store.customers.values()].filter(
    ({ email }) => params.email === undefined || email === params.email,
  )
  return listPage(customers, params, '/v1/customers', (customer) => ({ ...customer }))
}

const MethodList = z.strictObject({
  customer: text.optional(),
  type: text.optional(),
  ...listParameters,
})

/** Methods that were saved for the customer. */
export function listPaymentMethods(world: World, form: FormHash, customerId?: string): Wire {
  const params = checkParameters(MethodList, form)
  const customer = customerId ?? params.customer
  if (customer !== undefined) findCustomer(world, customer)
  const methods = [...world.store.methods.values()].filter(
    (method) =>
      method.customer !== null &&
      method.customer === customer &&
      (params.type === undefined || method.type === params.type),
  )
  return listPage(methods, params, '/v1/payment_methods', wireMethod)
}

export function findCustomer(world: World, id: string, param = 'id'): Customer {
  const customer = world.store.customers.get(id)
  if (customer === undefined) throw noSuch('customer', id, param)
  return customer
}

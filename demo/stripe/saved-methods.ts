/** Methods that a customer saved: read, attach, detach, and which one is the default. */
import { z } from 'zod'
import { newCardMethod } from './charges.ts'
import { findCustomer } from './customers.ts'
import { invalidRequest, noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import type { PaymentMethod } from './objects.ts'
import { checkParameters, expand, text } from './parameters.ts'
import { describeCard } from './test-cards.ts'
import { wireMethod, type Wire } from './wire.ts'
import type { World } from './world.ts'

/** https://docs.stripe.com/testing?testing-method=payment-methods */
const TEST_METHODS: Readonly<Record<string, string>> = {
  pm_card_visa: '4242424242424242',
  pm_card_mastercard: '5555555555554444',
  pm_card_amex: '378282246310005',
  pm_card_chargeCustomerFail: '4000000000000341',
  pm_card_authenticationRequired: '4000002760003184',
  pm_card_authenticationRequiredOnSetup: '4000002500003155',
  pm_card_authenticationRequiredChargeDeclinedInsufficientFunds: '4000008260003178',
  pm_card_createDispute: '4000000000000259',
}

export function retrieveMethod(world: World, id: string): Wire {
  return wireMethod(findMethod(world, id))
}

/** Stripe's test tokens become a new method; anything else must exist. */
export function attachMethod(world: World, id: string, form: FormHash): Wire {
  const { customer } = checkParameters(z.strictObject({ customer: text, expand }), form)
  findCustomer(world, customer, 'customer')
  const number = TEST_METHODS[id]
  const method =
    number === undefined
      ? findMethod(world, id)
      : newCardMethod(world, describeCard({ number, exp: '12/34', cvc: '123' }))
  if (method.customer !== null && method.customer !== customer) {
    throw invalidRequest('The payment method you provided has already been attached to a customer.')
  }
  method.customer = customer
  world.announce('payment_method.attached', wireMethod(method))
  return wireMethod(method)
}

/** For good: a detached method can never be attached again. */
export function detachMethod(world: World, method: PaymentMethod): Wire {
  const { customer } = method
  if (customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    )
  }
  method.customer = null
  const owner = world.store.customers.get(customer)
  if (owner?.invoice_settings.default_payment_method === method.id) {
    owner.invoice_settings.default_payment_method = null
  }
  world.announce('payment_method.detached', wireMethod(method))
  return wireMethod(method)
}

const CustomerChange = z.strictObject({
  invoice_settings: z.strictObject({ default_payment_method: z.string().max(255) }),
  expand,
})

/** An empty default takes the default away. */
export function updateCustomer(world: World, id: string, form: FormHash): Wire {
  const params = checkParameters(CustomerChange, form)
  const customer = findCustomer(world, id)
  const methodId = params.invoice_settings.default_payment_method
  if (methodId !== '' && findMethod(world, methodId).customer !== id) {
    const message = `The customer does not have a payment method with the ID ${methodId}.`
    throw invalidRequest(message, 'invoice_settings[default_payment_method]', 'resource_missing')
  }
  customer.invoice_settings = { default_payment_method: methodId === '' ? null : methodId }
  world.announce('customer.updated', { ...customer })
  return { ...customer }
}

export function findMethod(world: World, id: string): PaymentMethod {
  const method = world.store.methods.get(id)
  if (method === undefined) throw noSuch('PaymentMethod', id)
  return method
}

/** Charges, their balance transactions and the payment methods behind them. */
import type { BankDebitKind } from './currencies.ts'
import type { Charge, PaymentIntent, PaymentMethod } from './objects.ts'
import { fingerprintOf, type Card } from './test-cards.ts'
import { epochSeconds, newId, type World } from './world.ts'

export function newCardMethod(world: World, card: Card): PaymentMethod {
  const { brand, last4, fingerprint, expMonth, expYear } = card
  const expiry = { exp_month: expMonth, exp_year: expYear }
  const details = { brand, last4, fingerprint, ...expiry, funding: 'credit' }
  return newMethod(world, 'card', details)
}

export function newBankMethod(world: World, kind: BankDebitKind, account: string): PaymentMethod {
  const number = account.replaceAll(/\W/g, '')
  const fingerprint = fingerprintOf(number)
  const details = { last4: number.slice(-4), fingerprint, bank_name: 'STRIPE TEST BANK' }
  return newMethod(world, kind, details)
}

/** A charge is made when the buyer hands the form in, whatever becomes of it. */
export function newCharge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  status: Charge['status'],
): Charge {
  const charge: Charge = {
    id: newId(world, 'ch'),
    object: 'charge',
    created: epochSeconds(world),
    amount: intent.amount,
    currency: intent.currency,
    customer: intent.customer,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: method.type, [method.type]: method.details },
    metadata: intent.metadata,
    livemode: false,
    status,
    paid: status === 'succeeded',
    balance_transaction: null,
    failure_code: null,
    failure_message: null,
    amount_refunded: 0,
    disputed: false,
  }
  world.store.charges.set(charge.id, charge)
  intent.latest_charge = charge.id
  intent.payment_method = method.id
  return charge
}

/** The money is there: its transaction carries the time of that moment. */
export function settleCharge(world: World, charge: Charge): void {
  const id = newId(world, 'txn')
  world.store.transactions.set(id, {
    id,
    object: 'balance_transaction',
    created: epochSeconds(world),
    amount: charge.amount,
    currency: charge.currency,
    source: charge.id,
    type: 'charge',
  })
  charge.status = 'succeeded'
  charge.paid = true
  charge.balance_transaction = id
}

function newMethod(world: World, type: string, details: PaymentMethod['details']): PaymentMethod {
  const method: PaymentMethod = {
    id: newId(world, 'pm'),
    object: 'payment_method',
    created: epochSeconds(world),
    type,
    details,
    livemode: false,
    customer: null,
  }
  world.store.methods.set(method.id, method)
  return method
}

/** Disputes, inquiries and early fraud warnings: what a bank may say about a charge later. */
import { z } from 'zod'
import { invalidRequest, noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { listPage } from './lists.ts'
import type { Charge } from './objects.ts'
import type { Dispute, FraudWarning } from './objects-money-back.ts'
import { checkParameters, listParameters, text } from './parameters.ts'
import type { Aftermath } from './test-cards.ts'
import type { Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

/** What the card's number promises to follow a charge; refunds look at it themselves. */
export function followUp(world: World, charge: Charge, aftermath: Aftermath | undefined): void {
  if (aftermath === 'dispute') openDispute(world, charge, { isInquiry: false })
  if (aftermath === 'inquiry') openDispute(world, charge, { isInquiry: true })
  if (aftermath === 'fraud_warning') warn(world, charge)
}

/** @param about.amount  Stripe's integer; the whole charge when left out */
export function openDispute(
  world: World,
  charge: Charge,
  about: { isInquiry: boolean; amount?: number | undefined },
): Dispute {
  const dispute: Dispute = {
    id: newId(world, 'du'),
    object: 'dispute',
    created: epochSeconds(world),
    amount: about.amount ?? charge.amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    reason: 'fraudulent',
    metadata: {},
    livemode: false,
    status: about.isInquiry ? 'warning_needs_response' : 'needs_response',
  }
  world.store.disputes.set(dispute.id, dispute)
  if (!about.isInquiry) charge.disputed = true
  world.announce('charge.dispute.created', { ...dispute })
  if (!about.isInquiry) world.announce('charge.dispute.funds_withdrawn', { ...dispute })
  return dispute
}

/** An inquiry is closed, or becomes a dispute of its own (`needs_response`). */
export function moveDispute(world: World, dispute: Dispute, status: Dispute['status']): void {
  if (dispute.status === 'won' || dispute.status === 'lost') {
    throw invalidRequest(`This dispute is already closed: ${dispute.status}.`)
  }
  dispute.status = status
  if (status === 'needs_response') {
    const charge = world.store.charges.get(dispute.charge)
    if (charge !== undefined) charge.disputed = true
    world.announce('charge.dispute.updated', { ...dispute })
    return world.announce('charge.dispute.funds_withdrawn', { ...dispute })
  }
  if (status === 'won') world.announce('charge.dispute.funds_reinstated', { ...dispute })
  world.announce('charge.dispute.closed', { ...dispute })
}

export function warn(world: World, charge: Charge): FraudWarning {
  const warning: FraudWarning = {
    id: newId(world, 'issfr'),
    object: 'radar.early_fraud_warning',
    created: epochSeconds(world),
    actionable: charge.amount_refunded < charge.amount,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    fraud_type: 'unauthorized_use_of_card',
    livemode: false,
  }
  world.store.warnings.set(warning.id, warning)
  world.announce('radar.early_fraud_warning.created', { ...warning })
  return warning
}

const ByPayment = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  ...listParameters,
})

export function listDisputes(world: World, form: FormHash): Wire {
  return listByPayment(world.store.disputes, form, '/v1/disputes')
}

export function listWarnings(world: World, form: FormHash): Wire {
  return listByPayment(world.store.warnings, form, '/v1/radar/early_fraud_warnings')
}

export function retrieveDispute(world: World, id: string): Wire {
  const dispute = world.store.disputes.get(id)
  if (dispute === undefined) throw noSuch('dispute', id)
  return { ...dispute }
}

function listByPayment(
  objects: ReadonlyMap<string, Dispute | FraudWarning>,
  form: FormHash,
  url: string,
): Wire {
  const params = checkParameters(ByPayment, form)
  const { payment_intent, charge } = params
  const found = [...objects.values()].filter(
    (object) =>
      (payment_intent === undefined || object.payment_intent === payment_intent) &&
      (charge === undefined || object.charge === charge),
  )
  return listPage(found, params, url, (object) => ({ ...object }))
}

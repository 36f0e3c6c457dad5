/** /v1/refunds and /v1/credit_notes. */
import { z } from 'zod'
import { formatAmount } from './currencies.ts'
import { invalidRequest, noSuch } from './errors.ts'
import type { FormHash } from './form-decoding.ts'
import { findInvoice } from './invoices.ts'
import { listPage } from './lists.ts'
import type { Charge } from './objects.ts'
import type { CreditNote, Refund } from './objects-money-back.ts'
import { checkParameters, expand, integer, listParameters, metadata, text } from './parameters.ts'
import { behaviourOf } from './test-cards.ts'
import { wireCharge, wireCreditNote, wireRefund, type Wire } from './wire.ts'
import { epochSeconds, newId, type World } from './world.ts'

const VERDICT_MS = 30_000

const NewRefund = z.strictObject({
  payment_intent: text,
  amount: integer.pipe(z.number().min(1, 'Invalid positive integer')).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
  expand,
})

export function createRefund(world: World, form: FormHash): Wire {
  const params = checkParameters(NewRefund, form)
  const intent = world.store.intents.get(params.payment_intent)
  if (intent === undefined) {
    throw noSuch('payment_intent', params.payment_intent, 'payment_intent')
  }
  const charge = world.store.charges.get(intent.latest_charge ?? '')
  if (charge === undefined || charge.status !== 'succeeded') {
    throw invalidRequest('This PaymentIntent does not have a successful charge to refund.')
  }
  return wireRefund(refundCharge(world, charge, params))
}

/** @throws StripeFault 400 when the charge is disputed, or nothing of it is left */
export function refundCharge(
  world: World,
  charge: Charge,
  wanted: Pick<z.output<typeof NewRefund>, 'amount' | 'reason' | 'metadata'>,
): Refund {
  const amount = amountOf(charge, wanted.amount)
  const { aftermath } = behaviourOf(lastFour(charge))
  const refund: Refund = {
    id: newId(world, 're'),
    object: 'refund',
    created: epochSeconds(world),
    amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    reason: wanted.reason ?? null,
    metadata: wanted.metadata,
    status: aftermath === 'refund_is_pending' ? 'pending' : 'succeeded',
    failure_reason: null,
    verdict: verdictOf(aftermath),
    dueAt: world.now().epochMilliseconds + VERDICT_MS,
  }
  world.store.refunds.set(refund.id, refund)
  charge.amount_refunded += amount
  world.announce('refund.created', wireRefund(refund))
  world.announce('charge.refunded', wireCharge(charge))
  return refund
}

function amountOf(charge: Charge, wanted: number | undefined): number {
  if (charge.disputed) {
    throw invalidRequest(
      `Charge ${charge.id} has been charged back; cannot issue a refund.`,
      undefined,
      'charge_disputed',
    )
  }
  const left = charge.amount - charge.amount_refunded
  if (left === 0) {
    const message = `Charge ${charge.id} has already been refunded.`
    throw invalidRequest(message, undefined, 'charge_already_refunded')
  }
  const amount = wanted ?? left
  if (amount > left) {
    const [more, rest] = [amount, left].map((it) => formatAmount(it, charge.currency))
    const message = `Refund amount (${more}) is greater than unrefunded amount on charge (${rest})`
    throw invalidRequest(message, 'amount')
  }
  return amount
}

/** Banks answer pending refunds, and give back failed ones, 30 seconds later or when told to. */
export function settleRefunds(world: World, isForced = false): void {
  const now = world.now().epochMilliseconds
  for (const refund of world.store.refunds.values()) {
    const { verdict } = refund
    if (verdict === null || (refund.dueAt > now && !isForced)) continue
    refund.verdict = null
    refund.status = verdict
    const charge = world.store.charges.get(refund.charge)
    if (verdict === 'failed' && charge !== undefined) {
      refund.failure_reason = 'expired_or_canceled_card'
      charge.amount_refunded -= refund.amount
      world.announce('refund.failed', wireRefund(refund))
    }
    world.announce('refund.updated', wireRefund(refund))
  }
}

const RefundList = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  ...listParameters,
})

export function listRefunds(world: World, form: FormHash): Wire {
  const params = checkParameters(RefundList, form)
  const refunds = [...world.store.refunds.values()].filter(
    (refund) =>
      (params.payment_intent === undefined || refund.payment_intent === params.payment_intent) &&
      (params.charge === undefined || refund.charge === params.charge),
  )
  return listPage(refunds, params, '/v1/refunds', wireRefund)
}

export function retrieveRefund(world: World, id: string): Wire {
  const refund = world.store.refunds.get(id)
  if (refund === undefined) throw noSuch('refund', id)
  return wireRefund(refund)
}

const NewCreditNote = z.strictObject({
  invoice: text,
  amount: integer.pipe(z.number().min(1)),
  refunds: z.array(z.strictObject({ refund: text, amount_refunded: integer })).min(1),
  memo: text.optional(),
  metadata,
  expand,
})

export function createCreditNote(world: World, form: FormHash): Wire {
  const params = checkParameters(NewCreditNote, form)
  const invoice = findInvoice(world, params.invoice, 'invoice')
  if (invoice.status !== 'paid') {
    throw invalidRequest('A refund can only be linked to a credit note of a paid invoice.')
  }
  const notes = [...world.store.creditNotes.values()].filter((it) => it.invoice === invoice.id)
  const credited = notes.reduce((sum, note) => sum + note.amount, 0)
  if (credited + params.amount > invoice.total) {
    throw invalidRequest('The credit note is greater than what is left of the invoice.', 'amount')
  }
  const linked = params.refunds.reduce((sum, it) => sum + it.amount_refunded, 0)
  if (linked !== params.amount) {
    throw invalidRequest('The sum of its refunds must equal the credit note amount.', 'refunds')
  }
  for (const { refund } of params.refunds) {
    if (!world.store.refunds.has(refund)) throw noSuch('refund', refund, 'refunds')
    if (notes.some((note) => note.refunds.some((it) => it.refund === refund))) {
      throw invalidRequest(`The refund ${refund} belongs to another credit note.`, 'refunds')
    }
  }
  const note: CreditNote = {
    id: newId(world, 'cn'),
    object: 'credit_note',
    created: epochSeconds(world),
    number: `${invoice.number}-CN-${String(notes.length + 1).padStart(2, '0')}`,
    invoice: invoice.id,
    customer: invoice.customer,
    currency: invoice.currency,
    amount: params.amount,
    memo: params.memo ?? null,
    refunds: params.refunds,
    metadata: params.metadata,
    status: 'issued',
    livemode: false,
  }
  world.store.creditNotes.set(note.id, note)
  world.announce('credit_note.created', wireCreditNote(note))
  return wireCreditNote(note)
}

const CreditNoteList = z.strictObject({ invoice: text.optional(), ...listParameters })

export function listCreditNotes(world: World, form: FormHash): Wire {
  const params = checkParameters(CreditNoteList, form)
  const notes = [...world.store.creditNotes.values()].filter(
    ({ invoice }) => params.invoice === undefined || invoice === params.invoice,
  )
  return listPage(notes, params, '/v1/credit_notes', wireCreditNote)
}

function verdictOf(aftermath: string | undefined): Refund['verdict'] {
  if (aftermath === 'refund_is_pending') return 'succeeded'
  return aftermath === 'refund_fails' ? 'failed' : null
}

function lastFour(charge: Charge): unknown {
  const details = charge.payment_method_details[charge.payment_method_details.type]
  return typeof details === 'object' && details !== null ? Reflect.get(details, 'last4') : null
}

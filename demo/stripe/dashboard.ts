/** What the merchant's dashboard and the banks do, without any call of ours: `_control` has them act. */
import { moveDispute, openDispute, warn } from './disputes.ts'
import { noSuch } from './errors.ts'
import type { Charge, CheckoutSession, Invoice } from './objects.ts'
import { refundCharge, settleRefunds } from './refunds.ts'
import { detachMethod, findMethod } from './saved-methods.ts'
import type { ControlRequest } from './switches.ts'
import type { World } from './world.ts'

/** @throws StripeFault for an order without a payment, and for what Stripe would refuse */
export function actInDashboard(world: World, request: ControlRequest): void {
  const { refund, dispute, close_dispute, fraud_warning, detach } = request
  if (refund !== undefined) {
    const wanted = { amount: refund.amount, reason: undefined, metadata: {} }
    refundCharge(world, chargeOfOrder(world, refund.order), wanted)
  }
  if (dispute !== undefined) {
    const { amount, inquiry: isInquiry = false } = dispute
    openDispute(world, chargeOfOrder(world, dispute.order), { isInquiry, amount })
  }
  if (close_dispute !== undefined) {
    const { id } = chargeOfOrder(world, close_dispute.order)
    const open = [...world.store.disputes.values()].findLast(({ charge }) => charge === id)
    if (open === undefined) throw noSuch('dispute', close_dispute.order)
    moveDispute(world, open, close_dispute.status)
  }
  if (fraud_warning !== undefined) warn(world, chargeOfOrder(world, fraud_warning.order))
  if (detach !== undefined) detachMethod(world, findMethod(world, detach))
  if (request.settle_refunds !== undefined) settleRefunds(world, true)
}

/** The charge that paid the merchant's order, by the id in the metadata. */
function chargeOfOrder({ store }: World, order: string): Charge {
  const paid: (CheckoutSession | Invoice)[] = [
    ...store.sessions.values(),
    ...store.invoices.values(),
  ].filter((it) => it.metadata['order_id'] === order)
  for (const it of paid.toReversed()) {
    const id = 'intent' in it ? it.intent : it.payment_intent
    const charge = store.charges.get(store.intents.get(id ?? '')?.latest_charge ?? '')
    if (charge?.status === 'succeeded') return charge
  }
  throw noSuch('payment of order', order)
}

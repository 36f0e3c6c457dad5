/**
 * Somebody with access to Stripe opens a page of their own that carries our order: in another amount
 * or currency, or a second one beside ours; and the customer pays it.
 */
import { createSession } from '../../../demo/stripe/checkout-sessions.ts'
import { decodeForm } from '../../../demo/stripe/form-decoding.ts'
import { order } from './buyer.ts'
import { attempt, type Actor } from './scene.ts'

export const pageMaker: Actor = {
  name: 'page-maker',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const placed = await order(scene, { product: 'recover' })
    const page = world.stripe.page(placed?.order.payment_url ?? '')
    if (placed === null || page === null) return
    const [line] = page.lines
    const off = chance.pick([0, 0, -1, 1])
    const currency = chance.is(0.25) ? 'eur' : page.currency
    const form = new URLSearchParams({
      mode: 'payment',
      customer: page.customer ?? '',
      client_reference_id: placed.order.id,
      'metadata[order_id]': placed.order.id,
      'metadata[attempt]': chance.pick(['1', '2']),
      'line_items[0][quantity]': '1',
      'line_items[0][price_data][currency]': currency,
      'line_items[0][price_data][unit_amount]': String(page.amount_total + off * 10),
      'line_items[0][price_data][product_data][name]': line?.description ?? 'page',
      success_url: page.success_url,
    })
    const made = createSession(world.stripe.world, decodeForm(form.toString()))
    const payOurs = () => scene.pay(placed.order)
    const payTheirs = () => scene.pay({ payment_url: made.url })
    const way = chance.below(4)
    if (way === 0) await payTheirs()
    if (way === 1) await scene.together(payOurs, payTheirs)
    if (way === 2) {
      await payTheirs()
      await payOurs()
    }
    if (way === 3) {
      await attempt(() => placed.acme.cancel(placed.order.id))
      await payTheirs()
    }
  },
}

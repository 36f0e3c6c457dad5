/** Sends what looks like an event of Stripe's and is not the truth: signed, copied, of another mode or page. */
import type { StripeEvent } from '../../../demo/stripe/objects.ts'
import { wireSession } from '../../../demo/stripe/wire.ts'
import { order } from './buyer.ts'
import { deliver } from '../world/webhooks.ts'
import type { Actor } from './scene.ts'

export const forger: Actor = {
  name: 'forger',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const victim = await order(scene)
    const other = await order(scene)
    if (victim === null) return
    const page = world.stripe.page(victim.order.payment_url ?? '')
    const otherPage = world.stripe.page(other?.order.payment_url ?? '')
    if (page === null) return
    if (otherPage !== null && other !== null) await scene.pay(other.order)
    const real = wireSession(world.stripe.store, page)
    const lies: readonly Record<string, unknown>[] = [
      { ...real, status: 'complete', payment_status: 'paid' },
      { ...real, status: 'complete', payment_status: 'paid', amount_total: 1 },
      { ...real, id: otherPage?.id ?? page.id, status: 'complete', payment_status: 'paid' },
      { ...real, status: 'expired' },
    ]
    const object = lies[chance.below(lies.length)] ?? real
    const type = object['status'] === 'expired' ? 'expired' : 'completed'
    const livemode = chance.is(0.3)
    const mode = livemode ? 'live' : 'test'
    const event: StripeEvent = {
      id: `evt_forged_${mode}_${world.scheduler.current.name}`,
      object: 'event',
      api_version: '2026-10-28.endive',
      created: Math.floor(world.nowMs / 1000),
      livemode,
      type: `checkout.session.${type}`,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      data: { object },
    }
    deliver(world, `${world.scheduler.current.name}!forged`, event)
    await scene.sleep(60_000)
    if (chance.is(0.5)) await scene.pay(victim.order)
  },
}

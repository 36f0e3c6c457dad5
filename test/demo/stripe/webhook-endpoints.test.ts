import { describe, expect, it } from 'vitest'
import { startReceiver, startStripe, type StripeWorld } from '../../support/stripe.ts'

/** An address besides the one that the stand-in was started with. */
async function registered({ stripe }: StripeWorld, enabled_events: ['*'] | ['invoice.paid']) {
  const receiver = await startReceiver()
  const endpoint = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events })
  return { receiver, endpoint }
}

async function causeAnEvent({ stripe, standIn }: StripeWorld): Promise<void> {
  await stripe.customers.create({ email: 'buyer@acme.example' })
  await standIn.delivered()
}

const undelivered = async ({ stripe }: StripeWorld) =>
  (await stripe.events.list({ delivery_success: false })).data.map(({ type }) => type)

describe('webhook endpoints', () => {
  it('are told of events, signed with the secret that their creation answered', async () => {
    const world = await startStripe()
    const { receiver, endpoint } = await registered(world, ['*'])
    await causeAnEvent(world)
    const [told] = receiver.received
    const secret = endpoint.secret ?? ''
    const event = await world.stripe.webhooks.constructEventAsync(
      told?.body ?? '',
      told?.signature ?? '',
      secret,
      undefined,
      undefined,
      world.clock.now().epochMilliseconds,
    )
    expect(event.type).toBe('customer.created')
    expect(world.receiver.types()).toEqual(['customer.created'])
  })

  it('show their secret once', async () => {
    const world = await startStripe()
    const { endpoint } = await registered(world, ['*'])
    expect(endpoint.secret).toMatch(/^whsec_\w{20,}$/)
    const again = await world.stripe.webhookEndpoints.retrieve(endpoint.id)
    const listed = await world.stripe.webhookEndpoints.list()
    expect([again, ...listed.data].map((it) => 'secret' in it)).toEqual([false, false])
  })

  it('hear only of what they asked for, and nothing while they are disabled', async () => {
    const world = await startStripe()
    const choosy = await registered(world, ['invoice.paid'])
    const disabled = await registered(world, ['*'])
    await world.stripe.webhookEndpoints.update(disabled.endpoint.id, { disabled: true })
    await causeAnEvent(world)
    expect([choosy.receiver.types(), disabled.receiver.types()]).toEqual([[], []])
  })

  it('leave an event undelivered until each of them has taken it, or is gone', async () => {
    const world = await startStripe()
    const { receiver, endpoint } = await registered(world, ['*'])
    receiver.answers.push(...Array.from({ length: 20 }, () => 500))
    await world.stripe.customers.create({ email: 'buyer@acme.example' })
    await expect.poll(receiver.types).toContain('customer.created')
    expect(await undelivered(world)).toEqual(['customer.created'])
    await world.stripe.webhookEndpoints.del(endpoint.id)
    await world.standIn.delivered()
    expect(await undelivered(world)).toEqual([])
  })
})

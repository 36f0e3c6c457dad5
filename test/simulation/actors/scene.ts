/** What an actor can do in the world: act as a customer, on Stripe's page, as an operator; and wait. */
import { SignJWT } from 'jose'
import type { CheckoutSession } from '../../../demo/stripe/objects.ts'
import { submitPayment } from '../../../demo/stripe/form-submission.ts'
import type { Order } from '../../../server/contract/orders.ts'
import { refusalOfDatabase } from '../../../server/db/commit.ts'
import { Refused } from '../../../server/domain/refusals.ts'
import { createBuyer, RefusedAnswer, type Buyer } from '../../support/buyer.ts'
import { CARDS } from '../../support/payment-page.ts'
import type { Chance } from '../core/chance.ts'
import { CENTER_ORIGIN, HOST_SECRET } from '../world/catalogue.ts'
import type { Reply } from '../world/servers.ts'
import type { World } from '../world/world.ts'

/** What ends a command of an operator or a host with a word to them, who may repeat it. */
export function isTold(error: unknown): boolean {
  return error instanceof Refused || refusalOfDatabase(error) !== null
}

export interface Actor {
  readonly name: string
  /** How often it is chosen, compared with the others. */
  readonly weight: number
  act(scene: Scene): Promise<void>
}

export interface Scene {
  readonly world: World
  readonly chance: Chance
  /** Of virtual time. */
  sleep(ms: number): Promise<void>
  customer(product: Product, subject: string): Buyer
  /** Several things at once, as several windows or fingers do them. */
  together(...things: readonly (() => Promise<unknown>)[]): Promise<void>
  /** Sends the form of the payment page. @returns where the window goes then; null when it stays */
  pay(order: Payable, card?: keyof typeof CARDS | 'bank' | 'poorBank'): Promise<string | null>
  /** Any page of the center, as a window opens it. */
  visit(url: string): Promise<Reply | null>
}

export type Product = 'recover' | 'studio'
export type Payable = Pick<Order, 'payment_url'>

export function sceneOf(world: World): Scene {
  const { scheduler } = world
  const { chance } = scheduler.current
  const sleep = (ms: number) => {
    const task = scheduler.current
    return scheduler.wait(task, `${task.name}#${task.steps++}`, ms)
  }
  return {
    world,
    chance,
    sleep,
    customer: (product, subject) => customerOf(world, product, subject),
    together: (...things) => together(world, things),
    pay: async (order, card = 'good') => {
      const page = world.stripe.page(order.payment_url ?? '')
      await sleep(0)
      world.stripe.advance()
      if (page === null || page.status !== 'open') return null
      world.note(() => `pays with ${card}`)
      return submit(world, page, card)
    },
    visit: async (url) => {
      try {
        return await world.servers.send(new Request(url))
      } catch {
        return null
      }
    },
  }
}

/** Whatever can go wrong for a customer went wrong: they give up, or go on with something else. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof RefusedAnswer || error instanceof TypeError) return null
    throw error
  }
}

/** As the widget does: the same request again, while no answer arrives. */
export async function insist<T>(
  scene: Scene,
  work: () => Promise<T>,
  times = 3,
): Promise<T | null> {
  for (let attempts = 0; attempts < times; attempts++) {
    try {
      return await work()
    } catch (error) {
      const isRefused = error instanceof RefusedAnswer
      if (isRefused && error.problem.status < 500) return null
      if (!isRefused && !(error instanceof TypeError)) throw error
      await scene.sleep(1000)
    }
  }
  return null
}

function submit(
  world: World,
  page: CheckoutSession,
  card: keyof typeof CARDS | 'bank' | 'poorBank',
): string | null {
  const isBank = card === 'bank' || card === 'poorBank'
  const result = submitPayment(world.stripe.world, page, {
    method: isBank ? 'bank_debit' : 'card',
    card_number: isBank ? '' : CARDS[card],
    exp: '12/34',
    cvc: '123',
    account_number: card === 'poorBank' ? '000999991116' : '000123456789',
  })
  return result.kind === 'redirect' ? result.location : null
}

const tokens = new Map<string, { token: string; minute: number; world: World }>()

function customerOf(world: World, product: Product, subject: string): Buyer {
  return createBuyer({
    base: `${CENTER_ORIGIN}/w/pk_${product}`,
    token: () => tokenOf(world, product, subject),
    fetch: async (request) => {
      const { status, headers, text } = await world.servers.send(request)
      return new Response(text, { status, headers })
    },
  })
}

/** What the host's backend signs, by the clock that the servers have; good for a few minutes. */
async function tokenOf(world: World, product: Product, subject: string): Promise<string> {
  const seconds = Math.floor(world.serverNow().epochMilliseconds / 1000)
  const minute = Math.floor(seconds / 300)
  const name = `${product} ${subject}`
  const known = tokens.get(name)
  if (known?.minute === minute && known.world === world) return known.token
  const token = await new SignJWT({
    email: `${subject}@customer.example`,
    scope: 'read buy manage',
    zoneinfo: ZONES[subject.length % ZONES.length],
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'license-host+jwt', kid: 'host' })
    .setIssuer(product)
    .setAudience(CENTER_ORIGIN)
    .setSubject(subject)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 600)
    .sign(HOST_SECRET)
  tokens.set(name, { token, minute, world })
  return token
}

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Europe/Berlin'] as const

async function together(
  { scheduler }: World,
  things: readonly (() => Promise<unknown>)[],
): Promise<void> {
  const parent = scheduler.current
  const done: Promise<void>[] = things.map(
    (thing) =>
      new Promise((resolve) => {
        const task = scheduler.newTask(`${parent.name}.${parent.steps++}`, null)
        scheduler.start(task, async () => {
          await thing()
          scheduler.put(parent, `${task.name} done`, 0, resolve)
        })
      }),
  )
  await Promise.all(done)
}

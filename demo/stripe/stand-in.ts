/** A stand-in for Stripe on this machine: its API, its payment page and its webhooks. Read this first. */
import { serve, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Temporal } from 'temporal-polyfill'
import { createApi } from './api.ts'
import type { PortalSession } from './billing-portal.ts'
import { createPages } from './checkout-routes.tsx'
import { expireDueSessions } from './checkout-sessions.ts'
import { createControl, createControlRoutes, type Control } from './control.ts'
import { recordEvent } from './events.ts'
import { settleBankDebits } from './payments.ts'
import { settleRefunds } from './refunds.ts'
import type { StripeEvent } from './objects.ts'
import { openStore, saveStore } from './store.ts'
import { switchesOff } from './switches.ts'
import { truthOf, type Truth } from './truth.ts'
import { targetsOf } from './webhook-endpoints.ts'
import { createWebhookSender, type WebhookSender, type WebhookTarget } from './webhook-sender.ts'
import type { World } from './world.ts'

export interface StandInOptions {
  /** 0 takes any free port. */
  readonly port: number
  readonly now: () => Temporal.Instant
  /** Told of every event, as the endpoints are that `POST /v1/webhook_endpoints` makes. */
  readonly webhook?: WebhookTarget
  /** In [0, 1); for ids and dropped webhooks. */
  readonly random?: () => number
  readonly log?: (line: string) => void
  /** Where state is kept between two runs; nothing is kept without it. */
  readonly dataFile?: string
}

/** What can be asked of a stand-in, also of one that runs elsewhere. */
export interface StripeService {
  /** `http://localhost:12111`, for `STRIPE_API_BASE` and for browsers. */
  readonly origin: string
  readonly control: Control
  /** Expires and settles what is due by the clock; resolves when its webhooks are out. */
  settleDue(): Promise<void>
  /** Resolves when no webhook is under way or waiting for another try. */
  delivered(): Promise<void>
  close(): Promise<void>
}

export interface StandIn extends StripeService {
  readonly url: string
  readonly truth: Truth
}

const LOOK_EVERY_MS = 250
/** Webhooks leave just after the answer that they belong to. */
const AFTER_REPLY_MS = 5

export async function startStripeStandIn(options: StandInOptions): Promise<StandIn> {
  const { now, log = () => {}, random = strongRandom, dataFile } = options
  const store = openStore(dataFile)
  const switches = switchesOff()
  const fixed = options.webhook === undefined ? [] : [options.webhook]
  const everyTarget = (event: StripeEvent) => [...fixed, ...targetsOf(store, event)]
  const sender = createWebhookSender({ now, random, switches }, everyTarget, log)
  const root = new Hono<{ Bindings: HttpBindings }>()
  const { server, origin } = await listen(root, options.port)
  const announce: World['announce'] = (type, object) =>
    sender.enqueue(recordEvent({ now, random, store }, type, object))
  const world: World = { now, random, store, switches, origin, announce }
  const control = createControl(world, sender)
  const keep = dataFile === undefined ? () => {} : () => saveStore(store, dataFile)
  assemble(root, { world, sender, control, keep })
  const settleDue = () => {
    if (advance(world)) keep()
    return sender.drain()
  }
  const timer = setInterval(() => void settleDue(), LOOK_EVERY_MS)
  return {
    origin,
    url: origin,
    control,
    truth: truthOf(store),
    settleDue,
    delivered: () => sender.idle(),
    close: async () => {
      clearInterval(timer)
      sender.close()
      await stop(server)
    },
  }
}

interface Parts {
  readonly world: World
  readonly sender: WebhookSender
  readonly control: Control
  readonly keep: () => void
}

function assemble(root: Hono<{ Bindings: HttpBindings }>, parts: Parts): void {
  const { world, sender, control, keep } = parts
  const portals = new Map<string, PortalSession>()
  const { isDelivered } = sender
  root.use(async (c, next) => {
    const isChanged = advance(world)
    await next()
    if (isChanged || c.req.method !== 'GET') keep()
    if (world.switches.beforeReply) await sender.drain()
    else setTimeout(() => void sender.drain(), AFTER_REPLY_MS)
  })
  root.route('/v1', createApi({ world, portals, isDelivered }))
  root.route('/_control', createControlRoutes(control))
  root.route('/', createPages(world, portals))
}

/** Does what the clock has made due. @returns whether there was anything */
function advance(world: World): boolean {
  const before = world.store.events.size
  expireDueSessions(world)
  settleBankDebits(world)
  settleRefunds(world)
  return world.store.events.size > before
}

/** Longer than clients keep a connection that nobody uses: none is closed while a request is on its way. */
const serverOptions = { keepAliveTimeout: 75_000 }

async function listen(
  root: Hono<{ Bindings: HttpBindings }>,
  port: number,
): Promise<{ server: Server; origin: string }> {
  return new Promise((resolve, reject) => {
    const listening = ({ port: taken }: AddressInfo) =>
      resolve({ server: asHttpServer(server), origin: `http://localhost:${taken}` })
    const options = { fetch: root.fetch, port, hostname: '127.0.0.1', serverOptions }
    const server = serve(options, listening)
    server.on('error', reject)
  })
}

/** `serve` without `createServer` makes a plain HTTP/1 server. */
function asHttpServer(server: ReturnType<typeof serve>): Server {
  return server as Server
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function strongRandom(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
  return word / 2 ** 32
}

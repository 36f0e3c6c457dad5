/** Helpers of the demo, never mounted in production: what a host's backend mints, the clock, the mails. */
import { zValidator } from '@hono/zod-validator'
import { inArray, sql } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { mails } from '../server/db/schema.ts'
import { formatInstant } from '../server/domain/calendar.ts'
import { deliverMails } from '../server/jobs/deliver-mails.ts'
import { demoCustomer } from './customers.ts'
import { hostPages } from './host-pages.ts'
import { nextMoments } from './moments.ts'
import type { StripeService } from './stripe/stand-in.ts'
import type { System } from './system.ts'

const SHOWN_MAILS = 200
const LONGEST_JUMP_HOURS = 2 * 366 * 24

const TokenQuery = z.object({
  product: z.string().min(1).max(40),
  customer: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .default('newcomer'),
  scope: z.string().max(60).optional(),
})
const ClockQuery = z.object({
  customer: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .optional(),
})
const ClockRequest = z.object({
  advance: z.string().refine(isJump, 'an ISO 8601 duration up to two years, such as PT40M or P30D'),
})

export function demoRoutes(system: System<StripeService>): Hono {
  const app = new Hono()
  app.get('/demo/token', zValidator('query', TokenQuery, refuse), async (c) => {
    const { product, customer, scope } = c.req.valid('query')
    const sold = system.catalogue.products.find(({ id }) => id === product)
    if (sold === undefined) return c.json({ error: `There is no product ${product}.` }, 404)
    const token = await system.token(product, {
      ...demoCustomer(customer),
      ...(scope === undefined ? {} : { scope }),
    })
    c.header('Cache-Control', 'no-store')
    return c.json({ token, publishable_key: sold.publishable_keys[0] })
  })
  app.get('/demo/clock', zValidator('query', ClockQuery, refuse), async (c) => {
    const now = system.clock.now()
    const { customer } = c.req.valid('query')
    const moments = customer === undefined ? null : await nextMoments(system.deps.db, customer, now)
    return c.json({ now: formatInstant(now), ...(moments === null ? {} : { moments }) })
  })
  app.post('/demo/clock', zValidator('json', ClockRequest, refuse), async (c) => {
    const ran = await system.advance(c.req.valid('json').advance)
    return c.json({ now: formatInstant(system.clock.now()), ran })
  })
  app.post('/demo/jobs', async (c) => c.json({ ran: await system.runJobs() }))
  app.get('/demo/mail', async (c) => c.json({ data: await arrivedMails(system) }))
  app.on(['GET', 'POST'], '/demo/stripe', (c) => forwardToStandIn(system, c.req.raw))
  app.route('/', hostPages(system))
  return app
}

/** Which field is wrong and what it must be, for whoever tries the demo by hand. */
function refuse(result: Parsed, c: Context): Response | undefined {
  if (result.success) return undefined
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  return c.json({ error: faults.join('; ') }, 400)
}

type Parsed =
  | { readonly success: true }
  | { readonly success: false; readonly error: { readonly issues: readonly Issue[] } }
interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Forward, and no further than its many stops are worth waiting for. */
function isJump(text: string): boolean {
  try {
    const hours = Temporal.Duration.from(text).total({ unit: 'hour', relativeTo: '2026-01-01' })
    return hours > 0 && hours <= LONGEST_JUMP_HOURS
  } catch {
    return false
  }
}

/**
 * What arrived, newest first. Whoever asks for mail gets it: what waits is delivered first, as it would
 * be by itself within seconds.
 */
async function arrivedMails({ deps, inbox }: System<StripeService>) {
  await deliverMails(deps)
  const arrived = inbox.mails().slice(0, SHOWN_MAILS)
  const keys = arrived.map(({ key }) => key)
  const { orm } = deps.db
  const rows = await orm
    .select({ id: mails.id, kind: mails.kind })
    .from(mails)
    .where(inArray(sql`${mails.id}`, keys))
  const kinds = new Map<string, string>(rows.map(({ id, kind }) => [id, kind]))
  return arrived.map(({ key, at, message }) => ({
    to: message.to.join(', '),
    kind: kinds.get(key) ?? null,
    at: formatInstant(Temporal.Instant.from(at)),
    subject: message.subject,
    text: message.text,
    html: message.html,
    attachments: message.attachments.map(({ filename }) => filename),
  }))
}

/** The stand-in's switches, reachable from the demo's own origin. */
async function forwardToStandIn(
  { stripe }: System<StripeService>,
  request: Request,
): Promise<Response> {
  const body = request.method === 'POST' ? await request.text() : null
  return fetch(`${stripe.origin}/_control`, {
    method: request.method,
    headers: { 'Content-Type': 'application/json' },
    body,
  })
}

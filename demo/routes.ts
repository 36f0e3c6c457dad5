/** Helpers of the demo, never mounted in production: what a host's backend mints, the clock, the mails. */
import { zValidator } from '@hono/zod-validator'
import { desc } from 'drizzle-orm'
import { Hono, type Context } from 'hono'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { mails } from '../server/db/schema.ts'
import { formatInstant } from '../server/domain/calendar.ts'
import { messageOf, storedMail } from '../server/mail/messages.ts'
import { demoCustomer } from './customers.ts'
import { hostPages } from './host-pages.ts'
import type { System } from './system.ts'

const LONGEST_JUMP_HOURS = 2 * 366 * 24

const TokenQuery = z.object({
  product: z.string().min(1).max(40),
  customer: z
    .string()
    .regex(/^[\w-]{1,60}$/)
    .default('newcomer'),
  scope: z.string().max(60).optional(),
})
const ClockRequest = z.object({
  advance: z.string().refine(isJump, 'an ISO 8601 duration up to two years, such as PT40M or P30D'),
})

export function demoRoutes(system: System): Hono {
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
  app.get('/demo/clock', (c) => c.json({ now: formatInstant(system.clock.now()) }))
  app.post('/demo/clock', zValidator('json', ClockRequest, refuse), async (c) => {
    const ran = await system.advance(c.req.valid('json').advance)
    return c.json({ now: formatInstant(system.clock.now()), ran })
  })
  app.post('/demo/jobs', async (c) => c.json({ ran: await system.runJobs() }))
  app.get('/demo/mail', async (c) => c.json({ data: await sentMails(system) }))
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

/** Newest first, in the words that a mail client would show. */
async function sentMails({ deps }: System) {
  const rows = await deps.db.orm.select().from(mails).orderBy(desc(mails.createdAt)).limit(100)
  return rows.map((row) => ({
    to: row.recipient,
    kind: row.kind,
    at: formatInstant(row.createdAt),
    ...messageOf(storedMail(row), { locale: row.locale, centerOrigin: deps.config.centerOrigin }),
  }))
}

/** The stand-in's switches, reachable from the demo's own origin. */
async function forwardToStandIn({ stripe }: System, request: Request): Promise<Response> {
  const body = request.method === 'POST' ? await request.text() : null
  return fetch(`${stripe.origin}/_control`, {
    method: request.method,
    headers: { 'Content-Type': 'application/json' },
    body,
  })
}

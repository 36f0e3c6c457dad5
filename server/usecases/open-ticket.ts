/** Stores a question of a visitor as a ticket, and the intent to confirm it by mail (S35, S77). */
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit, type Change, type Decision } from '../db/commit.ts'
import { entryOfCommand } from '../db/journal.ts'
import type { Database } from '../db/open.ts'
import { mails, orders, tickets } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { isId, type Id } from '../domain/ids.ts'
import type { MailDataOf } from '../domain/mail.ts'
import { Refused } from '../domain/refusals.ts'
import {
  NUMBER_BEFORE_FIRST,
  TICKETS_PER_ADDRESS_HOUR,
  type TicketTopic,
} from '../domain/ticket.ts'

export interface TicketRequest {
  readonly topic: TicketTopic
  readonly email: string
  /** As typed; empty for none. Whoever names an order has not proved that it is theirs. */
  readonly orderReference: string
  readonly message: string
  readonly locale: string
  /** The same for a form that is sent again. */
  readonly nonce: string
}

export interface OpenedTicket {
  readonly id: Id<'tic'>
  readonly number: number
}

/**
 * The same form sent again answers the first ticket; with another text it is another ticket.
 *
 * @throws Refused `request.rate_limited` after five tickets of one address within an hour
 */
export async function openTicket(deps: Deps, request: TicketRequest): Promise<OpenedTicket> {
  const commandKey = await commandKeyOf(request)
  const earlier = () => ticketOfCommand(deps.db, commandKey)
  return decideAndCommit(
    deps,
    { commandKey },
    async (): Promise<Decision<OpenedTicket>> => {
      const known = await earlier()
      if (known) return { change: null, result: known }
      const facts = await factsFor(deps, request)
      refuseTooMany(facts.recentlyOpenedAt, deps.now())
      const ticket = { id: deps.newId('tic'), number: facts.nextNumber }
      return { change: changeFor(deps, request, ticket, facts.productId), result: ticket }
    },
    earlier,
  )
}

interface Facts {
  /** Tickets of this address within the last hour, oldest first. */
  readonly recentlyOpenedAt: readonly Temporal.Instant[]
  readonly nextNumber: number
  readonly productId: string | null
}

/** One round trip. */
async function factsFor({ db, now }: Deps, request: TicketRequest): Promise<Facts> {
  const isOfAddress = sql`lower(${tickets.email}) = lower(${request.email})`
  const isOfOrder = isId('ord', request.orderReference)
    ? and(
        eq(orders.id, request.orderReference),
        sql`lower(${orders.email}) = lower(${request.email})`,
      )
    : sql`0`
  const [recent, [last], [order]] = await db.orm.batch([
    db.orm
      .select({ createdAt: tickets.createdAt })
      .from(tickets)
      .where(and(isOfAddress, gt(tickets.createdAt, now().subtract({ hours: 1 }))))
      .orderBy(asc(tickets.createdAt))
      .limit(TICKETS_PER_ADDRESS_HOUR),
    db.orm.select({ number: tickets.number }).from(tickets).orderBy(desc(tickets.number)).limit(1),
    db.orm.select({ productId: orders.productId }).from(orders).where(isOfOrder).limit(1),
  ])
  return {
    recentlyOpenedAt: recent.map((ticket) => ticket.createdAt),
    nextNumber: (last?.number ?? NUMBER_BEFORE_FIRST) + 1,
    productId: order?.productId ?? null,
  }
}

function refuseTooMany(recentlyOpenedAt: readonly Temporal.Instant[], now: Temporal.Instant): void {
  const [oldest] = recentlyOpenedAt
  if (!oldest || recentlyOpenedAt.length < TICKETS_PER_ADDRESS_HOUR) return
  const wait = now.until(oldest.add({ hours: 1 })).total('seconds')
  throw new Refused('request.rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(wait)) })
}

/**
 * The number is the highest one plus one; of two who read the same, UNIQUE refuses one, who decides
 * again. The mail does not repeat the message: the address is not proved, and nobody shall be able
 * to send their words to a stranger through us.
 */
function changeFor(
  deps: Deps,
  request: TicketRequest,
  { id, number }: OpenedTicket,
  productId: string | null,
): Change {
  const { topic, email, orderReference, message, locale } = request
  const createdAt = deps.now()
  const mail: MailDataOf<'ticket.opened'> = { number, topic }
  const entry = {
    stream: `ticket:${id}`,
    version: 1,
    type: 'ticket.opened',
    actor: 'visitor',
    productId,
    data: { number, topic },
  }
  const ticket = { id, number, productId, topic, email, orderReference, message, locale }
  return {
    journal: [entry],
    statements: [
      deps.db.orm.insert(tickets).values({ ...ticket, state: 'open', createdAt, version: 1 }),
      deps.db.orm.insert(mails).values({
        id: deps.newId('mail'),
        productId: productId ?? '',
        kind: 'ticket.opened',
        reference: id,
        recipient: email,
        locale,
        data: { ...mail },
        createdAt,
      }),
    ],
  }
}

async function commandKeyOf(request: TicketRequest): Promise<string> {
  const { topic, email, orderReference, message, nonce } = request
  const content = new TextEncoder().encode(JSON.stringify([topic, email, orderReference, message]))
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content))
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `ticket.open:${nonce}:${hash.slice(0, 32)}`
}

async function ticketOfCommand(db: Database, commandKey: string): Promise<OpenedTicket | null> {
  const entry = await entryOfCommand(db, commandKey)
  if (!entry) return null
  const id = entry.stream.slice('ticket:'.length)
  const number = entry.data['number']
  if (!isId('tic', id) || typeof number !== 'number') {
    throw new Error(`journal entry ${entry.position} does not describe a ticket`)
  }
  return { id, number }
}

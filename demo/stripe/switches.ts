/** The faults that `_control` can turn on. */
import { z } from 'zod'
import { DECLINES, type DeclineWord } from './test-cards.ts'

export const OUTAGES = ['500', '429', 'timeout', 'reset', '500_stored', '500_final'] as const

/**
 * - `500`, `429`: nothing is executed, nothing is kept.
 * - `500_final`: the same, and Stripe says that a repeat is of no use: no client tries again by itself.
 * - `timeout`: executed, and the answer never comes. `reset`: executed, and the connection breaks.
 * - `500_stored`: nothing is executed, and the key answers 500 for 24 hours, as Stripe's does.
 */
export type Outage = (typeof OUTAGES)[number]

export interface Switches {
  /** Extra copies of each webhook. */
  duplicate: number
  /** Sends what one action caused in reverse order. */
  reorder: boolean
  delayMs: number
  /** Share of webhooks that are never sent. */
  drop: number
  /** Sends webhooks, and awaits them, before the API call or page that caused them is answered. */
  beforeReply: boolean
  /** Pays each new session with a good card before its creation is answered (P05). */
  payOnCreate: boolean
  outage: Outage | null
  /** API calls that the outage still hits. */
  outageCalls: number
  /** API calls that are answered before it begins. */
  outageAfter: number
  /** What becomes of bank debits handed in from now on. */
  nextSettlement: 'succeed' | 'fail'
  /** What banks answer to charges of saved cards, whatever their numbers promise; null: as they do. */
  decline: DeclineWord | 'authentication_required' | null
  /** The one method that `decline` is for; null for all. */
  declineOf: string | null
}

export function switchesOff(): Switches {
  return {
    duplicate: 0,
    reorder: false,
    delayMs: 0,
    drop: 0,
    beforeReply: false,
    payOnCreate: false,
    outage: null,
    outageCalls: 0,
    outageAfter: 0,
    nextSettlement: 'succeed',
    decline: null,
    declineOf: null,
  }
}

const share = z.union([z.boolean().transform((isOn) => (isOn ? 1 : 0)), z.number().min(0).max(1)])

const positive = z.number().int().min(1)

function declineWords(): DeclineWord[] {
  return Object.keys(DECLINES).filter((word): word is DeclineWord => word in DECLINES)
}

/** `POST /_control`: each field is optional and leaves the others alone. */
export const ControlRequest = z.strictObject({
  duplicate: z.number().int().min(0).max(20).optional(),
  reorder: z.boolean().optional(),
  delay_ms: z.number().int().min(0).max(60_000).optional(),
  drop: share.optional(),
  before_reply: z.boolean().optional(),
  pay_on_create: z.boolean().optional(),
  outage: z.enum(OUTAGES).nullable().optional(),
  /** How many API calls the outage hits; 1 when left out. */
  calls: z.number().int().min(1).max(10_000).optional(),
  /** How many API calls are answered before the outage begins; none when left out. */
  after: z.number().int().min(0).max(1000).optional(),
  decline: z
    .enum([...declineWords(), 'authentication_required'])
    .nullable()
    .optional(),
  /** With `decline`: of this saved method alone. */
  of: z.string().optional(),
  /** What the merchant's dashboard and the banks can do: see `dashboard.ts`. */
  refund: z.strictObject({ order: z.string(), amount: positive.optional() }).optional(),
  dispute: z
    .strictObject({
      order: z.string(),
      amount: positive.optional(),
      inquiry: z.boolean().optional(),
    })
    .optional(),
  close_dispute: z
    .strictObject({
      order: z.string(),
      status: z.enum(['won', 'lost', 'warning_closed', 'needs_response']),
    })
    .optional(),
  fraud_warning: z.strictObject({ order: z.string() }).optional(),
  /** A saved method that its customer removes in the portal. */
  detach: z.string().optional(),
  /** Banks answer refunds that are pending, and give back those that fail, now. */
  settle_refunds: z.literal(true).optional(),
  /** Settles every bank debit under way now, so or so. */
  settle: z.enum(['succeed', 'fail']).optional(),
  /** Sends a copy of the newest event as if it came from live mode (P22). */
  livemode: z.literal(true).optional(),
  /** Sends that event again, under its own id. */
  redeliver: z.string().optional(),
  /** Everything off, before the other fields are applied. */
  reset: z.literal(true).optional(),
})
export type ControlRequest = z.infer<typeof ControlRequest>

/** Turns switches; commands such as `settle` and `refund` are not among them. */
export function turn(switches: Switches, request: ControlRequest): void {
  if (request.reset) Object.assign(switches, switchesOff())
  const { duplicate, reorder, delay_ms, drop, before_reply, pay_on_create, outage } = request
  if (duplicate !== undefined) switches.duplicate = duplicate
  if (reorder !== undefined) switches.reorder = reorder
  if (delay_ms !== undefined) switches.delayMs = delay_ms
  if (drop !== undefined) switches.drop = drop
  if (before_reply !== undefined) switches.beforeReply = before_reply
  if (pay_on_create !== undefined) switches.payOnCreate = pay_on_create
  if (request.decline !== undefined) {
    switches.decline = request.decline
    switches.declineOf = request.of ?? null
  }
  if (outage !== undefined) {
    switches.outage = outage
    switches.outageCalls = outage === null ? 0 : (request.calls ?? 1)
    switches.outageAfter = request.after ?? 0
  }
}

/** The outage that hits this call, counted down. */
export function nextOutage(switches: Switches): Outage | null {
  if (switches.outage === null || switches.outageCalls === 0) return null
  if (switches.outageAfter > 0) {
    switches.outageAfter -= 1
    return null
  }
  switches.outageCalls -= 1
  return switches.outage
}

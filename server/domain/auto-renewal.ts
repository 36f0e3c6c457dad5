/**
 * The automatic charge of one expiry (section 5): its states as a table, and what a try, its
 * success, its failure, a new method and the end of the grace do to it. When tries happen is the
 * matter of `charge-calendar.ts`.
 */
import { Temporal } from 'temporal-polyfill'
import { formatInstant, localDate } from './calendar.ts'
import { nextAttemptAt, type ChargeTerm } from './charge-calendar.ts'
import { Refused } from './refusals.ts'

export const AUTO_CHARGE_STATES = ['due', 'processing', 'past_due', 'charged', 'ended'] as const
export type AutoChargeState = (typeof AUTO_CHARGE_STATES)[number]

export const AUTO_CHARGE_EVENTS = [
  /** An order was placed and its charge is under way. */
  'charge',
  'succeed',
  'fail',
  /** Somebody paid for the renewal by hand. */
  'renew',
  /** The grace is over, or the customer or the catalogue ended it. */
  'end',
] as const
export type AutoChargeEvent = (typeof AUTO_CHARGE_EVENTS)[number]

/**
 * | from       | event              | to                         |
 * | ---------- | ------------------ | -------------------------- |
 * | due        | charge, renew, end | processing, charged, ended |
 * | processing | succeed, fail      | charged, past_due          |
 * | past_due   | charge, renew, end | processing, charged, ended |
 *
 * Nothing interrupts a charge that is under way: the license cannot end, and no second one begins.
 */
export const AUTO_CHARGE_TRANSITIONS: Readonly<
  Record<AutoChargeState, Readonly<Partial<Record<AutoChargeEvent, AutoChargeState>>>>
> = {
  due: { charge: 'processing', renew: 'charged', end: 'ended' },
  processing: { succeed: 'charged', fail: 'past_due' },
  past_due: { charge: 'processing', renew: 'charged', end: 'ended' },
  charged: {},
  ended: {},
}

/**
 * `soft`: the same method may be tried again · `hard`: it will not work again, a new one is needed ·
 * `authentication`: the customer has to confirm in person, on a payment page.
 */
export type DeclineKind = 'soft' | 'hard' | 'authentication'

/** Why the last try failed; stored as JSON. */
export interface ChargeFailure {
  readonly kind: DeclineKind
  readonly code: string
  /** A sentence for the customer. */
  readonly message: string
  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly at: string
}

/** A refusal as it comes in: what it means for the next try. */
export type ChargeRefusal = Omit<ChargeFailure, 'at'>

/** The charge of one expiry so far. */
export interface AutoCharge {
  readonly state: AutoChargeState
  readonly attempts: number
  /** Refusals that allow another try with the same method. */
  readonly softFailures: number
  /** Local date of the last try, `YYYY-MM-DD`; null before the first. */
  readonly lastOn: string | null
  readonly failure: ChargeFailure | null
  /** Null while one is under way, and when only a new method or the customer can help. */
  readonly nextAt: Temporal.Instant | null
}

/** Nothing was tried yet. */
export function newCharge(term: ChargeTerm, now: Temporal.Instant): AutoCharge {
  const nextAt = nextAttemptAt(term, { attempts: 0, lastOn: null }, now)
  return { state: 'due', attempts: 0, softFailures: 0, lastOn: null, failure: null, nextAt }
}

/** True when a try may begin now. */
export function isDue(charge: AutoCharge, now: Temporal.Instant): boolean {
  const { nextAt } = charge
  return nextAt !== null && Temporal.Instant.compare(nextAt, now) <= 0
}

/** A try begins. @throws Refused `license.transition_refused` while one is under way */
export function begun(charge: AutoCharge, zone: string, now: Temporal.Instant): AutoCharge {
  return {
    ...charge,
    state: after(charge.state, 'charge'),
    attempts: charge.attempts + 1,
    lastOn: localDate(now, zone).toString(),
    nextAt: null,
  }
}

/**
 * The try was refused. A hard decline stops: it stays automatic and marked, until a new method is
 * there or the grace is over. Where the bank wants to see its customer, the next date asks again, and
 * each time brings a new payment page.
 */
export function failed(
  charge: AutoCharge,
  failure: ChargeRefusal,
  term: ChargeTerm,
  now: Temporal.Instant,
): AutoCharge {
  const lastOn = charge.lastOn === null ? null : Temporal.PlainDate.from(charge.lastOn)
  const mayRepeat = failure.kind !== 'hard'
  return {
    ...charge,
    state: after(charge.state, 'fail'),
    softFailures: charge.softFailures + (failure.kind === 'soft' ? 1 : 0),
    failure: { ...failure, at: formatInstant(now) },
    nextAt: mayRepeat ? nextAttemptAt(term, { attempts: charge.attempts, lastOn }, now) : null,
  }
}

/** A new method is tried at once, also on a date on which the old one was refused. */
export function withNewMethod(charge: AutoCharge, now: Temporal.Instant): AutoCharge {
  return charge.state === 'past_due' ? { ...charge, softFailures: 0, nextAt: now } : charge
}

/** It renewed, by itself or by hand. */
export function charged(charge: AutoCharge): AutoCharge {
  const event = charge.state === 'processing' ? 'succeed' : 'renew'
  return { ...charge, state: after(charge.state, event), failure: null, nextAt: null }
}

/** @throws Refused `license.transition_refused` while a charge is under way */
export function ended(charge: AutoCharge): AutoCharge {
  return { ...charge, state: after(charge.state, 'end'), nextAt: null }
}

/** As customers see it: `stopped` needs a new method, or the customer, before it goes on. */
export type ShownChargeState = 'off' | 'due' | 'processing' | 'past_due' | 'stopped'

export function shownState({ state, nextAt }: AutoCharge): ShownChargeState {
  if (state === 'processing') return 'processing'
  if (state === 'past_due') return nextAt === null ? 'stopped' : 'past_due'
  return state === 'ended' ? 'off' : 'due'
}

function after(state: AutoChargeState, event: AutoChargeEvent): AutoChargeState {
  const next = AUTO_CHARGE_TRANSITIONS[state][event]
  if (next === undefined) {
    throw new Refused('license.transition_refused', { facts: { status: state, event } })
  }
  return next
}

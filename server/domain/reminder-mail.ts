/**
 * Facts of the digest that a customer gets on a day when something about licenses is due (R18).
 * Amounts in minor units; instants are RFC 3339 UTC with whole seconds.
 */
import type { Cycle } from './catalogue.ts'
import type { NamedLicense } from './renewal-mail.ts'

export interface RemindedLicense extends NamedLicense {
  readonly licenseId: string
  readonly endsAt: string
  /** Until then it works (end of grace) and can be renewed (end of retention). */
  readonly graceEndsAt: string
  readonly renewableUntil: string
}

/**
 * `one_time`: never renewed · `canceled`: renewed by hand only · `retired`: its plan is not sold any
 * more, so nobody can · `unpaid`: such a plan, too, but its automatic renewal is still being tried.
 */
export type WhyEnding = 'one_time' | 'canceled' | 'retired' | 'unpaid'

export interface EndingLicense extends RemindedLicense {
  readonly why: WhyEnding
}

/** "We will charge X on Y, cancel until Z." */
export interface AnnouncedCharge extends RemindedLicense {
  readonly chargeAt: string
  readonly currency: string
  /** With tax. What is charged is this or less. */
  readonly total: number
  readonly every: Cycle
  /** The price from the charge after this one on, where it rises; null otherwise. */
  readonly risesTo: number | null
}

export interface ReminderMail {
  readonly productName: string
  readonly homeUrl: string
  /** IANA zone of the customer (R2). */
  readonly zone: string
  /** Local date that the digest is for, YYYY-MM-DD. */
  readonly day: string
  /** When it was written: what "expired" and "expires" are judged by. */
  readonly writtenAt: string
  /** To be renewed by hand, also after their end; soonest first. */
  readonly renewable: readonly RemindedLicense[]
  /** Charged by themselves. */
  readonly charges: readonly AnnouncedCharge[]
  /** End without being renewed, each with its reason. */
  readonly ending: readonly EndingLicense[]
  /** Names of plans to buy instead of those that ended; absent in what older versions wrote. */
  readonly instead?: readonly string[]
  /** Metered from their end on. */
  readonly metered: readonly RemindedLicense[]
  /** The private link of this digest, see `domain/renew-link.ts`; null where nothing can be renewed. */
  readonly renewLinkId: string | null
}

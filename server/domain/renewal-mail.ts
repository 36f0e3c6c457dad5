/**
 * Facts of mails about what happens after a purchase: renewals by hand and by themselves, refunds,
 * disputes, pay-per-use. Amounts in minor units; instants are RFC 3339 UTC with whole seconds.
 */
import type { Explanation } from './explanation.ts'
import type { MailedLine, OrderMail } from './mail.ts'

/** A license by what its customer knows of it. */
export interface NamedLicense {
  readonly planName: string
  /** Units. */
  readonly quantity: number
  readonly keyLast4: string
}

export interface RenewedLicense extends NamedLicense {
  /** Both exclusive. Equal where units were added and the end stayed. */
  readonly endedAt: string
  readonly endsAt: string
  /** After discount, before exclusive tax. */
  readonly amount: number
  readonly explanation: Explanation
}

/** How it was paid, as far as a receipt tells: `Visa`, `4242`. */
export interface MailedMethod {
  readonly brand: string | null
  readonly last4: string | null
}

/** A renewal, added units or an upgrade; `auto_renewal.succeeded` and `order.renewed` say the same. */
export interface RenewalMail extends OrderMail {
  /** Null when nothing had to be paid. */
  readonly paidAt: string | null
  /** IANA zone that the dates are told in (R2). */
  readonly zone: string
  readonly licenses: readonly RenewedLicense[]
  readonly subtotal: number
  readonly tax: number
  readonly method: MailedMethod | null
  /** Of what renews by itself from now on; null otherwise. */
  readonly nextChargeAt: string | null
}

interface AutoRenewalMail extends OrderMail {
  readonly zone: string
  readonly licenses: readonly (NamedLicense & { readonly endsAt: string })[]
  readonly method: MailedMethod | null
}

/** A charge did not succeed and will be tried again. */
export interface AutoRenewalFailedMail extends AutoRenewalMail {
  /** A sentence for the customer; null where the provider gave none. */
  readonly reason: string | null
  readonly nextAttemptAt: string
}

/** The bank wants the customer to confirm: payable on a page until then. */
export interface AutoRenewalActionMail extends AutoRenewalMail {
  /** The private link, made from it when the mail is sent: who has it renews and pays there. */
  readonly renewLinkId: string | null
  readonly payUntil: string
}

export const STOP_CAUSES = ['declined', 'no_method', 'attempts', 'dispute'] as const

/** No further attempt is made by itself. */
export interface AutoRenewalStoppedMail extends AutoRenewalMail {
  /** Declined for good · no saved method · all attempts failed · a charge is disputed. */
  readonly cause: (typeof STOP_CAUSES)[number]
  readonly reason: string | null
  /** Until then the licenses work. */
  readonly graceEndsAt: string
}

/** No automatic renewal any more, because the plan ended: it is not sold on, or has no price. */
export interface AutoRenewalEndedMail {
  readonly productName: string
  /** Homepage of the console (S20). */
  readonly homeUrl: string
  readonly zone: string
  readonly cause: 'retired' | 'no_price'
  /** Each works until its end and the grace after it. */
  readonly licenses: readonly (NamedLicense & { readonly endsAt: string })[]
  /** Names of plans of the same type that are sold; empty where there is none. */
  readonly instead: readonly string[]
}

export interface RefundMail extends OrderMail {
  readonly zone: string
  /** Of this refund. */
  readonly amount: number
  readonly refundedAt: string
  /** R15: money only, units of a license, or a period; or what could not be carried out. */
  readonly refundKind: 'amount' | 'units' | 'period' | 'undelivered'
  /** What changed; `endsAt` is null where the license ended with it. */
  readonly licenses: readonly (NamedLicense & { readonly endsAt: string | null })[]
}

export interface DisputeMail extends OrderMail {
  readonly zone: string
  readonly phase: 'opened' | 'won' | 'lost'
  /** The charge that the bank asks about. */
  readonly amount: number
  readonly chargedAt: string
  /** Whose time is withheld, given back or taken. */
  readonly licenses: readonly (NamedLicense & { readonly endsAt: string | null })[]
}

/** A month of metered days after expiry, as one order. */
export interface PayPerUseBillMail extends OrderMail {
  /** UTC days, inclusive: YYYY-MM-DD. */
  readonly from: string
  readonly to: string
  readonly lines: readonly MailedLine[]
  readonly subtotal: number
  readonly tax: number
  readonly method: MailedMethod | null
  /** `due`: not paid yet; unpaid on that day, metering stops and the licenses are suspended. */
  readonly state: 'paid' | 'due'
  readonly dueAt: string | null
}

/**
 * What a mail intent stores in `mails.kind` and `mails.data`: facts, no words. The words are made
 * when it is sent or shown (`mail/messages.ts`), in the language stored beside it.
 * Amounts in minor units of `currency`; instants are RFC 3339 UTC with whole seconds.
 */
import type { Cycle } from './catalogue.ts'
import type { Explanation } from './explanation.ts'
import type { LicenseKeyMail, RebindMail } from './license-mail.ts'
import type { ReminderMail } from './reminder-mail.ts'
import type {
  AutoRenewalActionMail,
  AutoRenewalEndedMail,
  AutoRenewalFailedMail,
  AutoRenewalStoppedMail,
  DisputeMail,
  PayPerUseBillMail,
  RefundMail,
  RenewalMail,
} from './renewal-mail.ts'
import type { TicketTopic } from './ticket.ts'

/** What every mail about an order says. */
export interface OrderMail {
  readonly orderId: string
  readonly productName: string
  /** Homepage of the console, where the order can be seen (S20). */
  readonly homeUrl: string
  readonly currency: string
  readonly total: number
}

export interface MailedLine {
  readonly planName: string
  readonly quantity: number
  /** After discount and before exclusive tax. */
  readonly amount: number
  readonly explanation: Explanation
}

export interface MailedLicense {
  readonly planName: string
  readonly quantity: number
  readonly startsAt: string
  /** Exclusive. */
  readonly endsAt: string
  readonly keyLast4: string
  /** Its key is opened when the mail is sent; absent in what older versions wrote. */
  readonly licenseId?: string
  /** Came free with this purchase (S22). */
  readonly isComplimentary: boolean
}

export interface ConfirmationMail extends OrderMail {
  /** Null when nothing had to be paid. */
  readonly paidAt: string | null
  /** IANA zone that the dates are told in (R2). */
  readonly zone: string
  readonly lines: readonly MailedLine[]
  readonly subtotal: number
  readonly tax: number
  readonly licenses: readonly MailedLicense[]
  /** Null where nothing renews by itself. */
  readonly renewal: {
    readonly amount: number
    readonly every: Cycle
    readonly firstChargeAt: string
  } | null
  /** Version of the Important Notes that were accepted (S12). */
  readonly noticesVersion: string
  /** True when the order was shown as expired before its payment was known (P17). */
  readonly isLate: boolean
}

export interface PaymentFailedMail extends OrderMail {
  /** A sentence of the provider for the buyer; null where it gave none. */
  readonly reason: string | null
}

export interface TicketMail {
  readonly number: number
  readonly topic: TicketTopic
}

export interface WebhookDisabledMail {
  readonly url: string
  /** Of the last attempt: a status, or why there was none. */
  readonly outcome: string
}

export type MailData =
  | { readonly kind: 'order.confirmation'; readonly data: ConfirmationMail }
  | { readonly kind: 'order.processing'; readonly data: OrderMail }
  | { readonly kind: 'order.payment_failed'; readonly data: PaymentFailedMail }
  | { readonly kind: 'order.review'; readonly data: OrderMail }
  | { readonly kind: 'order.renewed'; readonly data: RenewalMail }
  | { readonly kind: 'order.refunded'; readonly data: RefundMail }
  | { readonly kind: 'order.disputed'; readonly data: DisputeMail }
  | { readonly kind: 'auto_renewal.succeeded'; readonly data: RenewalMail }
  | { readonly kind: 'auto_renewal.failed'; readonly data: AutoRenewalFailedMail }
  | { readonly kind: 'auto_renewal.action_required'; readonly data: AutoRenewalActionMail }
  | { readonly kind: 'auto_renewal.stopped'; readonly data: AutoRenewalStoppedMail }
  | { readonly kind: 'auto_renewal.ended'; readonly data: AutoRenewalEndedMail }
  | { readonly kind: 'pay_per_use.billed'; readonly data: PayPerUseBillMail }
  | { readonly kind: 'reminder.digest'; readonly data: ReminderMail }
  | { readonly kind: 'license.key'; readonly data: LicenseKeyMail }
  | { readonly kind: 'license.rebind'; readonly data: RebindMail }
  | { readonly kind: 'ticket.opened'; readonly data: TicketMail }
  | { readonly kind: 'webhook.disabled'; readonly data: WebhookDisabledMail }

export type MailKind = MailData['kind']

export const MAIL_KINDS = [
  'order.confirmation',
  'order.processing',
  'order.payment_failed',
  'order.review',
  'order.renewed',
  'order.refunded',
  'order.disputed',
  'auto_renewal.succeeded',
  'auto_renewal.failed',
  'auto_renewal.action_required',
  'auto_renewal.stopped',
  'auto_renewal.ended',
  'pay_per_use.billed',
  'reminder.digest',
  'license.key',
  'license.rebind',
  'ticket.opened',
  'webhook.disabled',
] as const satisfies readonly MailKind[]

export function isMailKind(kind: string): kind is MailKind {
  return MAIL_KINDS.some((known) => known === kind)
}

/** `MailDataOf<'order.review'>` is what that kind stores. */
export type MailDataOf<K extends MailKind> = Extract<MailData, { readonly kind: K }>['data']

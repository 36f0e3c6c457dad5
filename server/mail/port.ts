/** The one way out for mails. Each transport is one file beside this one; which one runs is configured. */
import type { Attachment } from './letter.ts'

export interface OutgoingMail {
  /**
   * The id of the intent. A provider that knows idempotency keys gets it as such, every other one as
   * the left part of the Message-ID, so that a second copy can be told to be one.
   */
  readonly id: string
  /** One mailbox, checked by `isMailbox`. */
  readonly to: string
  /** One line, see `headerLine`. */
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** Sender of every mail, as `MAIL_FROM` says. */
export interface Sender {
  /** Empty for none. */
  readonly name: string
  readonly address: string
}

export type MailOutcome =
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  /** This mail will never be taken, e.g. there is no such mailbox. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Surely not taken now; later perhaps. */
  | { readonly kind: 'deferred'; readonly reason: string; readonly retryAfterSeconds?: number }
  /** The answer is missing: it may have been taken, or not (C16). */
  | { readonly kind: 'unknown'; readonly reason: string }

export interface MailPort {
  readonly name: 'smtp' | 'resend' | 'cloudflare'
  /** True when a second call with the same id sends no second mail. */
  readonly isIdempotent: boolean
  /** Answers within `SEND_LIMIT_MS`. Never throws for what a network or a provider does. */
  send(mail: OutgoingMail): Promise<MailOutcome>
}

export const SEND_LIMIT_MS = 20_000

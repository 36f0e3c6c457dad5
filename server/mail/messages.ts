/** Mails: a kind and its facts become subject, HTML and text. Pure, so that they can be shown as they are sent. */
import { isMailKind, type MailData, type OrderMail, type TicketMail } from '../domain/mail.ts'
import { nearestLocale } from '../i18n/locales.ts'
import { mailWords } from '../i18n/mails.ts'
import { pageWords } from '../i18n/pages.ts'
import { billLetter, disputeLetter, refundLetter } from './after-sale-letters.ts'
import { confirmationLetter } from './confirmation.ts'
import { renderLetter, type Letter, type RenderedMail } from './letter.ts'
import {
  orderFacts,
  orderLinks,
  paragraph,
  policyLinks,
  type Desk,
  type PolicyName,
} from './parts.ts'
import { keyLetter, rebindLetter } from './license-letters.ts'
import { autoEndedLetter } from './plan-over-letter.ts'
import { reminderLetter } from './reminder-letter.ts'
import {
  autoActionLetter,
  autoFailedLetter,
  autoStoppedLetter,
  autoSucceededLetter,
  renewedLetter,
} from './renewal-letters.ts'
import { webhookDisabledLetter } from './webhook-letter.ts'

export interface MailSetting {
  /** Any BCP 47 tag: the language stored with the intent. */
  readonly locale: string
  /** Origin of this License Center, without a trailing slash: policies are linked from there. */
  readonly centerOrigin: string
  /** Private link of a digest, made from its `renewLinkId` when it is sent. */
  readonly renewUrl?: string | null
  /** Private link of an order's receipt, made from its id when the mail is sent. */
  readonly receiptUrl?: string | null
  /** By license; opened when the mail is sent. */
  readonly licenseKeys?: ReadonlyMap<string, string>
}

export function messageOf(mail: MailData, setting: MailSetting): RenderedMail {
  const locale = nearestLocale(setting.locale)
  const { centerOrigin, renewUrl = null, receiptUrl = null, licenseKeys = new Map() } = setting
  const desk = { locale, words: mailWords(locale), centerOrigin, renewUrl, receiptUrl, licenseKeys }
  return renderLetter(letterOf(mail, desk), locale)
}

/**
 * A stored intent as typed facts.
 *
 * Guarantee: `data` has the shape of its kind, because only use cases of this application write it,
 * as `MailDataOf` that kind.
 * @throws Error on a kind that this version does not know
 */
export function storedMail(row: { kind: string; data: Record<string, unknown> }): MailData {
  if (!isMailKind(row.kind)) throw new Error(`unknown kind of mail: ${row.kind}`)
  return { kind: row.kind, data: row.data } as unknown as MailData
}

function letterOf(mail: MailData, desk: Desk): Letter {
  switch (mail.kind) {
    case 'order.confirmation':
      return confirmationLetter(mail.data, desk)
    case 'order.processing':
      return statusLetter(mail.data, desk, {
        words: desk.words.processing,
        policies: ['payment-security', 'delivery-activation'],
      })
    case 'order.payment_failed':
      return statusLetter(mail.data, desk, {
        words: desk.words.paymentFailed,
        policies: ['purchase-guide', 'payment-security'],
        more:
          mail.data.reason === null ? [] : [[desk.words.paymentFailed.reason, mail.data.reason]],
      })
    case 'order.review':
      return statusLetter(mail.data, desk, {
        words: desk.words.review,
        policies: ['payment-security', 'refund-policy'],
      })
    case 'order.renewed':
      return renewedLetter(mail.data, desk)
    case 'order.refunded':
      return refundLetter(mail.data, desk)
    case 'order.disputed':
      return disputeLetter(mail.data, desk)
    case 'auto_renewal.succeeded':
      return autoSucceededLetter(mail.data, desk)
    case 'auto_renewal.failed':
      return autoFailedLetter(mail.data, desk)
    case 'auto_renewal.action_required':
      return autoActionLetter(mail.data, desk)
    case 'auto_renewal.stopped':
      return autoStoppedLetter(mail.data, desk)
    case 'auto_renewal.ended':
      return autoEndedLetter(mail.data, desk)
    case 'pay_per_use.billed':
      return billLetter(mail.data, desk)
    case 'reminder.digest':
      return reminderLetter(mail.data, desk)
    case 'license.key':
      return keyLetter(mail.data, desk)
    case 'license.rebind':
      return rebindLetter(mail.data, desk)
    case 'ticket.opened':
      return ticketLetter(mail.data, desk)
    case 'webhook.disabled':
      return webhookDisabledLetter(mail.data, desk)
  }
}

/** Mails that say where an order stands, and what to do. */
function statusLetter(
  order: OrderMail,
  desk: Desk,
  { words, policies, more = [] }: StatusLetter,
): Letter {
  return {
    subject: words.subject(order.productName, order.orderId),
    blocks: [
      paragraph(desk.words.greeting),
      paragraph(words.lead),
      orderFacts(order, desk, more),
      paragraph(words.next),
      orderLinks(order, desk),
      ...policyLinks(desk.words.order.policies, policies, desk),
    ],
  }
}

interface StatusLetter {
  readonly words: {
    readonly subject: (product: string, order: string) => string
    readonly lead: string
    readonly next: string
  }
  readonly policies: readonly PolicyName[]
  readonly more?: readonly (readonly [label: string, value: string])[]
}

function ticketLetter({ number, topic }: TicketMail, desk: Desk): Letter {
  const { ticket, greeting } = desk.words
  const shown = `#${number}`
  const rows = [
    [ticket.number, shown],
    [ticket.topic, pageWords(desk.locale).contact.topics[topic]],
  ] as const
  return {
    subject: ticket.subject(shown),
    blocks: [
      paragraph(greeting),
      paragraph(ticket.lead),
      { kind: 'facts', rows },
      paragraph(ticket.next),
      paragraph(ticket.notYou),
      ...policyLinks(ticket.policies, ['support-policy', 'faq', 'privacy-policy'], desk),
    ],
  }
}

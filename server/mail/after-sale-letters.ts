/** Mails about money that goes back, is asked about, or is owed for metered days. */
import { explain } from '../domain/explanation.ts'
import { formatMoney } from '../domain/money.ts'
import type { DisputeMail, PayPerUseBillMail, RefundMail } from '../domain/renewal-mail.ts'
import type { Letter } from './letter.ts'
import { dayAndTime, heading, orderLinks, paragraph, policyLinks, type Desk } from './parts.ts'
import { affected, amountRows, methodOf } from './renewal-letters.ts'

export function refundLetter(mail: RefundMail, desk: Desk): Letter {
  const { words, locale } = desk
  const amount = formatMoney(mail.amount, mail.currency, locale)
  return {
    subject: words.refunded.subject(mail.productName, amount),
    blocks: [
      paragraph(words.greeting),
      paragraph(words.refunded.lead),
      {
        kind: 'facts',
        rows: [
          [words.order.number, mail.orderId],
          [words.order.product, mail.productName],
          [words.refunded.amount, amount],
          [words.refunded.at, dayAndTime(mail.refundedAt, mail.zone, locale)],
        ],
      },
      paragraph(words.refunded.kinds[mail.refundKind]),
      ...affected(mail, desk),
      orderLinks(mail, desk),
      ...policyLinks(words.order.policies, ['refund-policy', 'support-policy'], desk),
    ],
  }
}

/** R16: names the charge, since it may not be recognised by the name on a statement. */
export function disputeLetter(mail: DisputeMail, desk: Desk): Letter {
  const { words, locale } = desk
  return {
    subject: words.disputed.subject[mail.phase](mail.productName),
    blocks: [
      paragraph(words.greeting),
      paragraph(words.disputed.lead[mail.phase]),
      {
        kind: 'facts',
        rows: [
          [words.disputed.charge, formatMoney(mail.amount, mail.currency, locale)],
          [words.disputed.chargedAt, dayAndTime(mail.chargedAt, mail.zone, locale)],
          [words.order.number, mail.orderId],
          [words.order.product, mail.productName],
        ],
      },
      ...affected(mail, desk),
      ...(mail.phase === 'opened' ? [paragraph(words.disputed.mistake)] : []),
      orderLinks(mail, desk),
      ...policyLinks(
        words.order.policies,
        ['payment-security', 'refund-policy', 'support-policy'],
        desk,
      ),
    ],
  }
}

export function billLetter(mail: PayPerUseBillMail, desk: Desk): Letter {
  const { words, locale } = desk
  const money = (amount: number) => formatMoney(amount, mail.currency, locale)
  const count = new Intl.NumberFormat(locale)
  const method = methodOf(mail.method, words.license)
  return {
    subject: words.billed.subject(mail.productName, money(mail.total)),
    blocks: [
      paragraph(words.greeting),
      paragraph(billLead(mail, desk)),
      {
        kind: 'facts',
        rows: [
          [words.order.number, mail.orderId],
          [words.order.product, mail.productName],
          [words.billed.days, words.billed.range(mail.from, mail.to)],
          method === null ? null : [words.license.method, method],
        ],
      },
      heading(words.billed.what),
      {
        kind: 'facts',
        rows: [
          ...mail.lines.map((line): [string, string] => [
            words.order.line(line.planName, count.format(line.quantity)),
            words.order.explained(
              money(line.amount),
              explain(line.explanation, mail.currency, locale),
            ),
          ]),
          ...amountRows(mail, desk),
        ],
      },
      paragraph(words.billed.stop),
      orderLinks(mail, desk),
      ...policyLinks(
        words.order.policies,
        ['payment-security', 'refund-policy', 'terms-of-service'],
        desk,
      ),
    ],
  }
}

function billLead({ state, dueAt }: PayPerUseBillMail, { words, locale }: Desk): string {
  if (state === 'paid') return words.billed.paid
  return dueAt === null ? words.billed.dueSoon : words.billed.due(dayAndTime(dueAt, 'UTC', locale))
}

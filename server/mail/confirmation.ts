/** The mail after a purchase: order, licenses, what renews, and what applies. Keys go out with it (S54, S65). */
import { explain } from '../domain/explanation.ts'
import type { ConfirmationMail, MailedLicense } from '../domain/mail.ts'
import { formatMoney } from '../domain/money.ts'
import type { Block, Letter } from './letter.ts'
import {
  dayAndTime,
  heading,
  longDay,
  orderLinks,
  paragraph,
  policyLinks,
  type Desk,
} from './parts.ts'

export function confirmationLetter(order: ConfirmationMail, desk: Desk): Letter {
  const { confirmation, greeting, order: words } = desk.words
  const isPaid = order.paidAt !== null
  return {
    subject: confirmation.subject(order.productName, order.orderId),
    blocks: [
      paragraph(greeting),
      paragraph(isPaid ? confirmation.lead : confirmation.leadFree),
      ...(order.isLate ? [paragraph(confirmation.late)] : []),
      paymentFacts(order, desk),
      heading(words.what),
      lineFacts(order, desk),
      heading(confirmation.licenses),
      licenseFacts(order, desk),
      ...renewalBlocks(order, desk),
      paragraph(confirmation.notices(order.noticesVersion)),
      paragraph(confirmation.keepKeys),
      orderLinks(order, desk),
      ...policyLinks(words.policies, POLICIES, desk),
    ],
  }
}

const POLICIES = [
  'refund-policy',
  'terms-of-service',
  'delivery-activation',
  'support-policy',
] as const

function paymentFacts(order: ConfirmationMail, { words, locale }: Desk): Block {
  return {
    kind: 'facts',
    rows: [
      [words.order.number, order.orderId],
      [words.order.product, order.productName],
      order.paidAt === null
        ? null
        : [words.order.paidAt, dayAndTime(order.paidAt, order.zone, locale)],
    ],
  }
}

function lineFacts(order: ConfirmationMail, { words, locale }: Desk): Block {
  const money = (amount: number) => formatMoney(amount, order.currency, locale)
  const count = new Intl.NumberFormat(locale)
  return {
    kind: 'facts',
    rows: [
      ...order.lines.map((line): [string, string] => [
        words.order.line(line.planName, count.format(line.quantity)),
        words.order.explained(
          money(line.amount),
          explain(line.explanation, order.currency, locale),
        ),
      ]),
      [words.order.subtotal, money(order.subtotal)],
      order.tax === 0 ? null : [words.order.tax, money(order.tax)],
      [words.order.total, money(order.total)],
    ],
  }
}

function licenseFacts(order: ConfirmationMail, desk: Desk): Block {
  const { words, locale } = desk
  const count = new Intl.NumberFormat(locale)
  return {
    kind: 'facts',
    rows: order.licenses.map((license): [string, string] => [
      words.order.line(license.planName, count.format(license.quantity)),
      describeLicense(license, order.zone, desk),
    ]),
  }
}

function describeLicense(license: MailedLicense, zone: string, desk: Desk): string {
  const { words, locale, licenseKeys } = desk
  const { validity, key, fullKey, complimentary } = words.confirmation
  const shown = licenseKeys.get(license.licenseId ?? '')
  return [
    validity(
      dayAndTime(license.startsAt, zone, locale),
      dayAndTime(license.endsAt, zone, locale),
      zone,
    ),
    shown === undefined ? key(license.keyLast4) : fullKey(shown),
    ...(license.isComplimentary ? [complimentary] : []),
  ].join(' · ')
}

function renewalBlocks(
  { renewal, currency, zone }: ConfirmationMail,
  { words, locale }: Desk,
): Block[] {
  if (!renewal) return []
  const { confirmation } = words
  const amount = formatMoney(renewal.amount, currency, locale)
  const date = longDay(renewal.firstChargeAt, zone, locale)
  const sentence = renewal.every === 'month' ? confirmation.renewalMonth : confirmation.renewalYear
  return [
    heading(confirmation.renewal),
    paragraph(sentence(amount, date)),
    paragraph(confirmation.renewalStop),
  ]
}

/** Mails about renewals: done by hand, done by themselves, or not done (section 5, auto-renewal charge). */
import { brandName } from '../domain/brand-name.ts'
import { explain } from '../domain/explanation.ts'
import type {
  AutoRenewalActionMail,
  AutoRenewalFailedMail,
  AutoRenewalStoppedMail,
  MailedMethod,
  NamedLicense,
  RenewalMail,
  RenewedLicense,
} from '../domain/renewal-mail.ts'
import type { OrderMail } from '../domain/mail.ts'
import { formatMoney } from '../domain/money.ts'
import type { Block, Letter } from './letter.ts'
import {
  dayAndTime,
  heading,
  longDay,
  orderFacts,
  orderLinks,
  paragraph,
  policyLinks,
  type Desk,
  type PolicyName,
} from './parts.ts'

const POLICIES: readonly PolicyName[] = ['refund-policy', 'terms-of-service', 'support-policy']
const PAYING: readonly PolicyName[] = ['payment-security', 'refund-policy', 'support-policy']

export function renewedLetter(mail: RenewalMail, desk: Desk): Letter {
  const { renewed } = desk.words
  const lead = mail.paidAt === null ? renewed.leadFree : renewed.lead
  return renewalLetter(mail, desk, renewed.subject(mail.productName, mail.orderId), lead)
}

export function autoSucceededLetter(mail: RenewalMail, desk: Desk): Letter {
  const { autoSucceeded } = desk.words
  const total = formatMoney(mail.total, mail.currency, desk.locale)
  return renewalLetter(
    mail,
    desk,
    autoSucceeded.subject(mail.productName, total),
    autoSucceeded.lead,
  )
}

function renewalLetter(mail: RenewalMail, desk: Desk, subject: string, lead: string): Letter {
  const { greeting, order, license, renewed } = desk.words
  const { nextChargeAt, zone } = mail
  return {
    subject,
    blocks: [
      paragraph(greeting),
      paragraph(lead),
      paymentFacts(mail, desk),
      heading(renewed.what),
      { kind: 'facts', rows: mail.licenses.map((renewal) => renewalRow(renewal, mail, desk)) },
      { kind: 'facts', rows: amountRows(mail, desk) },
      paragraph(`${license.sameKey} ${license.zone(zone)}`),
      ...(nextChargeAt === null
        ? []
        : [paragraph(renewed.nextCharge(longDay(nextChargeAt, zone, desk.locale)))]),
      orderLinks(mail, desk),
      ...policyLinks(order.policies, POLICIES, desk),
    ],
  }
}

function renewalRow(
  renewal: RenewedLicense,
  { currency, zone }: RenewalMail,
  desk: Desk,
): [string, string] {
  const { words, locale } = desk
  const price = words.order.explained(
    formatMoney(renewal.amount, currency, locale),
    explain(renewal.explanation, currency, locale),
  )
  const at = (instant: string) => dayAndTime(instant, zone, locale)
  const dates =
    renewal.endedAt === renewal.endsAt
      ? words.license.until(at(renewal.endsAt))
      : words.license.extended(at(renewal.endedAt), at(renewal.endsAt))
  return [nameOf(renewal, desk), `${dates} · ${price}`]
}

function paymentFacts(mail: RenewalMail, { words, locale }: Desk): Block {
  const method = methodOf(mail.method, words.license)
  return {
    kind: 'facts',
    rows: [
      [words.order.number, mail.orderId],
      [words.order.product, mail.productName],
      mail.paidAt === null
        ? null
        : [words.order.paidAt, dayAndTime(mail.paidAt, mail.zone, locale)],
      method === null ? null : [words.license.method, method],
    ],
  }
}

/** Subtotal, tax and total of a receipt. */
export function amountRows(
  mail: OrderMail & { readonly subtotal: number; readonly tax: number },
  { words, locale }: Desk,
): ([string, string] | null)[] {
  const money = (amount: number) => formatMoney(amount, mail.currency, locale)
  return [
    [words.order.subtotal, money(mail.subtotal)],
    mail.tax === 0 ? null : [words.order.tax, money(mail.tax)],
    [words.order.total, money(mail.total)],
  ]
}

export function autoFailedLetter(mail: AutoRenewalFailedMail, desk: Desk): Letter {
  const { autoFailed, greeting } = desk.words
  return {
    subject: autoFailed.subject(mail.productName),
    blocks: [
      paragraph(greeting),
      paragraph(autoFailed.lead),
      orderFacts(mail, desk, [
        ...reasonRows(mail.reason, autoFailed.reason),
        [autoFailed.next, dayAndTime(mail.nextAttemptAt, mail.zone, desk.locale)],
      ]),
      ...affected(mail, desk),
      paragraph(autoFailed.mend),
      consoleButton(mail, desk),
      ...policyLinks(desk.words.order.policies, PAYING, desk),
    ],
  }
}

export function autoActionLetter(mail: AutoRenewalActionMail, desk: Desk): Letter {
  const { autoAction, greeting } = desk.words
  return {
    subject: autoAction.subject(mail.productName),
    blocks: [
      paragraph(greeting),
      paragraph(autoAction.lead),
      orderFacts(mail, desk),
      ...affected(mail, desk),
      { kind: 'button', link: { label: autoAction.pay, href: desk.renewUrl ?? mail.homeUrl } },
      paragraph(autoAction.until(dayAndTime(mail.payUntil, mail.zone, desk.locale))),
      orderLinks(mail, desk),
      ...policyLinks(desk.words.order.policies, PAYING, desk),
    ],
  }
}

export function autoStoppedLetter(mail: AutoRenewalStoppedMail, desk: Desk): Letter {
  const { autoStopped, autoFailed, greeting } = desk.words
  return {
    subject: autoStopped.subject(mail.productName),
    blocks: [
      paragraph(greeting),
      paragraph(autoStopped.causes[mail.cause]),
      orderFacts(mail, desk, reasonRows(mail.reason, autoFailed.reason)),
      ...affected(mail, desk),
      paragraph(autoStopped.works(dayAndTime(mail.graceEndsAt, mail.zone, desk.locale))),
      paragraph(autoStopped.mend),
      consoleButton(mail, desk),
      ...policyLinks(desk.words.order.policies, PAYING, desk),
    ],
  }
}

function reasonRows(reason: string | null, label: string): [string, string][] {
  return reason === null ? [] : [[label, reason]]
}

/** The licenses that a mail is about, each with its end. */
export function affected(
  mail: {
    readonly zone: string
    readonly licenses: readonly (NamedLicense & { readonly endsAt: string | null })[]
  },
  desk: Desk,
): Block[] {
  const { license } = desk.words
  if (mail.licenses.length === 0) return []
  const rows = mail.licenses.map((named): [string, string] => [
    nameOf(named, desk),
    named.endsAt === null
      ? license.ended
      : license.until(dayAndTime(named.endsAt, mail.zone, desk.locale)),
  ])
  return [heading(license.affected), { kind: 'facts', rows }]
}

export function nameOf({ planName, quantity, keyLast4 }: NamedLicense, desk: Desk): string {
  const count = new Intl.NumberFormat(desk.locale).format(quantity)
  return desk.words.license.name(planName, count, keyLast4)
}

/** Null where nothing is known that a customer would recognise. */
export function methodOf(
  method: MailedMethod | null,
  words: Desk['words']['license'],
): string | null {
  if (method === null || method.brand === null) return null
  const name = brandName(method.brand)
  return method.last4 === null ? name : words.methodOf(name, method.last4)
}

function consoleButton(mail: OrderMail, { words }: Desk): Block {
  return {
    kind: 'button',
    link: { label: words.license.console(mail.productName), href: mail.homeUrl },
  }
}

/** Parts that several letters have in common. */
import { Temporal } from 'temporal-polyfill'
import type { OrderMail } from '../domain/mail.ts'
import { formatMoney } from '../domain/money.ts'
import type { Locale } from '../i18n/locales.ts'
import type { MailWords } from '../i18n/mails.ts'
import { pageWords, type PageWords } from '../i18n/pages.ts'
import type { Block } from './letter.ts'

export type PolicyName = keyof PageWords['policies']

/** What the parts of a letter are written with. */
export interface Desk {
  readonly locale: Locale
  readonly words: MailWords
  readonly centerOrigin: string
  /** Private link of the digest; null where there is none. */
  readonly renewUrl: string | null
  /** Private link of the order's receipt; null where there is none yet. */
  readonly receiptUrl: string | null
  /** Of the licenses that the mail is about, by id; what is not in it is not shown. */
  readonly licenseKeys: ReadonlyMap<string, string>
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text }
}

export function heading(text: string): Block {
  return { kind: 'heading', text }
}

export function orderFacts(
  order: OrderMail,
  { words, locale }: Desk,
  more: readonly (readonly [string, string])[] = [],
): Block {
  const total = formatMoney(order.total, order.currency, locale)
  return {
    kind: 'facts',
    rows: [
      [words.order.number, order.orderId],
      [words.order.product, order.productName],
      [words.order.amount, total],
      ...more,
    ],
  }
}

export function orderLinks(order: OrderMail, { words, centerOrigin, receiptUrl }: Desk): Block {
  const help = `${centerOrigin}/contact?topic=purchase&order=${encodeURIComponent(order.orderId)}`
  return {
    kind: 'links',
    links: [
      ...(receiptUrl === null ? [] : [{ label: words.order.receipt, href: receiptUrl }]),
      { label: words.order.open(order.productName), href: order.homeUrl },
      { label: words.order.help, href: help },
    ],
  }
}

/** S57: each mail links the policies that it concerns. */
export function policyLinks(
  title: string,
  slugs: readonly PolicyName[],
  { locale, centerOrigin }: Desk,
): Block[] {
  const { policies } = pageWords(locale)
  const links = slugs.map((slug) => ({ label: policies[slug], href: `${centerOrigin}/${slug}` }))
  return [{ kind: 'footer', title, links }]
}

/** `Nov 22, 2026, 1:00:00 AM` in that zone. */
export function dayAndTime(instant: string, zone: string, locale: Locale): string {
  return inZone(instant, zone, locale, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** `November 22, 2026` in that zone. */
export function longDay(instant: string, zone: string, locale: Locale): string {
  return inZone(instant, zone, locale, { dateStyle: 'long' })
}

function inZone(
  instant: string,
  zone: string,
  locale: Locale,
  style: Intl.DateTimeFormatOptions,
): string {
  const { epochMilliseconds } = Temporal.Instant.from(instant)
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: zone }).format(epochMilliseconds)
}

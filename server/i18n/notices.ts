/** The Important Notes that a customer accepts by paying, and the version that the order stores (S8–S12). */
import type { Temporal } from 'temporal-polyfill'
import type { Cycle, Plan } from '../domain/catalogue.ts'
import { nearestLocale, type Locale } from './locales.ts'
import { NOTICE_WORDS, type NoticeText, type NoticeWords } from './notice-words.ts'

/** Validity of a one-time license where its plan names none (S9, S10). */
const DEFAULT_VALIDITY_MONTHS = 3

export interface NoticesRequest {
  /** The plans of the selection, in any order, repeated or not. */
  readonly plans: readonly Pick<Plan, 'one_time_note' | 'validity_months' | 'audience'>[]
  /** Null unless Auto-Renewal = Yes. */
  readonly autoRenewal: {
    /** As it is shown to the customer, in the language of `locale`: `$375.00`. */
    readonly amount: string
    readonly every: Cycle
    readonly firstChargeAt: Temporal.Instant
    /** IANA zone in which the charge day is named. */
    readonly zone: string
  } | null
  /** Any BCP 47 tag. */
  readonly locale: string
}

export interface Notices {
  /**
   * First 16 hex digits of the SHA-256 of the English source of these items. The same in every
   * language; the amount and day of a renewal are part of the text, not of the version.
   */
  readonly version: string
  /** Titles carry no numbers; the place in the list is the number. */
  readonly items: readonly NoticeText[]
}

export async function noticesFor(request: NoticesRequest): Promise<Notices> {
  const locale = nearestLocale(request.locale)
  const source = templatesFor(NOTICE_WORDS.en, request)
  const shown = templatesFor(NOTICE_WORDS[locale], request)
  return {
    version: await versionOf(source),
    items: shown.map((item) => filled(item, request, locale)),
  }
}

function templatesFor(words: NoticeWords, { plans, autoRenewal }: NoticesRequest): NoticeText[] {
  const validities = new Set(
    plans
      .filter((plan) => plan.one_time_note)
      .map((plan) => plan.validity_months ?? DEFAULT_VALIDITY_MONTHS),
  )
  return [
    ...words.always,
    ...[...validities].toSorted((a, b) => a - b).map((months) => oneTimeNote(words, months)),
    ...(autoRenewal ? [words.autoRenewal[autoRenewal.every]] : []),
    ...(plans.some((plan) => plan.audience === 'consumer') ? [words.consumer] : []),
  ]
}

/** The validity is a term of the plan, so its number belongs to the version (S10). */
function oneTimeNote({ oneTime }: NoticeWords, months: number): NoticeText {
  const { title, text } = months === 1 ? oneTime.one : oneTime.several
  return { title, text: text.replace('{months}', String(months)) }
}

function filled(item: NoticeText, { autoRenewal }: NoticesRequest, locale: Locale): NoticeText {
  if (!autoRenewal) return item
  const { amount, firstChargeAt, zone } = autoRenewal
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone })
  const values: Readonly<Record<string, string>> = {
    '{amount}': amount,
    '{date}': day.format(firstChargeAt.epochMilliseconds),
  }
  return { title: item.title, text: item.text.replace(/\{\w+\}/g, (name) => values[name] ?? name) }
}

async function versionOf(source: readonly NoticeText[]): Promise<string> {
  const text = source.map((item) => `${item.title}\n${item.text}\n`).join('\n')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)]
    .slice(0, 8)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}

/** What a license is told by: the prices of today, the moment, the language of the caller. */
import type { Context } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import type { WidgetEnv } from '../http/visitor.ts'
import { localeOfHeader } from '../i18n/locales.ts'
import type { LicenseReading } from './license-answer.ts'

export function readingOf(c: Context<WidgetEnv>, now: Temporal.Instant): LicenseReading {
  const locale = localeOfHeader(c.req.header('Accept-Language'))
  return { product: c.var.product, now, locale }
}

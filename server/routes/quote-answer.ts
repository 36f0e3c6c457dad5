/** A stored quote as it crosses the wire, in the words of the caller's language. */
import type { Quote, QuoteLine } from '../contract/quotes.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { explain } from '../domain/explanation.ts'
import { alignedDayOf, daysAdded, kindOf } from '../domain/quote.ts'
import type { PricedLine, PricedQuote } from '../domain/quote.ts'
import type { Locale } from '../i18n/locales.ts'
import { noticesOfQuote } from '../i18n/quote-notices.ts'
import type { StoredQuote } from '../usecases/store-quote.ts'

export async function quoteAnswer(
  deps: Deps,
  product: Product,
  { id, createdAt, expiresAt, priced, earlierOrder }: StoredQuote,
  locale: Locale,
): Promise<Quote> {
  return {
    id,
    kind: kindOf(priced),
    created_at: formatInstant(createdAt),
    expires_at: formatInstant(expiresAt),
    currency: priced.currency,
    lines: priced.lines.map((line) => lineAnswer(line, priced, locale)),
    aligned_day: alignedDayOf(priced),
    subtotal: priced.subtotal,
    discount: priced.discount,
    tax: priced.tax,
    tax_note: priced.taxNote,
    total: priced.total,
    renewal: renewalAnswer(priced),
    complimentary: priced.complimentary.map(({ plan, quantity, endsAt }) => ({
      plan,
      quantity,
      ends_at: endsAt,
    })),
    notices: await noticesAnswer(product, priced, locale),
    time_zone: priced.zone,
    promo_code: priced.promoCode,
    earlier_order:
      earlierOrder === null
        ? null
        : {
            id: earlierOrder.id,
            placed_at: formatInstant(earlierOrder.placedAt),
            quantity: earlierOrder.quantity,
          },
    now: formatInstant(deps.now()),
  }
}

async function noticesAnswer(
  product: Product,
  priced: PricedQuote,
  locale: Locale,
): Promise<Quote['notices']> {
  const { version, items } = await noticesOfQuote(product, priced, locale)
  return { version, items: [...items] }
}

function lineAnswer(line: PricedLine, { currency, zone }: PricedQuote, locale: Locale): QuoteLine {
  const facts = {
    plan: line.plan,
    quantity: line.quantity,
    cycle: line.cycle,
    auto_renew: line.autoRenew,
    starts_at: line.startsAt,
    ends_at: line.endsAt,
    unit_amount: line.unitAmount,
    amount: line.amount,
    discount: line.discount,
    tax: line.tax,
    explain: explain(line.explanation, currency, locale),
  }
  if (line.kind === 'purchase') return { kind: line.kind, license_id: null, ...facts }
  return {
    kind: line.kind,
    license_id: line.licenseId,
    ...facts,
    plan_before: line.kind === 'upgrade' ? line.planBefore : line.plan,
    expires_at_before: line.expiresAtBefore,
    units_before: line.unitsBefore,
    months: line.months,
    extra_days: line.extraDays,
    days_added: daysAdded(line, zone),
    lost_days: line.lostDays,
    lost_amount: line.lostAmount,
    mode_after: line.modeAfter,
  }
}

function renewalAnswer({ renewal }: PricedQuote): Quote['renewal'] {
  if (renewal === null) return null
  return { amount: renewal.amount, every: renewal.every, first_charge_at: renewal.firstChargeAt }
}

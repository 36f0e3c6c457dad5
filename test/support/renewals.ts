/** Builders for renewals: a license as a ledger left it, and the quote for extending it. */
import { parseInstant as at } from '../../server/domain/calendar.ts'
import type { Product } from '../../server/domain/catalogue.ts'
import { type CoTermSelection, checkCoTerms } from '../../server/domain/co-term.ts'
import { priceCoTerms } from '../../server/domain/co-term-pricing.ts'
import { coverageOf } from '../../server/domain/coverage.ts'
import type { Id } from '../../server/domain/ids.ts'
import { kindOf, type ExtensionLine, type PricedQuote } from '../../server/domain/quote.ts'
import { type FieldError, Refused } from '../../server/domain/refusals.ts'
import type { RenewableLicense } from '../../server/domain/renewal-eligibility.ts'
import { priceRenewals } from '../../server/domain/renewal-pricing.ts'
import { checkRenewals, type RenewalSelection } from '../../server/domain/renewal-selection.ts'
import { RENEWAL_WORDS } from '../../server/domain/renewal-words.ts'
import { aProduct } from './catalogue.ts'
import { buy, type Ledger } from './ledger.ts'

/** Ten units of `dr`, monthly, as a ledger says. */
export function renewable(
  ledger: Ledger = buy('2024-02-25T15:30:27Z', 1, 10),
  given: Partial<RenewableLicense> = {},
): RenewableLicense {
  const { startsAt, endsAt, anchor, total } = coverageOf(ledger)
  return {
    id: idOf(1),
    planId: 'dr',
    cycle: 'month',
    activatedAt: startsAt,
    endsAt,
    anchor,
    total,
    nextTotal: null,
    inUse: 0,
    graceDays: 7,
    retentionDays: 15,
    oneTime: false,
    consumed: 0,
    suspendedAt: null,
    underReviewAt: null,
    revokedAt: null,
    renewalMode: 'manual',
    currency: 'USD',
    openOrderId: null,
    isRefunded: false,
    ...given,
  }
}

export const idOf = (number: number): Id<'lic'> => `lic_${String(number).padStart(26, '0')}`

export interface Asked extends Partial<Omit<RenewalSelection, 'at'>> {
  readonly at?: string
  readonly product?: Product
}

/** One plain month for all of them, a day before the earliest end, unless said. */
export function quoteRenewals(
  licenses: readonly RenewableLicense[],
  asked: Asked = {},
): PricedQuote {
  const { product = aProduct(), ...selection } = asked
  const checked = checkRenewals(
    product,
    new Map(licenses.map((license) => [license.id, license])),
    {
      renewals: licenses.map(({ id }) => ({ license_id: id })),
      duration: { months: 1 },
      day: null,
      ...selection,
      at: selection.at === undefined ? dayBefore(licenses) : at(selection.at),
    },
    RENEWAL_WORDS.en,
  )
  return priceRenewals({ ...checked, product, zone: 'UTC' })
}

export function quoteCoTerm(
  licenses: readonly RenewableLicense[],
  asked: CoTermSelection,
  product = aProduct(),
): PricedQuote {
  const known = new Map(licenses.map((license) => [license.id, license]))
  const checked = checkCoTerms(product, known, asked, RENEWAL_WORDS.en)
  return priceCoTerms({ ...checked, product, zone: 'UTC' })
}

/** What a refusal says of each field. */
export function errorsOf(attempt: () => unknown): readonly FieldError[] | undefined {
  try {
    attempt()
  } catch (error) {
    if (error instanceof Refused) return error.detail.errors
    throw error
  }
  throw new Error('it was not refused')
}

/** The only line, which extends a license. */
export function onlyLine(quote: PricedQuote): ExtensionLine {
  const [line, ...others] = quote.lines
  if (line === undefined || line.kind === 'purchase' || others.length > 0) {
    throw new Error(`one extending line expected, found ${quote.lines.length} of ${kindOf(quote)}`)
  }
  return line
}

function dayBefore(licenses: readonly RenewableLicense[]) {
  const ends = licenses.map(({ endsAt }) => endsAt.epochMilliseconds)
  const first = licenses.find(({ endsAt }) => endsAt.epochMilliseconds === Math.min(...ends))
  if (first === undefined) throw new Error('no license to renew')
  return first.endsAt.subtract({ hours: 24 })
}

/** What a digest says about the licenses that are due: sorted into its parts, charges priced. */
import type { Temporal } from 'temporal-polyfill'
import type { CustomerRow } from '../db/queries/customers.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { plainDate } from '../db/queries/plain-date.ts'
import type { ReminderFacts } from '../db/queries/reminders.ts'
import type { announcedCharges } from '../db/schema.ts'
import { formatInstant, localDate } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { graceEndsAt, retentionEndsAt } from '../domain/license.ts'
import { soldInstead } from '../domain/plan.ts'
import type {
  AnnouncedCharge,
  RemindedLicense,
  ReminderMail,
  WhyEnding,
} from '../domain/reminder-mail.ts'
import type { DueReminder } from '../domain/reminder.ts'
import { whyEnding } from '../domain/why-ending.ts'
import { announceCharge } from './announce-charge.ts'

export type Due = DueReminder & { readonly license: LicenseRow }

export interface DigestInput {
  readonly product: Product
  readonly customer: CustomerRow
  readonly due: readonly Due[]
  readonly facts: Pick<ReminderFacts, 'paid' | 'announced'>
  readonly now: Temporal.Instant
  /** Local date of the customer, YYYY-MM-DD. */
  readonly day: string
}

export interface DigestFacts {
  readonly mail: Omit<ReminderMail, 'renewLinkId'>
  readonly announcements: readonly (typeof announcedCharges.$inferInsert)[]
  /** What the private link of the digest renews. */
  readonly linked: readonly {
    readonly licenseId: Id<'lic'>
    readonly renewableUntil: Temporal.Instant
  }[]
}

export function digestFacts(input: DigestInput): DigestFacts {
  const { product, customer, due, now, day } = input
  const told = due.map((reminder) => partOf(reminder, input))
  const of = (part: Told['part']) => told.filter((one) => one.part === part)
  const ending = ENDING.flatMap((why) => of(why).map(({ license }) => ({ license, why })))
  const retired = of('retired').map(({ license }) => license)
  return {
    mail: {
      productName: product.name,
      homeUrl: product.home_url,
      zone: customer.zone,
      day,
      writtenAt: formatInstant(now),
      renewable: of('renewable').map(({ license }) => reminded(license)),
      charges: told.flatMap(({ charge }) => charge ?? []),
      ending: ending.map(({ license, why }) => ({ ...reminded(license), why })),
      instead: [...new Set(retired.flatMap((license) => soldInstead(product, license, now)))],
      metered: of('metered').map(({ license }) => reminded(license)),
    },
    announcements: told.flatMap(({ row }) => row ?? []),
    linked: [...of('renewable'), ...of('canceled')].map(({ license }) => ({
      licenseId: license.id,
      renewableUntil: retentionEndsAt(license),
    })),
  }
}

/** The order in which they are told. */
const ENDING: readonly WhyEnding[] = ['one_time', 'canceled', 'unpaid', 'retired']

interface Told {
  readonly license: LicenseRow
  /** `unsaid`: there is nothing to say today. */
  readonly part: 'renewable' | 'metered' | 'charged' | 'unsaid' | WhyEnding
  readonly charge?: AnnouncedCharge
  readonly row?: DigestFacts['announcements'][number]
}

function partOf(reminder: Due, input: DigestInput): Told {
  const { license, occasion } = reminder
  if (occasion.startsWith('charge_')) return announced(license, input)
  const why = whyEnding(license, input.product, input.now)
  if (why !== null) return { license, part: why }
  return { license, part: license.renewalMode === 'pay_per_use' ? 'metered' : 'renewable' }
}

function reminded(license: LicenseRow): RemindedLicense {
  return {
    licenseId: license.id,
    planName: license.planName,
    quantity: license.total,
    keyLast4: license.keyLast4,
    endsAt: formatInstant(license.endsAt),
    graceEndsAt: formatInstant(graceEndsAt(license)),
    renewableUntil: formatInstant(retentionEndsAt(license)),
  }
}

/** Where a charge has to wait nothing is announced: what then happens is said when it happens. */
function announced(license: LicenseRow, { product, facts, now }: DigestInput): Told {
  const { cycle } = license
  const told = announceCharge({ license, ...historyOf(license, facts) }, product, now)
  if (told === 'plan_over') return { license, part: 'retired' }
  if (told === null || cycle === null) return { license, part: 'unsaid' }
  const { chargeAt, total, price, risesTo, quantity, currency } = told
  return {
    license,
    part: 'charged',
    charge: {
      ...reminded(license),
      quantity,
      chargeAt: formatInstant(chargeAt),
      currency,
      total,
      every: cycle,
      risesTo,
    },
    row: {
      licenseId: license.id,
      expiresAt: license.endsAt,
      announcedOn: localDate(now, license.zone).toString(),
      chargeAt,
      quantity,
      currency,
      price,
      total,
    },
  }
}

function historyOf(license: LicenseRow, { paid, announced: rows }: DigestInput['facts']) {
  return {
    paid: paid.find(({ licenseId }) => licenseId === license.id) ?? null,
    announced: rows
      .filter(({ licenseId }) => licenseId === license.id)
      .map(({ price, announcedOn }) => ({ price, on: plainDate(announcedOn) })),
  }
}

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
import type { AnnouncedCharge, RemindedLicense, ReminderMail } from '../domain/reminder-mail.ts'
import type { DueReminder } from '../domain/reminder.ts'
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
  const charged = due.filter(isCharge).map((reminder) => announced(reminder, input))
  const others = due.filter((reminder) => !isCharge(reminder)).map(({ license }) => license)
  const ofMode = (mode: LicenseRow['renewalMode']) =>
    others.filter(({ renewalMode }) => renewalMode === mode)
  const renewable = [...ofMode('manual'), ...ofMode('auto')]
  const canceled = ofMode('canceled')
  return {
    mail: {
      productName: product.name,
      homeUrl: product.home_url,
      zone: customer.zone,
      day,
      writtenAt: formatInstant(now),
      renewable: renewable.map(reminded),
      charges: charged.flatMap(({ charge }) => (charge === null ? [] : [charge])),
      ending: [
        ...ofMode(null).map((license) => ({ ...reminded(license), why: 'one_time' as const })),
        ...canceled.map((license) => ({ ...reminded(license), why: 'canceled' as const })),
      ],
      metered: ofMode('pay_per_use').map(reminded),
    },
    announcements: charged.flatMap(({ row }) => (row === null ? [] : [row])),
    linked: [...renewable, ...canceled].map((license) => ({
      licenseId: license.id,
      renewableUntil: retentionEndsAt(license),
    })),
  }
}

function isCharge({ occasion }: Due): boolean {
  return occasion.startsWith('charge_')
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

/** Without a charge nothing is announced: what then happens is said when it happens. */
function announced(
  { license }: Due,
  { product, facts, now }: DigestInput,
): { charge: AnnouncedCharge | null; row: DigestFacts['announcements'][number] | null } {
  const { cycle } = license
  const told = announceCharge({ license, ...historyOf(license, facts) }, product, now)
  if (told === null || cycle === null) return { charge: null, row: null }
  const { chargeAt, total, price, risesTo, quantity, currency } = told
  return {
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

/** The mail with a license key, as an intent: the key itself is opened when it is sent (S65). */
import type { Temporal } from 'temporal-polyfill'
import type { Query } from '../db/commit.ts'
import type { OwnedLicense } from '../db/queries/license-keys.ts'
import { mails } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import type { LicenseKeyMail } from '../domain/license-mail.ts'

export interface KeyMailOccasion {
  readonly why: LicenseKeyMail['why']
  /** One mail for each (I7). */
  readonly about: string
  readonly previousUntil?: Temporal.Instant
}

export function keyMail(
  deps: Deps,
  product: Pick<Product, 'name' | 'home_url'>,
  { license, customer }: OwnedLicense,
  { why, about, previousUntil }: KeyMailOccasion,
): Query {
  const data: LicenseKeyMail = {
    why,
    licenseId: license.id,
    productName: product.name,
    homeUrl: product.home_url,
    planName: license.planName,
    quantity: license.total,
    keyLast4: license.keyLast4,
    zone: license.zone,
    endsAt: formatInstant(license.endsAt),
    previousUntil: previousUntil === undefined ? null : formatInstant(previousUntil),
  }
  return deps.db.orm
    .insert(mails)
    .values({
      id: deps.newId('mail'),
      productId: license.productId,
      kind: 'license.key',
      reference: `${license.id} ${about}`,
      recipient: customer.email,
      locale: customer.locale,
      data: { ...data },
      createdAt: deps.now(),
      sentAt: null,
    })
    .onConflictDoNothing()
}

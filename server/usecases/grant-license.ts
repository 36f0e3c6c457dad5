/** Gives a license without a payment: trials, replacements, favours (S10, S22, S34). */
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit } from '../db/commit.ts'
import type { Change, Decision, JournalEntry } from '../db/commit.ts'
import { entryOfCommand } from '../db/journal.ts'
import type { CustomerRow } from '../db/queries/customers.ts'
import { findCustomer, readLicenseRow } from '../db/queries/license-keys.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { customers } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { grantedPlan, grantOf } from '../domain/grant.ts'
import type { GrantTerms } from '../domain/grant.ts'
import { isId } from '../domain/ids.ts'
import { keyMail } from './key-mail.ts'
import { newLicense } from './new-license.ts'

/** Who is given something; a customer that is known already keeps what is known. */
export interface Recipient {
  /** The host's customer id, or `mail:` and an address. */
  readonly subject: string
  readonly email: string
  readonly name: string | null
  /** IANA; the product's when absent. */
  readonly zone: string | null
  readonly locale: string | null
}

export interface GrantCommand {
  readonly recipient: Recipient
  readonly terms: GrantTerms
  /** The operator's own name for it: given once, whatever is repeated. */
  readonly reference: string
  /** `operator:…`. */
  readonly actor: string
  readonly reason: string
}

/**
 * The same reference again is the first license.
 *
 * @throws Refused `request.invalid`, naming the term at fault
 */
export function grantLicense(
  deps: Deps,
  product: Product,
  command: GrantCommand,
): Promise<LicenseRow> {
  grantedPlan(product, command.terms)
  const commandKey = `grant:${product.id}:${command.reference}`
  const earlier = () => licenseOfCommand(deps, commandKey)
  return decideAndCommit(
    deps,
    { commandKey },
    async (): Promise<Decision<LicenseRow>> => {
      const known = await earlier()
      if (known !== null) return { change: null, result: known }
      const { reference, reason, actor } = command
      const given = await licenseFor(deps, product, command.recipient, command.terms, {
        actor,
        data: { reference, reason },
      })
      return { change: given.change, result: given.license }
    },
    earlier,
  )
}

/** The change that gives a license; its first journal entry is that of the license. */
export async function licenseFor(
  deps: Deps,
  product: Product,
  recipient: Recipient,
  terms: GrantTerms,
  account: { readonly actor: string; readonly data: Readonly<Record<string, unknown>> },
): Promise<{ readonly license: LicenseRow; readonly change: Change }> {
  const at = wholeSecond(deps.now())
  const plan = grantedPlan(product, terms)
  const known = await findCustomer(deps.db, product.id, recipient.subject)
  const customer = known ?? newCustomer(deps, product, recipient, at)
  const grant = grantOf(plan, terms, { startsAt: at, zone: customer.zone })
  const nothing = { orderId: null, orderLineId: null, currency: null }
  const origin = { ...nothing, ...account, customerId: customer.id }
  const { row, entry, statements } = await newLicense(deps, product, origin, grant, at)
  return {
    license: row,
    change: {
      journal: [entry, ...(known ? [] : [createdEntry(customer, account.actor)])],
      statements: [
        ...(known ? [] : [deps.db.orm.insert(customers).values(customer)]),
        ...statements,
        keyMail(deps, product, { license: row, customer }, { why: 'granted', about: 'granted' }),
      ],
    },
  }
}

async function licenseOfCommand(deps: Deps, commandKey: string): Promise<LicenseRow | null> {
  const entry = await entryOfCommand(deps.db, commandKey)
  const id = entry?.stream.replace('license:', '') ?? ''
  return isId('lic', id) ? readLicenseRow(deps.db, id) : null
}

function newCustomer(
  deps: Deps,
  product: Product,
  { subject, email, name, zone, locale }: Recipient,
  at: Temporal.Instant,
): CustomerRow {
  return {
    id: deps.newId('cus'),
    productId: product.id,
    subject,
    email,
    name,
    zone: zone ?? product.time_zone,
    locale: locale ?? 'en',
    providerCustomer: null,
    renewalDay: '1',
    createdAt: at,
    version: 1,
    savedMethod: null,
  }
}

function createdEntry({ id, productId }: CustomerRow, actor: string): JournalEntry {
  return {
    stream: `customer:${id}`,
    version: 1,
    type: 'customer.created',
    actor,
    productId,
    data: {},
  }
}

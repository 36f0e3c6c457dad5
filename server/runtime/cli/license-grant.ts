/** `license grant`: a license without a payment; once for each reference (S10, S22, S34). */
import { currentCatalogue } from '../../db/catalogue-store.ts'
import type { Deps } from '../../deps.ts'
import type { Product } from '../../domain/catalogue.ts'
import { formatInstant } from '../../domain/calendar.ts'
import type { GrantTerms } from '../../domain/grant.ts'
import { grantLicense } from '../../usecases/grant-license.ts'
import { NotReady, UsageError, type CommandSpec, type Given } from './command.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

/** What is given, of every command that gives something. */
export const GRANT_ARGS = {
  product: { type: 'string', description: 'Id in the catalogue', required: true },
  plan: { type: 'string', description: 'Id in the catalogue', required: true },
  quantity: { type: 'string', description: 'Units', required: true },
  months: {
    type: 'string',
    description: 'Length; one cycle or the validity of the plan when absent',
  },
  days: { type: 'string', description: 'Length in days instead, for trials' },
  reference: {
    type: 'string',
    description: 'Your own name for it, e.g. a ticket: the same one again changes nothing',
    required: true,
  },
} as const

export const grantLicenseCommand: CommandSpec = {
  name: 'grant',
  description: 'Give a license without a payment: a trial, a replacement, a favour',
  args: {
    ...GRANT_ARGS,
    email: { type: 'string', description: 'Of the customer, who gets the key', required: true },
    customer: { type: 'string', description: 'The host’s customer id; the address when absent' },
    name: { type: 'string', description: 'Of the customer' },
    zone: { type: 'string', description: 'IANA time zone of a new customer' },
    ...ACCOUNTABLE,
  },
  async run(given, shell) {
    const email = given.required('email')
    const account = accountOf(given)
    const terms = termsOf(given)
    const license = await withDeps(shell, async (deps) =>
      grantLicense(deps, await soldProduct(deps, given.required('product')), {
        recipient: {
          subject: given.text('customer') ?? `mail:${email}`,
          email,
          name: given.text('name'),
          zone: given.text('zone'),
          locale: null,
        },
        terms,
        reference: given.required('reference'),
        ...account,
      }),
    )
    const ends = formatInstant(license.endsAt)
    return {
      data: { id: license.id, plan: license.planId, total: license.total, expires_at: ends },
      text: `${license.id}: ${license.planName} × ${license.total} until ${ends}. The key goes to ${email} by mail.`,
    }
  },
}

export function termsOf(given: Given): GrantTerms {
  return {
    plan: given.required('plan'),
    quantity: wholeNumber(given, 'quantity') ?? 0,
    months: wholeNumber(given, 'months'),
    days: wholeNumber(given, 'days'),
  }
}

/** @throws UsageError for anything but a whole number from 1 */
export function wholeNumber(given: Given, name: string): number | null {
  const text = given.text(name)
  if (text === null) return null
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} is a whole number from 1.`)
  return Number(text)
}

/** @throws NotReady without a catalogue. @throws UsageError for a product that it does not have */
export async function soldProduct({ db, now }: Deps, id: string): Promise<Product> {
  const catalogue = await currentCatalogue(db, now())
  if (catalogue === null) throw new NotReady('Apply a catalogue first.')
  const { products } = catalogue.document
  const product = products.find((one) => one.id === id)
  if (product === undefined) {
    throw new UsageError(`--product is one of ${products.map((one) => one.id).join(', ')}.`)
  }
  return product
}

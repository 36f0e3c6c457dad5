/**
 * `activation-code issue`: what an operator sends back for a registration code (S34): for a customer's
 * console a license to redeem, for a host without a network the activation of a license that exists.
 */
import { readKnown } from '../../db/queries/activations.ts'
import { readOwned } from '../../db/queries/license-keys.ts'
import { licenses } from '../../db/schema.ts'
import type { Deps } from '../../deps.ts'
import { formatInstant } from '../../domain/calendar.ts'
import { isId } from '../../domain/ids.ts'
import { Refused } from '../../domain/refusals.ts'
import { activateByCode } from '../../usecases/activate-by-code.ts'
import { issueActivationCode } from '../../usecases/activation-codes.ts'
import { eq } from 'drizzle-orm'
import { UsageError, type CommandSpec, type Given, type Report } from './command.ts'
import { GRANT_ARGS, soldProduct, termsOf, wholeNumber } from './license-grant.ts'
import { ACCOUNTABLE, accountOf, withDeps } from './workplace.ts'

const DEFAULT_VALID_DAYS = 30

const optional = (arg: (typeof GRANT_ARGS)[keyof typeof GRANT_ARGS]) => ({
  ...arg,
  required: false,
})

export const issueActivationCodeCommand: CommandSpec = {
  name: 'issue',
  description:
    'Answer a registration code: --license activates that host offline; --product, --plan, --quantity and --reference give the customer a license to redeem',
  args: {
    'registration-code': { type: 'string', description: 'As the customer sent it', required: true },
    license: { type: 'string', description: 'lic_…, for a host without a network' },
    name: { type: 'string', description: 'Of that host' },
    ...Object.fromEntries(Object.entries(GRANT_ARGS).map(([name, arg]) => [name, optional(arg)])),
    'valid-days': { type: 'string', description: `Days to redeem it in; ${DEFAULT_VALID_DAYS}` },
    ...ACCOUNTABLE,
  },
  run: (given, shell) =>
    withDeps(shell, (deps) => {
      const license = given.text('license')
      return license === null ? forConsole(deps, given) : forHost(deps, given, license)
    }),
}

async function forConsole(deps: Deps, given: Given): Promise<Report> {
  const terms = termsOf(given)
  const product = await soldProduct(deps, given.required('product'))
  const { code, row } = await issueActivationCode(deps, product, {
    registrationCode: given.required('registration-code'),
    terms,
    reference: given.required('reference'),
    validDays: wholeNumber(given, 'valid-days') ?? DEFAULT_VALID_DAYS,
    ...accountOf(given),
  })
  const until = formatInstant(row.expiresAt)
  return {
    data: { id: row.id, activation_code: code, expires_at: until },
    text: `${code}\n\nThe customer types it in the console, by ${until}.`,
  }
}

async function forHost(deps: Deps, given: Given, licenseId: string): Promise<Report> {
  if (!isId('lic', licenseId)) throw new UsageError('--license is lic_….')
  const owned = await readOwned(deps.db, null, licenseId)
  if (owned === null) throw new Refused('license.not_found')
  const product = await soldProduct(deps, owned.license.productId)
  const request = {
    registrationCode: given.required('registration-code'),
    name: given.text('name'),
    actor: accountOf(given).actor,
  }
  const done = await activateByCode(deps, product, request, async (asking) => {
    const [known] = await readKnown(deps.db, asking, eq(licenses.id, licenseId))
    return known ?? null
  })
  const until = formatInstant(done.times.graceUntil)
  return {
    data: { activation_code: done.code, activation: done.activation.id, grace_until: until },
    text: `${done.code}\n\nIt is typed at the host, and runs there until ${until} at the latest.`,
  }
}

/**
 * Method 2 of the console (S34): the customer shows a registration code, an operator issues an activation
 * code for it, and the customer redeems that for a license. No payment, no network of the operator.
 */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit, exactly } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import { findActivationCode } from '../db/queries/license-keys.ts'
import type { ActivationCodeRow } from '../db/queries/license-keys.ts'
import { activationCodes } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { grantedPlan } from '../domain/grant.ts'
import type { GrantTerms } from '../domain/grant.ts'
import type { Id } from '../domain/ids.ts'
import { customerDigest, grantCode, SHORT_BYTES, toHex } from '../domain/offline-codes.ts'
import { Refused } from '../domain/refusals.ts'
import { licenseFor } from './grant-license.ts'
import type { Recipient } from './grant-license.ts'
import { hashKey } from './license-secrets.ts'
import { readCodeOf } from './read-code.ts'

export interface IssueCommand {
  /** Of the customer's console. */
  readonly registrationCode: string
  readonly terms: GrantTerms
  /** The operator's own name for it: issued once, whatever is repeated. */
  readonly reference: string
  /** Days in which it may be redeemed. */
  readonly validDays: number
  readonly actor: string
  readonly reason: string
}

export interface IssuedCode {
  readonly code: string
  readonly row: ActivationCodeRow
}

/**
 * The same reference again is the first code.
 *
 * @throws Refused `request.invalid`, naming what is at fault
 */
export function issueActivationCode(
  deps: Deps,
  product: Product,
  command: IssueCommand,
): Promise<IssuedCode> {
  grantedPlan(product, command.terms)
  const customer = readCodeOf('customer', '/registration_code', command.registrationCode)
  const { reference, actor, reason, terms } = command
  return decideAndCommit(deps, {}, async (): Promise<Decision<IssuedCode>> => {
    const earlier = await findActivationCode(deps.db, { productId: product.id, reference })
    if (earlier !== null) return { change: null, result: await issued(deps, earlier) }
    const at = wholeSecond(deps.now())
    const id = deps.newId('acd')
    const row: ActivationCodeRow = {
      id,
      productId: product.id,
      customerDigest: customer.digest,
      reference,
      tokenHash: await tokenHash(deps, await tokenOf(deps, id)),
      terms,
      createdAt: at,
      expiresAt: at.add({ hours: command.validDays * 24 }),
      licenseId: null,
      redeemedAt: null,
      version: 1,
    }
    return {
      change: {
        journal: [
          {
            stream: `activation_code:${id}`,
            version: 1,
            type: 'activation_code.issued',
            actor,
            productId: product.id,
            data: { reference, reason, ...terms },
          },
        ],
        statements: [deps.db.orm.insert(activationCodes).values(row)],
      },
      result: await issued(deps, row),
    }
  })
}

/**
 * Redeeming twice is one license.
 *
 * @throws Refused `activation_code.not_found` (also one of another customer), `activation_code.expired`,
 *   `request.invalid` for a code that was mistyped
 */
export async function redeemActivationCode(
  deps: Deps,
  product: Product,
  recipient: Recipient,
  text: string,
): Promise<Id<'lic'>> {
  const { token } = readCodeOf('grant', '/activation_code', text)
  const hash = await tokenHash(deps, token)
  const digest = await customerDigest(product.id, recipient.subject)
  return decideAndCommit(deps, {}, async (): Promise<Decision<Id<'lic'>>> => {
    const row = await findActivationCode(deps.db, { tokenHash: hash })
    if (row === null || row.productId !== product.id || row.customerDigest !== digest) {
      throw new Refused('activation_code.not_found')
    }
    if (row.licenseId !== null) return { change: null, result: row.licenseId }
    if (isOver(row, deps.now())) throw new Refused('activation_code.expired')
    const actor = `activation_code:${row.id}`
    const data = { reference: row.reference }
    const { license, change } = await licenseFor(deps, product, recipient, row.terms, {
      actor,
      data,
    })
    const version = row.version + 1
    return {
      change: {
        journal: [
          {
            stream: `activation_code:${row.id}`,
            version,
            type: 'activation_code.redeemed',
            actor: `customer:${license.customerId}`,
            productId: product.id,
            data: { license: license.id },
          },
          ...change.journal,
        ],
        statements: [
          ...change.statements,
          exactly(
            deps.db.orm
              .update(activationCodes)
              .set({ licenseId: license.id, redeemedAt: wholeSecond(deps.now()), version })
              .where(eq(activationCodes.id, row.id)),
            1,
          ),
        ],
      },
      result: license.id,
    }
  })
}

async function issued(deps: Deps, row: ActivationCodeRow): Promise<IssuedCode> {
  return { code: grantCode(await tokenOf(deps, row.id)), row }
}

function isOver({ expiresAt }: ActivationCodeRow, now: Temporal.Instant): boolean {
  return expiresAt.epochMilliseconds <= now.epochMilliseconds
}

/** Made from the id, as private links are: it can be printed again, and a copy of the table is no code. */
async function tokenOf({ secrets }: Deps, id: Id<'acd'>): Promise<string> {
  const text = new TextEncoder().encode(`activation-code:${id}`)
  const mac = await crypto.subtle.sign('HMAC', secrets.linkToken, text)
  return toHex(new Uint8Array(mac, 0, SHORT_BYTES))
}

function tokenHash({ secrets }: Deps, token: string): Promise<string> {
  return hashKey(secrets, `activation-code ${token}`)
}

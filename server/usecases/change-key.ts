/**
 * A key is replaced, or sent again. What is activated stays activated: activations belong to the
 * license, not to its key (T15, S65).
 */
import { eq } from 'drizzle-orm'
import type { Temporal } from 'temporal-polyfill'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision, JournalEntry } from '../db/commit.ts'
import { isKeyMailed, readOwned } from '../db/queries/license-keys.ts'
import type { OwnedLicense } from '../db/queries/license-keys.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import type { Product } from '../domain/catalogue.ts'
import { Refused } from '../domain/refusals.ts'
import type { CustomerScope } from '../domain/scope.ts'
import { keyMail } from './key-mail.ts'
import { openKey } from './license-secrets.ts'
import { keyColumns } from './new-license.ts'

interface KeyCommand {
  readonly licenseId: string
  /** Whose license it must be; null for an operator. */
  readonly scope: CustomerScope | null
  /** `operator:…`; null for the customer. */
  readonly actor: string | null
  readonly reason: string | null
}

export interface RotateKey extends KeyCommand {
  /** Ending of the key that is replaced. */
  readonly keyLast4: string
  /** For so long the old one works beside the new one. */
  readonly overlapHours: number
}

export interface RotatedKey {
  readonly license: LicenseRow
  readonly key: string
  /** The old key works until then: at once nothing, without an overlap. */
  readonly previousUntil: Temporal.Instant
}

/**
 * Safe to repeat: replacing a key that was replaced answers the one in force.
 *
 * @throws Refused `license.not_found`, `license.not_valid` (revoked), `license.key_changed`
 */
export function rotateKey(deps: Deps, product: Product, command: RotateKey): Promise<RotatedKey> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<RotatedKey>> => {
    const owned = await ownedOf(deps, command)
    const { license } = owned
    const { previousKeyUntil } = license
    if (license.previousKeyLast4 === command.keyLast4 && previousKeyUntil !== null) {
      return { change: null, result: await answer(deps, license, previousKeyUntil) }
    }
    if (license.keyLast4 !== command.keyLast4) throw new Refused('license.key_changed')
    if (license.revokedAt !== null) {
      throw new Refused('license.not_valid', { facts: { validation_code: 'REVOKED' } })
    }
    const until = wholeSecond(deps.now()).add({ hours: command.overlapHours })
    const set = {
      ...(await keyColumns(deps, product, license.id)),
      previousKeyHash: license.keyHash,
      previousKeyLast4: license.keyLast4,
      previousKeyUntil: until,
      version: license.version + 1,
    }
    const next = { ...license, ...set }
    const occasion = {
      why: 'rotated',
      about: `rotated ${next.version}`,
      previousUntil: until,
    } as const
    return {
      change: {
        journal: [
          entryOf(license, 'license.key_rotated', command, {
            key_last4: next.keyLast4,
            previous_last4: license.keyLast4,
            previous_until: formatInstant(until),
          }),
        ],
        statements: [
          deps.db.orm.update(licenses).set(set).where(eq(licenses.id, license.id)),
          keyMail(deps, product, { ...owned, license: next }, occasion),
        ],
      },
      result: await answer(deps, next, until),
    }
  })
}

const HOUR_MS = 3_600_000

/** One mail in each hour of the clock. @returns the masked address that it goes to */
export function sendKey(deps: Deps, product: Product, command: KeyCommand): Promise<string> {
  const hour = Math.floor(deps.now().epochMilliseconds / HOUR_MS)
  return decideAndCommit(deps, {}, async (): Promise<Decision<string>> => {
    const owned = await ownedOf(deps, command)
    const { license, customer } = owned
    if (license.revokedAt !== null) {
      throw new Refused('license.not_valid', { facts: { validation_code: 'REVOKED' } })
    }
    const result = masked(customer.email)
    const about = `asked ${hour}`
    if (await isKeyMailed(deps.db, license.id, about)) return { change: null, result }
    const version = license.version + 1
    return {
      change: {
        journal: [entryOf(license, 'license.key_sent', command, { hour })],
        statements: [
          deps.db.orm.update(licenses).set({ version }).where(eq(licenses.id, license.id)),
          keyMail(deps, product, owned, { why: 'asked', about }),
        ],
      },
      result,
    }
  })
}

async function ownedOf(deps: Deps, { scope, licenseId }: KeyCommand): Promise<OwnedLicense> {
  const owned = await readOwned(deps.db, scope, licenseId)
  if (owned === null) throw new Refused('license.not_found')
  return owned
}

async function answer(
  deps: Deps,
  license: LicenseRow,
  previousUntil: Temporal.Instant,
): Promise<RotatedKey> {
  const key = await openKey(deps.secrets, license.id, license.keyCipher)
  return { license, key, previousUntil }
}

function entryOf(
  { id, version, customerId, productId }: LicenseRow,
  type: string,
  { actor, reason }: KeyCommand,
  data: Record<string, unknown>,
): JournalEntry {
  return {
    stream: `license:${id}`,
    version: version + 1,
    type,
    actor: actor ?? `customer:${customerId}`,
    productId,
    data: reason === null ? data : { ...data, reason },
  }
}

/** `o…@acme.test`: enough to know which mailbox to open. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@')
  return at < 1 ? '…' : `${[...email][0]}…${email.slice(at)}`
}

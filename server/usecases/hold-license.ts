/** What an operator decides about a license: suspend, review, revoke, and take it back (section 5, S86). */
import { eq } from 'drizzle-orm'
import { decideAndCommit } from '../db/commit.ts'
import type { Decision } from '../db/commit.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { wholeSecond } from '../domain/calendar.ts'
import type { Id } from '../domain/ids.ts'
import { heldFrom, type HeldTime } from '../domain/held-time.ts'
import { statusAt, transition } from '../domain/license.ts'
import { Refused } from '../domain/refusals.ts'

export const HOLDS = ['suspend', 'reinstate', 'flag', 'clear', 'revoke'] as const
export type Hold = (typeof HOLDS)[number]

export interface HoldCommand {
  readonly hold: Hold
  /** `operator:…`. */
  readonly actor: string
  readonly reason: string
}

/** In the words of the journal. */
const ENTRY = {
  suspend: 'license.suspended',
  reinstate: 'license.reinstated',
  flag: 'license.flagged',
  clear: 'license.cleared',
  revoke: 'license.revoked',
} as const satisfies Record<Hold, string>

/**
 * Saying twice what is so already changes nothing.
 *
 * @throws Refused `license.not_found`, `license.transition_refused`
 */
export function holdLicense(
  deps: Deps,
  licenseId: Id<'lic'>,
  command: HoldCommand,
): Promise<LicenseRow> {
  return decideAndCommit(deps, {}, async (): Promise<Decision<LicenseRow>> => {
    const [license] = await deps.db.orm.select().from(licenses).where(eq(licenses.id, licenseId))
    if (license === undefined) throw new Refused('license.not_found')
    const set = columnsOf(license, command.hold, deps)
    if (isSo(license, command.hold)) return { change: null, result: license }
    const now = deps.now()
    transition(statusAt(license, now), command.hold, statusAt({ ...license, ...set }, now))
    const version = license.version + 1
    return {
      change: {
        journal: [
          {
            stream: `license:${license.id}`,
            version,
            type: ENTRY[command.hold],
            actor: command.actor,
            productId: license.productId,
            data: { reason: command.reason },
          },
        ],
        statements: [
          deps.db.orm
            .update(licenses)
            .set({ ...set, version })
            .where(eq(licenses.id, license.id)),
        ],
      },
      result: { ...license, ...set, version },
    }
  })
}

type Columns = Partial<
  Pick<LicenseRow, 'suspendedAt' | 'underReviewAt' | 'revokedAt' | keyof HeldTime>
>

function columnsOf(license: LicenseRow, hold: Hold, deps: Deps): Columns {
  const { suspendedAt, underReviewAt } = license
  const at = wholeSecond(deps.now())
  switch (hold) {
    case 'suspend':
      return { suspendedAt: at }
    case 'reinstate':
      return { suspendedAt: null, ...heldFrom(license, suspendedAt, at) }
    case 'flag':
      return { underReviewAt: at }
    case 'clear':
      return { underReviewAt: null, ...heldFrom(license, underReviewAt, at) }
    case 'revoke':
      return { revokedAt: at }
  }
}

function isSo({ suspendedAt, underReviewAt, revokedAt }: LicenseRow, hold: Hold): boolean {
  switch (hold) {
    case 'suspend':
      return suspendedAt !== null
    case 'reinstate':
      return suspendedAt === null && revokedAt === null
    case 'flag':
      return underReviewAt !== null
    case 'clear':
      return underReviewAt === null && revokedAt === null
    case 'revoke':
      return revokedAt !== null
  }
}

/** Renewed by hand from here on: the grace is over without a charge, or there is nothing to charge for. */
import { and, eq } from 'drizzle-orm'
import { commit, LostRace } from '../db/commit.ts'
import type { AutoChargeRow } from '../db/queries/due-charges.ts'
import type { LicenseRow } from '../db/queries/licenses.ts'
import { autoCharges, licenses } from '../db/schema.ts'
import type { Deps } from '../deps.ts'
import { ended } from '../domain/auto-renewal.ts'

/** @returns false when the license changed meanwhile: the next run looks again */
export async function endAutoRenewal(
  deps: Deps,
  { license, charge }: { readonly license: LicenseRow; readonly charge: AutoChargeRow | null },
  reason: string,
  actor: string,
): Promise<boolean> {
  const { orm } = deps.db
  const version = license.version + 1
  try {
    await commit(deps.db, deps.now(), {
      journal: [
        {
          stream: `license:${license.id}`,
          version,
          type: 'license.auto_renewal_ended',
          actor,
          productId: license.productId,
          data: { reason, attempts: charge?.attempts ?? 0 },
        },
      ],
      statements: [
        orm
          .update(licenses)
          .set({ renewalMode: 'manual', nextChargeAt: null, version })
          .where(eq(licenses.id, license.id)),
        ...(charge === null
          ? []
          : [
              orm
                .update(autoCharges)
                .set(ended(charge))
                .where(
                  and(
                    eq(autoCharges.licenseId, license.id),
                    eq(autoCharges.endsAt, license.endsAt),
                  ),
                ),
            ]),
      ],
    })
    return true
  } catch (error) {
    if (error instanceof LostRace) return false
    throw error
  }
}

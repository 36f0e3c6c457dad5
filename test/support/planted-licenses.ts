/** Licenses put into the database as they would be after purchases, for tests that need many. */
import type { Temporal } from 'temporal-polyfill'
import { eq } from 'drizzle-orm'
import { commit } from '../../server/db/commit.ts'
import { customers, licenses } from '../../server/db/schema.ts'
import type { Deps } from '../../server/deps.ts'
import { anchorOf } from '../../server/domain/calendar.ts'
import type { Id } from '../../server/domain/ids.ts'

type LicenseRow = typeof licenses.$inferInsert

export async function plantCustomer(deps: Deps, subject: string, zone = 'UTC'): Promise<Id<'cus'>> {
  const id = deps.newId('cus')
  await commit(deps.db, deps.now(), {
    journal: [entry(`customer:${id}`)],
    statements: [
      deps.db.orm.insert(customers).values({
        id,
        productId: 'recover',
        subject,
        email: `${subject}@customer.example`,
        name: subject,
        zone,
        locale: 'en',
        createdAt: deps.now(),
        version: 1,
      }),
    ],
  })
  return id
}

/** Five units of DR by the month, granted, renewed by hand, unless said otherwise. */
export async function plantLicense(
  deps: Deps,
  customerId: Id<'cus'>,
  facts: Partial<LicenseRow> & { readonly endsAt: Temporal.Instant },
): Promise<Id<'lic'>> {
  const id = deps.newId('lic')
  const zone = facts.zone ?? 'UTC'
  const anchor = anchorOf(facts.endsAt, zone)
  const row: LicenseRow = {
    id,
    productId: 'recover',
    customerId,
    kind: 'grant',
    planId: 'dr',
    planName: 'DR License',
    type: 'dr',
    oneTime: false,
    cycle: 'month',
    total: 5,
    activatedAt: facts.endsAt.subtract({ hours: 30 * 24 }),
    serviceDays: 30,
    anchorDay: anchor.day,
    anchorTime: anchor.time.toString(),
    zone,
    graceDays: 7,
    retentionDays: 15,
    renewalMode: 'manual',
    currency: 'USD',
    keyHash: `hash of ${id}`,
    keyCipher: 'none',
    keyLast4: id.slice(-4).toUpperCase(),
    createdAt: deps.now(),
    version: 1,
    ...facts,
  }
  await commit(deps.db, deps.now(), {
    journal: [entry(`license:${id}`)],
    statements: [deps.db.orm.insert(licenses).values(row)],
  })
  return id
}

/** The end that a renewal gives, with its charge. */
export async function moveEnd(
  deps: Deps,
  id: Id<'lic'>,
  endsAt: Temporal.Instant,
  version: number,
) {
  const charge = endsAt.subtract({ hours: 7 * 24 + 5 })
  await commit(deps.db, deps.now(), {
    journal: [
      {
        stream: `license:${id}`,
        version,
        type: 'test.renewed',
        actor: 'test',
        productId: 'recover',
        data: {},
      },
    ],
    statements: [
      deps.db.orm
        .update(licenses)
        .set({ endsAt, nextChargeAt: charge, version })
        .where(eq(licenses.id, id)),
    ],
  })
}

function entry(stream: string) {
  return { stream, version: 1, type: 'test.planted', actor: 'test', productId: 'recover', data: {} }
}

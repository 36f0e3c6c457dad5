/**
 * Reminds customers of what ends and what will be charged (R18): one digest per customer and day.
 * Twice, late or at once with another run, each (license, expiry, occasion) is told at most once.
 */
import { Temporal } from 'temporal-polyfill'
import { currentCatalogue } from '../db/catalogue-store.ts'
import { readNextReminded } from '../db/queries/next-reminders.ts'
import { customersToRemind, readReminderFacts } from '../db/queries/reminders.ts'
import type { Deps } from '../deps.ts'
import type { CatalogueDocument } from '../domain/catalogue.ts'
import type { Id } from '../domain/ids.ts'
import { isDigestTime, reminderPlan } from '../domain/reminder.ts'
import { digestStream, writeDigest } from '../usecases/write-digest.ts'

/** Digests of one run; the next run takes the rest. */
const BATCH = 200
/** Candidates are found generously: a run looks at so many pages of customers at most. */
const PAGES = 10
/** Licenses of one digest; the rest of a larger customer is told on the next day. */
const LICENSES = 500

/** @returns how many digests were written */
export async function remind(deps: Deps): Promise<number> {
  const catalogue = await currentCatalogue(deps.db, deps.now())
  if (catalogue === null) return 0
  let written = 0
  let after = ''
  for (let page = 0; page < PAGES && written < BATCH; page++) {
    const found = await customersToRemind(deps.db, deps.now(), { after, limit: BATCH })
    for (const { id, zone } of found) {
      if (written >= BATCH || deps.stopping?.aborted) return written
      if (!isDigestTime(deps.now(), zone)) continue
      if (await guarded(deps, catalogue.document, id)) written += 1
    }
    if (found.length < BATCH) break
    after = found.at(-1)?.id ?? after
  }
  return written
}

/** The nine in the morning of the next occasion; null when nothing that exists now has one. */
export async function nextReminderAt(deps: Deps): Promise<Temporal.Instant | null> {
  const now = deps.now()
  const found = await readNextReminded(deps.db, now)
  const ahead = found
    .flatMap((license) => reminderPlan(license).map(({ dueAt }) => dueAt))
    .filter((dueAt) => Temporal.Instant.compare(dueAt, now) > 0)
  return ahead.toSorted(Temporal.Instant.compare)[0] ?? null
}

/** One customer that fails must not keep the others waiting. */
async function guarded(
  deps: Deps,
  catalogue: CatalogueDocument,
  customerId: Id<'cus'>,
): Promise<boolean> {
  try {
    const stream = digestStream(customerId)
    const read = { limit: LICENSES, stream }
    const facts = await readReminderFacts(deps.db, customerId, deps.now(), read)
    const product = catalogue.products.find(({ id }) => id === facts.customer?.productId)
    return product !== undefined && (await writeDigest(deps, product, facts))
  } catch (error) {
    deps.log({
      level: 'error',
      event: 'remind.failed',
      reference: customerId,
      error: String(error),
    })
    return false
  }
}

/**
 * Asks the provider what happened, instead of waiting to be told: webhooks that never came (P27), and
 * everything since the backup that a database was restored from (C22). How far it looked is kept in
 * the database itself, so a restored one goes on where its backup was made.
 */
import type { Temporal } from 'temporal-polyfill'
import { commit, LostRace } from '../db/commit.ts'
import { latestEntry } from '../db/journal.ts'
import type { StoredEntry } from '../db/journal.ts'
import { firstOrderAt } from '../db/queries/due-orders.ts'
import { knownEventIds } from '../db/queries/provider-events.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, parseInstant } from '../domain/calendar.ts'
import { Refused } from '../domain/refusals.ts'
import { handleProviderEvent } from '../usecases/handle-provider-event.ts'

type ProviderEvent = Parameters<typeof handleProviderEvent>[1]

const STREAM = 'job:reconcile'
/** How far the first look goes back at least: for as long the provider repeats a webhook. */
const FIRST_LOOK = { hours: 72 }
/** And at most: for as long the provider lists events. */
const LISTED = { hours: 24 * 30 }
/** What one run handles; the next one goes on with the rest. */
const BATCH = 200
/** What is listed at once. After a day without any event twice as much is, since it holds as little. */
const WINDOW_HOURS = 24
/** What one run lists; the next one goes on behind it. */
const LOOKS = 8
/** An event may be listed later than it happened. */
const OVERLAP = { hours: 1 }
/** Without news the mark moves this seldom: each move is a journal entry. */
const QUIET = { hours: 1 }

/** @returns how many events were news to us */
export async function reconcile(deps: Deps): Promise<number> {
  const mark = await latestEntry(deps.db, STREAM)
  const from = markOf(mark) ?? (await firstLook(deps))
  const { until, handled } = await lookOn(deps, from)
  const isQuiet = handled === 0 && isBefore(until, from.add(QUIET))
  if (isBefore(from, until) && !isQuiet) await move(deps, mark, until, handled)
  return handled
}

/** Window by window, until now, or until one run has done enough; what was listed before a failure counts. */
async function lookOn(deps: Deps, from: Temporal.Instant) {
  const now = deps.now()
  let [until, hours, handled] = [from, WINDOW_HOURS, 0]
  for (let look = 0; look < LOOKS && (look === 0 || isBefore(until, now)); look++) {
    const next = earlier(until.add({ hours }), now)
    const events = await listed(deps, until, next, look === 0)
    if (events === null) break
    const taken = await takeSome(deps, await unknown(deps, events), BATCH - handled)
    handled += taken.handled
    if (!taken.areAllStored) break
    until = next
    hours = events.length === 0 ? hours * 2 : WINDOW_HOURS
  }
  return { until, handled }
}

/** Null when the provider answers no more. @throws Refused `payment.unavailable` at the first look */
async function listed(
  { payments }: Deps,
  from: Temporal.Instant,
  until: Temporal.Instant,
  isFirst: boolean,
): Promise<readonly ProviderEvent[] | null> {
  try {
    return await payments.listEvents(from.subtract(OVERLAP), until)
  } catch (error) {
    if (isFirst || !(error instanceof Refused)) throw error
    return null
  }
}

async function unknown({ db }: Deps, events: readonly ProviderEvent[]) {
  if (events.length === 0) return []
  const known = await knownEventIds(
    db,
    events.map(({ id }) => id),
  )
  return events.filter(({ id }) => !known.has(id))
}

/** Events that are older than the first order concern nobody. */
async function firstLook(deps: Deps): Promise<Temporal.Instant> {
  const recent = deps.now().subtract(FIRST_LOOK)
  const began = (await firstOrderAt(deps.db)) ?? recent
  const listed = deps.now().subtract(LISTED)
  return isBefore(began, listed) ? listed : earlier(began, recent)
}

/** Those that concern nobody cost nothing and are not counted. */
async function takeSome(deps: Deps, news: readonly ProviderEvent[], limit: number) {
  let handled = 0
  let areAllStored = true
  for (const event of news) {
    if (handled === limit) return { handled, areAllStored: false }
    const taken = await take(deps, event)
    if (taken !== 'ignored') handled += 1
    if (taken === 'lost') areAllStored = false
  }
  return { handled, areAllStored }
}

/** `lost`: it has to be listed again, since it is not in the inbox. */
async function take(deps: Deps, event: ProviderEvent): Promise<'stored' | 'ignored' | 'lost'> {
  try {
    const outcome = await handleProviderEvent(deps, event)
    return outcome === 'ignored' || outcome === 'other_mode' ? 'ignored' : 'stored'
  } catch (error) {
    deps.log({ level: 'error', event: 'reconcile.failed', id: event.id, error: String(error) })
    const isStored = (await knownEventIds(deps.db, [event.id])).has(event.id)
    return isStored ? 'stored' : 'lost'
  }
}

async function move(
  deps: Deps,
  mark: StoredEntry | null,
  until: Temporal.Instant,
  news: number,
): Promise<void> {
  const version = (mark?.version ?? 0) + 1
  const data = { until: formatInstant(until), news }
  const entry = {
    stream: STREAM,
    version,
    type: 'job.reconciled',
    actor: STREAM,
    productId: null,
    data,
  }
  try {
    await commit(deps.db, deps.now(), { journal: [entry], statements: [] })
  } catch (error) {
    // Another process looked at the same time.
    if (!(error instanceof LostRace)) throw error
  }
}

function markOf(mark: StoredEntry | null): Temporal.Instant | null {
  const until = mark?.data['until']
  return typeof until === 'string' ? parseInstant(until) : null
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return isBefore(one, other) ? one : other
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return one.epochMilliseconds < other.epochMilliseconds
}

/** The faults stop, and within an hour everything has to be in order; two where a clock was an hour ahead. */
import { EVERY_JOB, runJobs } from './cron.ts'
import { TOLD_NEXT } from './host-backend.ts'
import { POSTED_NEXT, postOf } from './post.ts'
import { unheardIn } from './webhooks.ts'
import type { World } from './world.ts'

/** Minutes after the last fault at which jobs run; more often would only be slower. */
const TICKS_MINUTES = [1, 3, 8, 20, 37, 50, 59]
const BOUND_MINUTES = 60
const MINUTE_MS = 60_000

export async function settle(world: World): Promise<void> {
  const { scheduler } = world
  if (world.violation !== null) return
  world.faults.areOver = true
  world.clockErrorMs = 0
  world.isStripeAway = false
  world.note(() => 'from here on, nothing goes wrong any more')
  const calmMs = scheduler.nowMs
  world.beforeTimeMoves = () => false
  const aheadMinutes = world.clockAheadMs / MINUTE_MS
  const boundMinutes = BOUND_MINUTES + aheadMinutes
  const late = aheadMinutes === 0 ? [] : TICKS_MINUTES.map((minutes) => minutes + aheadMinutes)
  for (const minutes of [...TICKS_MINUTES, ...late, boundMinutes]) {
    await scheduler.run(() => false, calmMs + minutes * MINUTE_MS)
    if (world.violation !== null || (isAtRest(world) && !mustRemind(world, minutes))) return
    world.stripe.advance()
    if (minutes < boundMinutes) runJobs(world, `settle${minutes}`, EVERY_JOB)
  }
}

/** Jobs run at least once where somebody is to be told of what is due this morning. */
function mustRemind(world: World, minutes: number): boolean {
  if (postOf(world) === null) return false
  const postedAt = world.machine.disk.all(POSTED_NEXT)[0]?.['at']
  return minutes === TICKS_MINUTES[0] || Number(postedAt ?? Infinity) <= world.nowMs
}

const OPEN = `SELECT count(*) AS count FROM orders WHERE sweep_at IS NOT NULL OR state IN ('pending', 'processing')`
/** Cron may have died before it came to a charge, and not have come again since. */
const CHARGED = `SELECT count(*) AS count FROM licenses WHERE renewal_mode = 'auto' AND next_charge_at <= ?
  AND suspended_at IS NULL AND under_review_at IS NULL`
/** A midnight may have passed since the jobs last ran. */
const COUNTED = `SELECT count(*) AS count FROM meters JOIN licenses ON licenses.id = license_id
  WHERE stopped_at IS NULL AND ends_at <= ?1 AND coalesce(counted_on, '') < date(?1 / 1000, 'unixepoch')`
const HANDLED = 'sweep_at IS NULL'
const DAY_MS = 86_400_000

/** True when nothing would happen any more, however long one waited. */
function isAtRest(world: World): boolean {
  const { stripe, scheduler, nowMs } = world
  const { disk } = world.machine
  if (!scheduler.isIdle || stripe.nextDueMs() < Infinity) return false
  if (disk.all(OPEN)[0]?.['count'] !== 0) return false
  if (disk.all(CHARGED, nowMs)[0]?.['count'] !== 0) return false
  if (disk.all(COUNTED, nowMs - (nowMs % DAY_MS))[0]?.['count'] !== 0) return false
  if (Number(disk.all(TOLD_NEXT)[0]?.['at'] ?? Infinity) <= nowMs) return false
  return unheardIn(world, HANDLED) === null
}

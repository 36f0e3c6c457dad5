/** What holds at rest for mails that somebody reads: each arrives, and says what is due when it is due. */
import { Temporal } from 'temporal-polyfill'
import type { Row } from '../world/database.ts'
import { postOf } from '../world/post.ts'
import type { RestInvariant } from './at-rest.ts'

const LONGEST_PAUSE_MS = 21 * 3_600_000
const ATTEMPTS = 8
/** They say what may be overtaken before they leave. */
const DROPPABLE = ['reminder.digest', 'license.key']

/** C17: what was written down arrives, or a person is told that it did not. */
const everyMailArrives: RestInvariant = ({ world }) => {
  const post = postOf(world)
  if (post === null) return null
  for (const mail of world.machine.disk.all('SELECT * FROM mails')) {
    const copies = post.box.get(String(mail['id'])) ?? 0
    const fault = faultOf(mail, copies, world.nowMs)
    if (fault !== null) return `${mail['id']} (${mail['kind']}) ${fault}`
  }
  const [untold] = world.machine.disk.all(
    `SELECT id FROM mails WHERE failed_at IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM operator_tasks WHERE kind = 'mail.failed' AND reference = mails.id)`,
  )
  return untold === undefined ? null : `${untold['id']} was given up, and nobody is told`
}

function faultOf(mail: Row, copies: number, nowMs: number): string | null {
  if (mail['sent_at'] !== null) return copies > 0 ? null : 'is sent, and did not arrive'
  if (mail['dropped_at'] !== null) {
    return DROPPABLE.includes(String(mail['kind'])) ? null : 'was dropped'
  }
  if (mail['failed_at'] !== null) {
    const isTried = Number(mail['attempts']) >= ATTEMPTS || Number(mail['in_doubt']) > 1
    return isTried ? null : `was given up after ${mail['attempts']} attempts`
  }
  const at = Number(mail['try_at'] ?? 0)
  return at > nowMs && at <= nowMs + LONGEST_PAUSE_MS ? null : 'waits for ever'
}

/** C16: a copy more than one was possible, and is known. */
const copiesAreCounted: RestInvariant = ({ world }) => {
  const post = postOf(world)
  for (const [id, copies] of post?.box ?? []) {
    const [mail] = world.machine.disk.all('SELECT sent_at, in_doubt FROM mails WHERE id = ?', id)
    if (mail === undefined) continue
    const counted = Number(mail['in_doubt']) + (mail['sent_at'] === null ? 0 : 1)
    if (copies > counted) return `${id} arrived ${copies} times, ${counted} are known`
  }
  return null
}

interface Digest {
  readonly zone: string
  readonly writtenAt: string
  readonly renewable: readonly { readonly licenseId: string; readonly endsAt: string }[]
}

/** R18: each (license, end, occasion) is told once, and not before its time. */
const toldOnce: RestInvariant = ({ world }) => {
  if (postOf(world) === null) return null
  const told = new Set<string>()
  const cycles = new Map(
    world.machine.disk.all('SELECT id, cycle FROM licenses').map(({ id, cycle }) => [id, cycle]),
  )
  for (const { zone, writtenAt, renewable } of digestsOf(world.machine.disk.all(DIGESTS))) {
    for (const { licenseId, endsAt } of renewable) {
      const occasion = occasionAt(endsAt, writtenAt, zone, cycles.get(licenseId))
      const name = `${licenseId} ${endsAt} ${occasion}`
      if (occasion === null) return `${licenseId} was told too early, at ${writtenAt}`
      if (told.has(name)) return `${licenseId} was told twice of its ${occasion}`
      told.add(name)
    }
  }
  return null
}

/** R18: what is due by this morning was said, unless a renewal came first. */
const toldInTime: RestInvariant = ({ world }) => {
  if (postOf(world) === null) return null
  const digests = digestsOf(world.machine.disk.all(DIGESTS))
  for (const license of world.machine.disk.all(SPOKEN_OF)) {
    const zone = String(license['zone'])
    const now = instantOf(world.nowMs)
    // Jobs ran within the hour: what was due at nine has been looked at since.
    if (now.toZonedDateTimeISO(zone).hour < 11) continue
    const endsAt = instantOf(license['ends_at']).toString()
    const occasion = occasionAt(endsAt, now.toString(), zone)
    if (occasion === null || isLaterThanDue(license, occasion, zone)) continue
    const isTold = digests.some(
      ({ writtenAt, renewable }) =>
        renewable.some((it) => it.licenseId === license['id'] && isSame(it.endsAt, endsAt)) &&
        occasionAt(endsAt, writtenAt, zone) === occasion,
    )
    if (!isTold) return `${license['id']} was not told of its ${occasion}`
  }
  return null
}

const DIGESTS = `SELECT data FROM mails WHERE kind = 'reminder.digest'`
/** Monthly ones that renew by hand, since their present end was bought; with a grace that no dispute has moved. */
const SPOKEN_OF = `SELECT id, ends_at, zone, activated_at FROM licenses WHERE cycle = 'month'
  AND renewal_mode = 'manual' AND revoked_at IS NULL AND suspended_at IS NULL AND under_review_at IS NULL
  AND grace_days = 7 AND (held_end_at IS NOT ends_at OR held_grace_ms = 0) AND (SELECT max(at) FROM coverage WHERE license_id = licenses.id) < ends_at - 15 * 86400000
  AND NOT EXISTS (SELECT 1 FROM journal WHERE stream = 'license:' || licenses.id
    AND type = 'license.mode_changed')`

function digestsOf(rows: readonly Row[]): readonly Digest[] {
  return rows.map(({ data }) => JSON.parse(String(data)) as Digest)
}

/** By local dates, with a week of grace; null before the first: no offset is longer than half the cycle. */
function occasionAt(
  endsAt: string,
  at: string,
  zone: string,
  cycle: unknown = 'month',
): string | null {
  const dateOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO(zone).toPlainDate()
  const end = dateOf(Temporal.Instant.from(endsAt).subtract({ seconds: 1 }))
  const today = dateOf(Temporal.Instant.from(at))
  const { days } = today.until(end, { largestUnit: 'day' })
  const offsets = cycle === 'year' ? [1, 3, 7, 14, 30] : [1, 3, 7, 14]
  const offset = offsets.find((each) => days > 0 && each >= days)
  if (days > 0) return offset === undefined ? null : `end_${offset}`
  return days > -7 ? 'expiry' : days > -22 ? 'grace_end' : null
}

/** An occasion before which the license, or its end, was not there yet; or one that is over. */
function isLaterThanDue(license: Row, occasion: string, zone: string): boolean {
  const [, days = '0'] = /end_(\d+)/.exec(occasion) ?? []
  const end = instantOf(license['ends_at']).subtract({ seconds: 1 }).toZonedDateTimeISO(zone)
  const due = end
    .subtract({ days: Number(days) })
    .startOfDay()
    .add({ hours: 9 })
  return due.epochMilliseconds <= Number(license['activated_at'])
}

function instantOf(ms: unknown): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Number(ms))
}

function isSame(one: string, other: string): boolean {
  return Temporal.Instant.from(one).equals(Temporal.Instant.from(other))
}

export const MAIL_INVARIANTS: Readonly<Record<string, RestInvariant>> = {
  'C17 every mail arrives': everyMailArrives,
  'C16 copies are counted': copiesAreCounted,
  'R18 told once': toldOnce,
  'R18 told in time': toldInTime,
}

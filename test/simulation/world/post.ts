/**
 * The mail of a world in which somebody reads it, by a provider that knows our ids or by one that does
 * not. In all other worlds there is no transport, and what was written down waits.
 */
import type { MailOutcome, MailPort, OutgoingMail } from '../../../server/mail/port.ts'
import type { World } from './world.ts'

export interface Post {
  readonly isIdempotent: boolean
  /** What the provider answers to whatever it is given; `silent`: nothing, whether it took it or not. */
  mood: 'takes' | 'defers' | 'silent'
  /** How many copies of each intent lie in the box of their reader. */
  readonly box: Map<string, number>
}

const posts = new WeakMap<World, Post>()

export function openPost(world: World, isIdempotent: boolean): Post {
  const post = posts.get(world) ?? { isIdempotent, mood: 'takes', box: new Map() }
  posts.set(world, post)
  return post
}

export function postOf(world: World): Post | null {
  return posts.get(world) ?? null
}

/** A call over the network, at which everything goes wrong that goes wrong at Stripe's. */
export function mailOf(world: World): MailPort | null {
  const post = posts.get(world)
  if (post === undefined) return null
  const { isIdempotent } = post
  return {
    name: isIdempotent ? 'resend' : 'smtp',
    isIdempotent,
    send: async (mail) => {
      try {
        return await world.step<MailOutcome>(
          'stripe',
          () => `mails ${mail.id}: ${mail.subject}`,
          async () => answerOf(world, post, mail),
          { error: deferred, limit: deferred },
        )
      } catch (error) {
        return { kind: 'unknown', reason: String(error) }
      }
    },
  }
}

const deferred = (): MailOutcome => ({ kind: 'deferred', reason: 'Not now.' })

function answerOf(world: World, post: Post, mail: OutgoingMail): MailOutcome {
  if (post.mood === 'takes') return taken(world, post, mail)
  if (post.mood === 'defers') return deferred()
  if (world.lot(`${mail.id} ${world.nowMs}`) < 0.5) taken(world, post, mail)
  return { kind: 'unknown', reason: 'No answer.' }
}

function taken(world: World, post: Post, { id }: OutgoingMail): MailOutcome {
  const known = post.box.get(id) ?? 0
  const copies = post.isIdempotent ? 1 : known + 1
  post.box.set(id, copies)
  const [intent] = world.machine.disk.all('SELECT id FROM mails WHERE id = ?', id)
  if (intent === undefined) {
    world.violate({ invariant: 'C17 sent by its own id', says: `${id} is the id of no intent` })
  }
  if (copies > 2) {
    world.violate({ invariant: 'C16 one copy more at most', says: `${id} arrived ${copies} times` })
  }
  return { kind: 'accepted', providerId: null }
}

/** When the outbox is to be looked at: at once for what is new. */
export const POSTED_NEXT = `SELECT min(coalesce(try_at, created_at)) AS at FROM mails
  WHERE sent_at IS NULL AND failed_at IS NULL AND dropped_at IS NULL`

const DAY_MS = 86_400_000
/** After nine in the morning in all zones of `scene.ts`. */
const DIGEST_MS = 15 * 3_600_000
/** Days before the end at which something is said of a monthly license; the last is that of its grace. */
const OCCASIONS = [14, 7, 3, 1, 0, -7]

/** When licenses are to be spoken of next, or metered days to be asked for. */
export function remindedNextMs({ machine: { disk } }: World, afterMs: number): number {
  const ends = disk.all('SELECT ends_at FROM licenses WHERE revoked_at IS NULL')
  const reminders = ends.flatMap(({ ends_at: end }) =>
    OCCASIONS.map((days) => (Math.floor(Number(end) / DAY_MS) - days) * DAY_MS + DIGEST_MS),
  )
  const meters = disk.all(METERED_NEXT, afterMs, afterMs).map(({ at }) => Number(at))
  return Math.min(...[...reminders, ...meters].filter((at) => at > afterMs), Infinity)
}

/** The first of the month, the day after a stop, the next try of a bill, the end of patience with one. */
const METERED_NEXT = `SELECT
    unixepoch(? / 1000, 'unixepoch', 'start of month', '+1 month') * 1000 + 300000 AS at
    FROM meters WHERE stopped_at IS NULL
  UNION ALL SELECT (stopped_at / 86400000 + 1) * 86400000 + 300000 FROM meters WHERE stopped_at > ? - 172800000
  UNION ALL SELECT next_at FROM meter_bills WHERE next_at IS NOT NULL
  UNION ALL SELECT due_at + 7 * 86400000 FROM meter_bills WHERE state = 'past_due' AND suspended_at IS NULL`

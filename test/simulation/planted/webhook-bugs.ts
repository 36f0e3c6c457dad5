/** Mistakes in listening to Stripe, and in looking for oneself. */
import type { PlantedBug } from './patches.ts'

const INBOX = 'server/usecases/handle-provider-event.ts'
const SWEEP = 'server/jobs/sweep.ts'
const RECONCILE = 'server/jobs/reconcile.ts'

export const WEBHOOK_BUGS: readonly PlantedBug[] = [
  {
    name: 'payload-trusted',
    file: 'server/usecases/settle-order.ts',
    find: `if (named !== null) return named`,
    replace: `if (named !== null) return cause.actor === 'provider' ? { ...named, state: 'complete', payment: 'paid', paidAt: named.paidAt ?? deps.now() } : named`,
    foundBy: ['I3', 'I12'],
  },
  {
    name: 'other-mode-applied',
    file: INBOX,
    find: `if (event.livemode !== deps.payments.livemode) {`,
    replace: `if (event.id === '') {`,
    foundBy: ['P22'],
  },
  {
    name: 'marked-handled-before-it-was',
    file: INBOX,
    find: `    handledAt: null,
    outcome: null,`,
    replace: `    handledAt: deps.now(),
    outcome: 'handled',`,
    foundBy: ['I2', 'I12', 'P26'],
  },
  {
    name: 'event-never-marked-handled',
    file: INBOX,
    find: `return current === null || current.handledAt !== null ? null : markHandled(deps, current)`,
    replace: `return current === undefined ? markHandled(deps, row) : null`,
    foundBy: ['P26'],
  },
  {
    name: 'event-not-tried-again',
    file: INBOX,
    find: `sweepAt: deps.now().add(RETRY_AFTER),
  }`,
    replace: `sweepAt: null,
  }`,
    foundBy: ['P26', 'I2'],
  },
  {
    name: 'sweep-skips-the-first',
    file: SWEEP,
    find: `for (const orderId of orderIds) {`,
    replace: `for (const orderId of orderIds.slice(1)) {`,
    foundBy: ['I2'],
  },
  {
    name: 'lease-for-ever',
    file: SWEEP,
    find: `.set({ sweepAt })`,
    replace: `.set({ sweepAt: sweepAt.add({ hours: 24 }) })`,
    foundBy: ['I2'],
  },
  {
    name: 'one-failure-ends-the-sweep',
    file: SWEEP,
    find: `deps.log({ level: 'error', event: 'sweep.failed', reference, error: String(error) })`,
    replace: `deps.log({ level: 'error', event: 'sweep.failed', reference, error: String(error) })
    await commit(deps.db, deps.now(), { journal: [{ stream: 'job:sweep-failed', version: (await streamVersion(deps.db, 'job:sweep-failed')) + 1, type: 'job.failed', actor: STREAM, productId: null, data: {} }], statements: [deps.db.orm.update(orders).set({ sweepAt: null }).where(inArray(orders.id, [reference as never]))] })`,
    foundBy: ['I2'],
  },
  {
    name: 'mark-moved-over-what-failed',
    file: RECONCILE,
    find: `return (await knownEventIds(deps.db, [event.id])).has(event.id)`,
    replace: `return true`,
    foundBy: ['P27', 'I2', 'P26', 'I12'],
  },
  {
    name: 'reconcile-looks-at-what-is-known',
    file: RECONCILE,
    find: `const news = events.filter(({ id }) => !known.has(id))`,
    replace: `const news = events.filter(({ id }) => known.has(id))`,
    foundBy: ['P27', 'I2', 'P09', 'I12'],
  },
]

/** Mistakes in listening to Stripe, and in looking for oneself. */
import type { PlantedBug } from './patches.ts'

const INBOX = 'server/usecases/handle-provider-event.ts'
const ROWS = 'server/usecases/provider-inbox.ts'
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
    name: 'event-never-marked-handled',
    file: ROWS,
    find: `return current === null || current.handledAt !== null ? null : markHandled(deps, current)`,
    replace: `return current === undefined ? markHandled(deps, row) : null`,
    foundBy: ['P26'],
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
    name: 'reconcile-looks-at-what-is-known',
    file: RECONCILE,
    find: `return events.filter(({ id }) => !known.has(id))`,
    replace: `return events.filter(({ id }) => known.has(id))`,
    foundBy: ['P27', 'I2', 'P09', 'I12'],
  },
  {
    name: 'first-look-goes-back-three-days',
    file: RECONCILE,
    find: `?? (await firstLook(deps))`,
    replace: `?? deps.now().subtract(FIRST_LOOK)`,
    foundBy: ['P27'],
    stage: ['subscriber0'],
  },
]

/** The real application over simulated surroundings; made once per process of the simulator. */
import { createApp } from '../../../server/app.ts'
import type { Deps } from '../../../server/deps.ts'
import { webSha256 } from '../../../server/domain/offline-codes.ts'
import { createStripePayments } from '../../../server/payments/stripe.ts'
import { createNewId } from '../../../server/runtime/ids.ts'
import { createLimiter } from '../../../server/runtime/sliding-window.ts'
import { createTestSecrets } from '../../support/secrets.ts'
import { CENTER_ORIGIN, HOST_SECRET } from './catalogue.ts'
import { databaseWith, openDisk, type Disk } from './database.ts'
import { webhooksOf } from './host-backend.ts'
import { labelOf } from './labels.ts'
import { mailOf } from './post.ts'
import { STRIPE_KEY, STRIPE_ORIGIN, WEBHOOK_SECRET } from './stripe.ts'
import type { Machine, World } from './world.ts'

export async function startMachine(): Promise<Machine> {
  const disk = await openDisk()
  const secrets = await createTestSecrets(() => HOST_SECRET)
  let world: World | null = null
  const now = () => {
    if (world === null) throw new Error('the clock was asked between two schedules')
    return world.serverNow()
  }
  const payments = createStripePayments({
    secretKey: STRIPE_KEY,
    webhookSecrets: [WEBHOOK_SECRET],
    apiBase: STRIPE_ORIGIN,
    now,
  })
  const app = createApp(async (env) => env['deps'] as Deps)
  return {
    disk,
    answer: async (request, deps) => app.fetch(request, { deps }),
    depsOf: (current) => {
      world = current
      const { scheduler } = current
      const randomBytes = (length: number) => scheduler.current.chance.bytes(length)
      return {
        db: database(disk, current),
        payments,
        get mail() {
          return mailOf(current)
        },
        now,
        newId: createNewId(now, randomBytes),
        randomBytes,
        random: () => scheduler.current.chance.real(),
        sleep: (ms) => {
          const task = scheduler.current
          return scheduler.wait(task, `${task.name}#${task.steps++}`, ms)
        },
        secrets,
        sha256: webSha256,
        limiter: createLimiter(() => now().epochMilliseconds),
        webhooks: webhooksOf(current),
        config: {
          centerOrigin: CENTER_ORIGIN,
          sandbox: true,
          longPoll: { everyMs: 1000, maxMs: 20_000 },
          addressOf: () => null,
        },
        log: (entry) => {
          current.logs.push(entry)
          if (entry.event === 'request.crashed') {
            current.violate({
              invariant: 'P26 refused, never crashed',
              says: String(entry['error']),
            })
          }
          if (entry.level !== 'info') current.note(() => `logs ${JSON.stringify(entry)}`)
        },
      }
    },
  }
}

function database(disk: Disk, world: World): Deps['db'] {
  return databaseWith(disk, {
    read: (statements, run) => world.step('read', () => `reads ${labelOf(statements)}`, run),
    write: (statements, run) =>
      world.step(
        'write',
        () => `writes ${labelOf(statements)}`,
        async () => {
          const result = await run()
          world.afterWrite()
          return result
        },
      ),
  })
}

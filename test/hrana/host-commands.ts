/** Commands of backends of hosts, and those that let them in. */
import { releasesOf } from '../../server/db/queries/releases.ts'
import { deliveriesOf, endpointsOf } from '../../server/db/queries/webhooks.ts'
import { webhookDeliveries } from '../../server/db/schema.ts'
import { provenHost } from '../../server/domain/host-scope.ts'
import type { WebhookPort } from '../../server/domain/webhook.ts'
import { deliverWebhooks } from '../../server/jobs/deliver-webhooks.ts'
import {
  createEndpoint,
  deleteEndpoint,
  enableEndpoint,
  redeliver,
  rotateSecret,
  sendTest,
} from '../../server/usecases/change-webhook-endpoints.ts'
import { createHostKey, revokeHostKey } from '../../server/usecases/change-host-keys.ts'
import {
  publishRelease,
  rollOutRelease,
  yankRelease,
} from '../../server/usecases/publish-release.ts'
import type { TestSystem } from '../support/system.ts'
import { entriesFromHere, later, planted, type Command } from './given.ts'

const ACT = { actor: 'operator:mia', reason: 'Checked' } as const

const NEW_RELEASE = {
  product: 'recover',
  channel: 'stable',
  releasedAt: null,
  notesUrl: null,
  artifacts: [],
  rolloutPercent: 10,
} as const

/** Versions are made of the numbers in the name of the attempt, and of its fate. */
function versionOf(name: string): string {
  return `1.0.0-${name}`
}

async function offeredOf({ system }: TestSystem, version: string) {
  const rows = await releasesOf(system.deps.db, 'recover')
  return rows
    .filter((row) => row.version === version)
    .map(({ rolloutPercent, rowVersion, yankReason }) => [rolloutPercent, rowVersion, yankReason])
}

const HOST = provenHost('recover', 'backend')

/** An address of its own for each attempt. */
function endpointOf({ system }: TestSystem, name: string) {
  const url = `http://localhost:1/${name}`
  return createEndpoint(system.deps, HOST, { url, email: 'it@acme.example' })
}

async function stateOf({ system }: TestSystem, name: string) {
  const sql = 'SELECT state, version FROM webhook_endpoints WHERE url = ?'
  const args = [`http://localhost:1/${name}`]
  return (await system.deps.db.client.execute({ sql, args })).rows.map((row) => row['state'])
}

const WEBHOOK_COMMANDS: readonly Command[] = [
  {
    name: 'webhook endpoints create',
    covers: ['usecases/change-webhook-endpoints.ts'],
    prepare: async (center, name) => ({
      give: async () => (await endpointOf(center, name)).endpoint.state,
      left: () => stateOf(center, name),
    }),
  },
  ...(['rotate', 'enable', 'delete'] as const).map((verb): Command => ({
    name: `webhook endpoints ${verb}`,
    covers: ['usecases/change-webhook-endpoints.ts'],
    ...(verb === 'delete' ? { repeated: 'webhook_endpoint.not_found' } : {}),
    prepare: async (center, name) => {
      const { deps } = center.system
      const { id } = (await endpointOf(center, name)).endpoint
      const give = {
        rotate: async () => (await rotateSecret(deps, HOST, id, 24)).endpoint.state,
        enable: async () => (await enableEndpoint(deps, HOST, id)).state,
        delete: async () => (await deleteEndpoint(deps, HOST, id)).state,
      }[verb]
      return { give, left: () => stateOf(center, name) }
    },
  })),
  {
    name: 'webhooks test',
    covers: ['usecases/change-webhook-endpoints.ts'],
    prepare: async (center, name) => {
      // The tests of other attempts are older than a repeat of this one can be.
      const { clock, deps } = center.system
      clock.moveTo(clock.now().add({ minutes: 1 }))
      const at = clock.now()
      const entries = await entriesFromHere(center, `webhook_test:${HOST.productId}`)
      const give = () => sendTest({ ...deps, now: () => at }, HOST)
      return { give: async () => (await give()) ?? name.length > 0, left: entries }
    },
  },
  {
    name: 'webhooks redeliver',
    covers: ['usecases/change-webhook-endpoints.ts'],
    prepare: async (center, name) => {
      const { deps } = center.system
      const { id } = (await endpointOf(center, name)).endpoint
      const told = { position: 1, object: 'order:1', type: 'order.fulfilled' }
      const ended = { state: 'failed', attempts: 10, outcome: '500' } as const
      const at = { nextAt: deps.now(), createdAt: deps.now(), endedAt: deps.now() }
      const row = { endpointId: id, ...told, ...ended, ...at }
      await planted(center, [deps.db.orm.insert(webhookDeliveries).values(row)])
      return {
        give: async () => (await redeliver(deps, HOST, id, 1)).state,
        left: async () =>
          (await deliveriesOf(deps.db, id)).map(({ state, attempts }) => [state, attempts]),
      }
    },
  },
]

/** Looks at all endpoints and everything that happened. */
export const WEBHOOK_JOB: Command = {
  name: 'the delivery of webhooks',
  covers: ['jobs/deliver-webhooks.ts', 'usecases/settle-webhooks.ts'],
  prepare: async (center, name) => {
    const { deps: own } = center.system
    for (const earlier of await endpointsOf(own.db, HOST)) {
      await deleteEndpoint(own, HOST, earlier.id)
    }
    const { id } = (await endpointOf(center, name)).endpoint
    await sendTest(center.system.deps, HOST)
    const told = new Set<string>()
    const webhooks: WebhookPort = {
      post: async (url, headers) => {
        if (url.endsWith(name)) told.add(headers['webhook-id'] ?? '')
        return { kind: 'answered', status: 204, retryAfterSeconds: null }
      },
    }
    return {
      // The lease of a run that failed is over by then.
      give: () => later(center, { minutes: 6 }, (deps) => deliverWebhooks({ ...deps, webhooks })),
      left: async () => {
        const rows = await deliveriesOf(center.system.deps.db, id)
        return { states: rows.map(({ state }) => state), told: told.size }
      },
    }
  },
}

export const HOST_COMMANDS: readonly Command[] = [
  {
    name: 'api-keys create',
    covers: ['usecases/change-host-keys.ts'],
    repeated: 'api_key.taken',
    prepare: async ({ system }, name) => ({
      // The key itself is new each time: what was stored is asked for below.
      give: async () =>
        (await createHostKey(system.deps, { product: 'recover', name, ...ACT })).length,
      left: async () => {
        const sql = 'SELECT count(*) AS n FROM host_api_keys WHERE name = ?'
        const { rows } = await system.deps.db.client.execute({ sql, args: [name] })
        return rows[0]?.['n']
      },
    }),
  },
  {
    name: 'api-keys revoke',
    covers: ['usecases/change-host-keys.ts'],
    prepare: async ({ system }, name) => {
      await createHostKey(system.deps, { product: 'recover', name, ...ACT })
      return {
        give: () => revokeHostKey(system.deps, { product: 'recover', name, ...ACT }),
        left: async () => {
          const sql = 'SELECT version FROM host_api_keys WHERE name = ? AND revoked_at IS NOT NULL'
          return (await system.deps.db.client.execute({ sql, args: [name] })).rows.length
        },
      }
    },
  },
  ...WEBHOOK_COMMANDS,
  ...(['publish', 'rollout', 'yank'] as const).map((verb): Command => ({
    name: `releases ${verb}`,
    covers: ['usecases/publish-release.ts'],
    prepare: async (center, name) => {
      const { deps } = center.system
      const version = versionOf(name)
      const publish = () => publishRelease(deps, { ...NEW_RELEASE, version }, ACT)
      if (verb !== 'publish') await publish()
      const release = { product: 'recover', version }
      const give = {
        publish,
        rollout: () => rollOutRelease(deps, release, 50, ACT),
        yank: () => yankRelease(deps, release, ACT),
      }[verb]
      return {
        give: async () => (await give()).rowVersion,
        left: () => offeredOf(center, version),
      }
    },
  })),
]

/** Commands of backends of hosts, and those that let them in. */
import { releasesOf } from '../../server/db/queries/releases.ts'
import { createHostKey, revokeHostKey } from '../../server/usecases/change-host-keys.ts'
import {
  publishRelease,
  rollOutRelease,
  yankRelease,
} from '../../server/usecases/publish-release.ts'
import type { TestSystem } from '../support/system.ts'
import type { Command } from './given.ts'

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

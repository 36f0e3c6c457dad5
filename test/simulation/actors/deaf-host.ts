/** The backend of a host that hears every other word: many changes of one thing wait for it at once. */
import { provenHost } from '../../../server/domain/host-scope.ts'
import { createEndpoint } from '../../../server/usecases/change-webhook-endpoints.ts'
import { publishRelease, rollOutRelease } from '../../../server/usecases/publish-release.ts'
import type { Deps } from '../../../server/deps.ts'
import { hostBackendOf } from '../world/host-backend.ts'
import { type Actor, isTold, type Scene } from './scene.ts'

const HOST = provenHost('recover', 'simulated')
const ACCOUNT = { actor: HOST.actor, reason: 'A version.' } as const
const RELEASE = { product: 'recover', version: '2.0.0' } as const
const FACTS = { channel: 'stable', releasedAt: null, notesUrl: null, artifacts: [] } as const
const HOUR_MS = 3_600_000

export const deafHost: Actor = {
  name: 'deaf-host',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const backend = hostBackendOf(world)
    const endpoint = { url: 'https://hooks.acme.com/deaf', email: 'it@acme.example' }
    await run(scene, 'asks', (deps) => createEndpoint(deps, HOST, endpoint))
    backend.status = 'deaf'
    const news = { ...RELEASE, ...FACTS, rolloutPercent: 1 }
    await run(scene, 'publishes', (deps) => publishRelease(deps, news, ACCOUNT))
    for (const percent of [10, 20, 30, 40]) {
      await run(scene, `offers${percent}`, (deps) =>
        rollOutRelease(deps, RELEASE, percent, ACCOUNT),
      )
    }
    await scene.sleep(chance.below(chance.pick([1, 30])) * HOUR_MS)
    backend.status = 204
  },
}

/** Inside a server, which may die with it; nothing is waited for but a moment. */
async function run(
  { world, sleep }: Scene,
  what: string,
  work: (deps: Deps) => Promise<unknown>,
): Promise<void> {
  const { current } = world.scheduler
  world.servers.run(`${current.name}.${what}`, async (deps) => {
    try {
      await work(deps)
    } catch (error) {
      if (!isTold(error)) throw error
    }
  })
  await sleep(10)
}

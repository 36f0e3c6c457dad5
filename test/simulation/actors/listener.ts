/** The backend of a host asks to be told, publishes versions, buys, and is now and then in no mood to listen. */
import { provenHost } from '../../../server/domain/host-scope.ts'
import {
  createEndpoint,
  enableEndpoint,
  rotateSecret,
} from '../../../server/usecases/change-webhook-endpoints.ts'
import {
  publishRelease,
  rollOutRelease,
  yankRelease,
} from '../../../server/usecases/publish-release.ts'
import type { Deps } from '../../../server/deps.ts'
import { hostBackendOf } from '../world/host-backend.ts'
import { bought } from './renewer.ts'
import { type Actor, isTold, type Scene } from './scene.ts'

const HOUR_MS = 3_600_000
const HOST = provenHost('recover', 'simulated')
const ACCOUNT = { actor: HOST.actor, reason: 'A version.' } as const
const URL = 'https://hooks.acme.com/licenses'

export const listener: Actor = {
  name: 'listener',
  weight: 3,
  act: async (scene) => {
    const { chance, world } = scene
    const endpoint = { url: URL, email: 'it@acme.example' }
    runs(scene, 'asks', (deps) => createEndpoint(deps, HOST, endpoint))
    await scene.sleep(chance.below(60_000))
    const backend = hostBackendOf(world)
    if (chance.is(0.6)) backend.status = chance.pick([500, 429])
    if (chance.is(0.5)) await bought(scene)
    const release = { product: 'recover', version: '1.0.0' }
    const unlimited = { releasedAt: null, notesUrl: null, artifacts: [], rolloutPercent: 1 }
    const news = { ...release, ...unlimited, channel: 'stable' } as const
    const steps: ((deps: Deps) => Promise<unknown>)[] = [
      (deps) => publishRelease(deps, news, ACCOUNT),
      (deps) => rollOutRelease(deps, release, 10, ACCOUNT),
      (deps) => rollOutRelease(deps, release, 50, ACCOUNT),
      (deps) => yankRelease(deps, release, ACCOUNT),
    ]
    for (const [number, step] of steps.entries()) {
      runs(scene, `release${number}`, step)
      await scene.sleep(chance.below(chance.pick([1000, HOUR_MS])))
      if (chance.is(0.2)) await meddle(scene)
      if (number === 2) backend.status = 204
    }
    backend.status = 204
  },
}

async function meddle(scene: Scene): Promise<void> {
  const { chance, world } = scene
  const [row] = world.machine.disk.all('SELECT id FROM webhook_endpoints')
  if (row === undefined) return
  const id = String(row['id'])
  const isRotated = chance.is(0.5)
  runs(scene, 'meddles', (deps) =>
    isRotated ? rotateSecret(deps, HOST, id, 1) : enableEndpoint(deps, HOST, id),
  )
}

/** Inside a server, as a request of the host API does; it may die with that. */
function runs({ world }: Scene, what: string, work: (deps: Deps) => Promise<unknown>): void {
  const { current } = world.scheduler
  world.servers.run(`${current.name}.${what}${current.steps++}`, async (deps) => {
    try {
      await work(deps)
    } catch (error) {
      if (!isTold(error)) throw error
    }
  })
}

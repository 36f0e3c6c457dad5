/** More machines than units: they start, two of them as the same one, run, stop, and die without a word. */
import { ask, holds, type Held } from './installed.ts'
import type { Actor, Scene } from './scene.ts'

const MINUTE_MS = 60_000

export const fleet: Actor = {
  name: 'fleet',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const isFloating = chance.is(0.5)
    const held = await holds(scene, isFloating ? 'float' : 'dr', 1 + chance.below(2))
    if (held === null) return
    const machines = 2 + chance.below(3)
    const lives = Array.from({ length: machines }, (_, number) => {
      const fingerprint = `host-${number % Math.max(1, machines - 1)}`
      return lifeOf(scene, fingerprint, isFloating)
    })
    await scene.together(...lives.map((life) => () => lived(scene, held, life)))
  },
}

interface Moment {
  readonly afterMs: number
  readonly verb: 'activate' | 'validate' | 'heartbeat' | 'deactivate'
}

interface Life {
  readonly fingerprint: string
  readonly moments: readonly Moment[]
}

/** Decided before anybody acts, so that it hangs on no interleaving. */
function lifeOf({ chance }: Scene, fingerprint: string, isFloating: boolean): Life {
  const longest = isFloating ? 150 : 3000
  const moments = Array.from({ length: 2 + chance.below(4) }, (_, number) => ({
    afterMs: (chance.is(0.3) ? 0 : chance.below(longest)) * MINUTE_MS,
    verb:
      number === 0
        ? ('activate' as const)
        : chance.pick(['activate', 'validate', 'heartbeat', 'deactivate', 'activate'] as const),
  }))
  return { fingerprint, moments }
}

async function lived(scene: Scene, held: Held, { fingerprint, moments }: Life): Promise<void> {
  for (const { afterMs, verb } of moments) {
    await scene.sleep(afterMs)
    await ask(scene, held, verb, { fingerprint, name: fingerprint })
  }
}

/** Puts other prices in force while people buy, and the old ones again. */
import { applyCatalogue } from '../../../server/usecases/apply-catalogue.ts'
import { catalogueOf } from '../world/catalogue.ts'
import { type Actor, isTold } from './scene.ts'

export const publisher: Actor = {
  name: 'publisher',
  weight: 1,
  act: async (scene) => {
    for (const version of [2, 1]) {
      await scene.sleep(scene.chance.below(60_000))
      const document = catalogueOf(version)
      const command = { document, actor: 'operator:1', reason: 'Prices.', keys: 'guarded' as const }
      scene.world.servers.run(`${scene.world.scheduler.current.name}.${version}`, async (deps) => {
        try {
          await applyCatalogue(deps, command)
        } catch (error) {
          if (!isTold(error)) throw error
        }
      })
    }
  },
}

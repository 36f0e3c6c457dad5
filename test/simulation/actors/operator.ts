/** Works through the review queue: releases or cancels, sometimes two people the same order. */
import type { Id } from '../../../server/domain/ids.ts'
import { reviewOrder } from '../../../server/usecases/review-order.ts'
import { type Actor, isTold } from './scene.ts'

export const operator: Actor = {
  name: 'operator',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    for (let look = 0; look < 3; look++) {
      await scene.sleep(40_000 + chance.below(60_000))
      const queue = world.machine.disk.all(`SELECT id FROM orders WHERE state = 'review'`)
      for (const [index, { id }] of queue.entries()) {
        const people = chance.is(0.3) ? 2 : 1
        for (let person = 0; person < people; person++) {
          const decision = chance.pick<'release' | 'cancel'>(['release', 'cancel'])
          const name = `${world.scheduler.current.name}.${look}.${index}.${person}`
          world.servers.run(name, async (deps) => {
            const review = { decision, actor: `operator:${person}`, reason: 'Seen.' }
            try {
              await reviewOrder(deps, String(id) as Id<'ord'>, review)
            } catch (error) {
              if (!isTold(error)) throw error
            }
          })
        }
      }
    }
  },
}

/** Uses units up, one for each machine that it moves: reserves, uses, gives back, says it twice. */
import { ask, holds } from './installed.ts'
import type { Actor } from './scene.ts'

export const migrator: Actor = {
  name: 'migrator',
  weight: 2,
  act: async (scene) => {
    const { chance, world } = scene
    const held = await holds(scene, 'failback', 1 + chance.below(3))
    if (held === null) return
    const moves = Array.from({ length: 3 + chance.below(5) }, () => ({
      afterMs: chance.is(0.5) ? 0 : chance.below(90_000),
      verb: chance.pick(['activate', 'consume', 'consume', 'release'] as const),
      reference: `vm-${chance.below(4)}`,
    }))
    await scene.together(
      ...moves.map(({ afterMs, verb, reference }) => async () => {
        await scene.sleep(afterMs)
        const check = await ask(scene, held, verb, { reference })
        if (check?.unit?.state !== 'consumed') return
        const [row] = world.machine.disk.all(
          'SELECT use FROM license_units WHERE license_id = ? AND reference = ?',
          held.id,
          reference,
        )
        if (row?.['use'] !== 'consumed') {
          world.violate({ invariant: 'S30 used is told', says: `${reference} is ${row?.['use']}` })
        }
        world.requests.push(async () => void (await ask(scene, held, 'consume', { reference })))
      }),
    )
  },
}

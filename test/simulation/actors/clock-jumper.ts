/** The servers' clock jumps an hour ahead or back, and is mended after a while (C13). */
import type { Actor } from './scene.ts'

const HOUR_MS = 3_600_000

export const clockJumper: Actor = {
  name: 'clock-jumper',
  weight: 1,
  act: async ({ world, chance, sleep }) => {
    await sleep(chance.below(90_000))
    world.clockErrorMs = chance.pick([-HOUR_MS, HOUR_MS])
    world.clockAheadMs = Math.max(0, world.clockErrorMs)
    world.note(() => `the servers' clock is ${world.clockErrorMs / HOUR_MS} h off`)
    await sleep(30_000 + chance.below(120_000))
    world.clockErrorMs = 0
    world.note(() => `the servers' clock is right again`)
  },
}

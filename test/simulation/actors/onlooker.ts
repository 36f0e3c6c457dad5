/** Buys, and looks at the license in the second before it ends, at its end, and when its grace is over (C12). */
import { Temporal } from 'temporal-polyfill'
import { order } from './buyer.ts'
import { attempt, type Actor, type Scene } from './scene.ts'
import type { License } from '../../../server/contract/licenses.ts'
import type { Buyer } from '../../support/buyer.ts'

const DAY_MS = 86_400_000
/** Of the catalogue's defaults (R17). */
const GRACE_DAYS = 7
const RETENTION_DAYS = 15

export const onlooker: Actor = {
  name: 'onlooker',
  weight: 1,
  act: async (scene) => {
    const placed = await order(scene, { product: 'recover' })
    if (placed === null) return
    const location = await scene.pay(placed.order)
    if (location !== null) await scene.visit(location)
    const list = await attempt(() => placed.acme.licenses())
    const license = list?.data.find(({ complimentary_of }) => complimentary_of === null)
    if (license === undefined) return
    const endMs = Temporal.Instant.from(license.expires_at).epochMilliseconds
    const graceMs = endMs + (license.one_time ? 0 : GRACE_DAYS * DAY_MS)
    const lastMs = graceMs + (license.one_time ? 0 : RETENTION_DAYS * DAY_MS)
    const moment = scene.chance.pick([endMs, endMs, graceMs, lastMs])
    await look(
      scene,
      placed.acme,
      license,
      moment - 1000,
      wordAt(moment - 1000, endMs, graceMs, lastMs),
    )
    await look(scene, placed.acme, license, moment, wordAt(moment, endMs, graceMs, lastMs))
  },
}

function wordAt(nowMs: number, endMs: number, graceMs: number, lastMs: number): string {
  return nowMs < endMs
    ? 'active'
    : nowMs < graceMs
      ? 'grace'
      : nowMs < lastMs
        ? 'retained'
        : 'ended'
}

/** Both ways to ask: one license, and the list, which finds the status in SQL. */
async function look(
  scene: Scene,
  acme: Buyer,
  { id, expires_at }: License,
  moment: number,
  word: string,
): Promise<void> {
  const { world } = scene
  await scene.sleep(Math.max(0, moment - world.nowMs))
  const isExact = () => world.nowMs === moment && world.clockErrorMs === 0
  const one = await attempt(() => acme.license(id))
  const listed = await attempt(() => acme.licenses({ status: word }))
  if (!isExact() || one?.expires_at !== expires_at) return
  const says = `at ${new Date(moment).toISOString()} ${id} should be ${word}`
  if (one.status !== word)
    world.violate({ invariant: 'C12 status', says: `${says}, is ${one.status}` })
  if (listed !== null && listed.data.every((license) => license.id !== id)) {
    world.violate({ invariant: 'C12 status in lists', says })
  }
}

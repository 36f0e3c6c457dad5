/** Moves a license from one machine to another while both run, and changes its key under them. */
import { decideRebind } from '../../../server/usecases/decide-rebind.ts'
import { catalogueOf } from '../world/catalogue.ts'
import { answerOf, ask, holds, type Held } from './installed.ts'
import { type Actor, isTold, type Scene } from './scene.ts'

const HOUR_MS = 3_600_000

export const mover: Actor = {
  name: 'mover',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    const held = await holds(scene, 'dr', 1 + chance.below(2))
    if (held === null) return
    const old = await ask(scene, held, 'activate', { fingerprint: 'old', name: 'db' })
    await scene.sleep(chance.below(50) * HOUR_MS)
    const activation = old?.activation?.id
    if (activation !== undefined) await moved(scene, held, activation)
    if (chance.is(0.7)) await keyChanged(scene, held)
  },
}

/** By the customer in the console, by the new machine, or by both at once; the old one goes on. */
async function moved(scene: Scene, held: Held, activation: string): Promise<void> {
  const { chance } = scene
  const body = { activation_id: activation, fingerprint: 'new', name: 'db', reason: null }
  const byOwner = () =>
    answerOf(scene, () => held.acme.send(`licenses/${held.id}/rebind`, { body }))
  const byMachine = () =>
    ask(scene, held, 'rebind', { fingerprint: 'new-2', activation_id: activation })
  const goesOn = chance.pick(['validate', 'deactivate', 'activate'] as const)
  const pauseMs = chance.below(2000)
  const isRaced = chance.is(0.5)
  await scene.together(
    byOwner,
    ...(isRaced ? [byMachine] : []),
    async () => {
      await scene.sleep(pauseMs)
      await ask(scene, held, goesOn, { fingerprint: 'old', name: 'db' })
    },
    ...[0, 1].map((person) => () => decided(scene, person)),
  )
  await decided(scene, 2)
  await ask(scene, held, 'activate', { fingerprint: chance.pick(['old', 'new']) })
}

/** An operator looks at the queue. */
async function decided({ chance, sleep, world }: Scene, person: number): Promise<void> {
  await sleep(1000 * person)
  const decision = person === 1 ? 'denied' : 'approved'
  const waiting = world.machine.disk.all(`SELECT id FROM rebinds WHERE state = 'requested'`)
  const [product] = catalogueOf(1).products
  for (const { id } of waiting) {
    world.servers.run(`${world.scheduler.current.name}.rebind${person}`, async (deps) => {
      const command = { rebindId: String(id), decision, owner: null } as const
      const account = { actor: 'operator:sim', reason: 'A look.' }
      try {
        if (product !== undefined)
          await decideRebind(deps, async () => product, { ...command, ...account })
      } catch (error) {
        if (!isTold(error)) throw error
      }
    })
  }
  await sleep(chance.below(1000))
}

const ROTATED = `SELECT count(*) AS count FROM journal WHERE stream = ? AND type = 'license.key_rotated'`

/** T15: the old key works until the instant that was said, and not beyond it. */
async function keyChanged(scene: Scene, { acme, id, key, last4 }: Held): Promise<void> {
  const { chance, world } = scene
  const hours = chance.pick([0, 1, 24])
  const body = { key_last4: last4, overlap_hours: hours }
  const rotate = () => answerOf(scene, () => acme.send(`licenses/${id}/rotate-key`, { body }))
  const first = await rotate()
  if (first === null) return
  const again = await rotate()
  if (again !== null && again['key'] !== first['key']) {
    world.violate({ invariant: 'T15 rotated once', says: `${id} has another key each time` })
  }
  world.requests.push(async () => void (await rotate()))
  const rotations = () => world.machine.disk.all(ROTATED, `license:${id}`)[0]?.['count']
  const known = rotations()
  const untilMs = Date.parse(String(first['previous_until']))
  for (const pauseMs of [0, chance.below(2 * HOUR_MS), 30 * HOUR_MS]) {
    await scene.sleep(pauseMs)
    const fromMs = world.serverNow().epochMilliseconds
    const isExact = () => world.clockErrorMs === 0
    const wasExact = isExact()
    const old = await ask(scene, { id, key }, 'validate', { fingerprint: 'old' })
    const toMs = world.serverNow().epochMilliseconds
    const fresh = await ask(scene, { id, key: String(first['key']) }, 'validate', {})
    // Somebody else of this customer did the same since: what they were told holds now.
    if (rotations() !== known) return
    if (fresh?.code === 'NOT_FOUND') {
      world.violate({ invariant: 'T15 new key works', says: `${id} does not know its new key` })
    }
    if (old === null || !wasExact || !isExact()) continue
    const works = old.code !== 'NOT_FOUND'
    if (works && fromMs >= untilMs) {
      world.violate({ invariant: 'T15 old key ends', says: `${id} still takes its old key` })
    }
    if (!works && toMs < untilMs) {
      world.violate({ invariant: 'T15 old key overlaps', says: `${id} refused its old key early` })
    }
  }
}

/** What an installed product has, and how it asks: by its key, again while no answer arrives. */
import type { Validation } from '../../../server/contract/license-api.ts'
import type { Buyer, Item } from '../../support/buyer.ts'
import type { Verb } from '../../support/installation.ts'
import { CENTER_ORIGIN } from '../world/catalogue.ts'
import type { World } from '../world/world.ts'
import { bought } from './renewer.ts'
import { attempt, insist, type Scene } from './scene.ts'

export interface Held {
  readonly acme: Buyer
  readonly id: string
  readonly key: string
  readonly last4: string
}

/** How often somebody looks whether the license is there. */
const LOOKS = 4
const DAY_MS = 86_400_000

/** Buys, waits for the license, and copies its key. */
export async function holds(
  scene: Scene,
  plan: 'dr' | 'float' | 'failback',
  quantity: number,
): Promise<Held | null> {
  const item: Item =
    plan === 'failback' ? { plan, quantity } : { plan, quantity, cycle: 'month', auto_renew: false }
  const purchase = { product: 'recover', subject: 'installing', items: [item] } as const
  const acme = await bought(scene, { ...purchase, extra: { currency: 'USD' } })
  for (let look = 0; acme !== null && look < LOOKS; look++) {
    const list = await attempt(() => acme.licenses())
    const mine = list?.data.find((one) => one.plan === plan && one.complimentary_of === null)
    if (mine !== undefined) {
      const shown = await answerOf(scene, () =>
        acme.send(`licenses/${mine.id}/reveal`, { method: 'POST' }),
      )
      const { key } = (shown ?? {}) as { key?: string }
      return key === undefined ? null : { acme, id: mine.id, key, last4: mine.key_last4 }
    }
    await scene.sleep(scene.chance.below(DAY_MS / 4))
  }
  return null
}

/** @returns the JSON of a success; null when it was refused, or nobody answered */
export async function answerOf(
  scene: Scene,
  send: () => Promise<Response>,
): Promise<Readonly<Record<string, unknown>> | null> {
  return insist(scene, async () => {
    const answer = await send()
    if (answer.status >= 500) throw new TypeError('no answer')
    const body: Record<string, unknown> = await answer.json()
    return answer.ok ? body : null
  })
}

export interface Asked {
  readonly fingerprint?: string
  readonly name?: string
  readonly reference?: string
  readonly activation_id?: string
}

/** One question of an installed product, and what is true of every answer. */
export async function ask(
  scene: Scene,
  { id, key }: Pick<Held, 'id' | 'key'>,
  verb: Verb,
  asked: Asked,
): Promise<Validation | null> {
  const { world } = scene
  const answer = await answerOf(scene, () =>
    send(world, verb, { key, product: 'recover', ...asked }),
  )
  if (answer === null) return null
  const check = answer as unknown as Validation
  remember(world, id, asked, check)
  const { license, valid, grace_until: until } = check
  if (license !== null && license.in_use > license.total) {
    world.violate({
      invariant: 'C06 units in an answer',
      says: `${license.in_use} of ${license.total}`,
    })
  }
  const stopsMs = Date.parse(license?.expires_at ?? '') + GRACE_DAYS * DAY_MS
  if (valid && until !== null && Date.parse(until) > stopsMs) {
    world.violate({ invariant: 'R19 ends with its grace', says: `${id} may run until ${until}` })
  }
  return check
}
/** Of plans that say nothing else. */
const GRACE_DAYS = 7

async function send(world: World, verb: Verb, question: object): Promise<Response> {
  const body = JSON.stringify(question)
  const headers = { 'Content-Type': 'application/json' }
  const url = `${CENTER_ORIGIN}/v1/licenses/${verb}`
  const { status, text } = await world.servers.send(
    new Request(url, { method: 'POST', headers, body }),
  )
  return new Response(text, { status })
}

const activationsIn = new WeakMap<World, Map<string, string>>()

/** C07: the same installation is the same activation, in every answer. */
function remember(world: World, license: string, { fingerprint }: Asked, check: Validation): void {
  if (fingerprint === undefined || check.activation === null) return
  const known = activationsIn.get(world) ?? new Map<string, string>()
  activationsIn.set(world, known)
  const name = `${license} ${fingerprint}`
  const first = known.get(name) ?? check.activation.id
  known.set(name, first)
  if (first === check.activation.id) return
  const says = `${name} is ${first} and ${check.activation.id}`
  world.violate({ invariant: 'C07 same activation', says })
}

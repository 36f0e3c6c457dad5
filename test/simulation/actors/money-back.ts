/** Money goes back: by an operator, by two at once, in Stripe's dashboard, by a bank's dispute. */
import { actInDashboard } from '../../../demo/stripe/dashboard.ts'
import { StripeFault } from '../../../demo/stripe/errors.ts'
import type { ControlRequest } from '../../../demo/stripe/switches.ts'
import type { Id } from '../../../server/domain/ids.ts'
import { refundOrder } from '../../../server/usecases/refund-order.ts'
import { bought, renewer } from './renewer.ts'
import { type Actor, attempt, isTold, type Scene } from './scene.ts'

const DAY_MS = 86_400_000

export const moneyBack: Actor = {
  name: 'money-back',
  weight: 3,
  act: async (scene) => {
    const { chance } = scene
    if (chance.is(0.25)) return renewsWhatIsTakenBack(scene)
    if (chance.is(0.5)) await renewer.act(scene)
    else await bought(scene)
    for (let time = 0; time < 1 + chance.below(2); time++) {
      await scene.sleep(chance.below(3) * DAY_MS + chance.below(DAY_MS))
      const orders = scene.world.machine.disk.all(
        `SELECT id, total FROM orders WHERE state = 'fulfilled' AND total > 0`,
      )
      const [first, ...others] = orders
      if (first === undefined) continue
      const { id, total } = chance.pick([first, ...others])
      const giveBack = chance.pick([byOperator, inDashboard, byBank])
      await giveBack(scene, String(id), Number(total), time)
    }
  },
}

/** The purchase goes back while its customer pays for a renewal (R3). */
async function renewsWhatIsTakenBack(scene: Scene): Promise<void> {
  const acme = await bought(scene)
  const list = acme === null ? null : await attempt(() => acme.licenses())
  const license = list?.data.find(({ renewal_mode }) => renewal_mode !== null)
  if (acme === null || license === undefined) return
  const asked = { renewals: [{ license_id: license.id }], duration: { months: 1 } }
  const quote = await attempt(() => acme.price(asked))
  const open = quote === null ? null : await attempt(() => acme.order(quote))
  const [row] = scene.world.machine.disk.all(
    `SELECT order_id AS id FROM licenses WHERE id = ?`,
    license.id,
  )
  await byOperator(scene, String(row?.['id']), 3, 0)
  await scene.sleep(scene.chance.below(120_000))
  if (open !== null) await scene.pay(open)
}

async function byOperator(scene: Scene, order: string, total: number, time: number) {
  const { chance, world } = scene
  const isWhole = chance.is(0.6)
  const command = {
    kind: isWhole ? ('period' as const) : ('amount' as const),
    lines: null,
    amount: isWhole ? null : Math.max(1, Math.floor(total / 3)),
    reason: `Asked for, ${time}.`,
    scope: null,
  }
  for (let person = 0; person < (chance.is(0.4) ? 2 : 1); person++) {
    const name = `${world.scheduler.current.name}.refund${time}.${person}`
    world.servers.run(name, async (deps) => {
      try {
        await refundOrder(deps, order as Id<'ord'>, { ...command, actor: 'operator:sim' })
      } catch (error) {
        if (!isTold(error)) throw error
      }
    })
  }
}

async function inDashboard({ chance, world }: Scene, order: string, total: number) {
  act(world, { refund: { order, amount: chance.is(0.5) ? total : Math.max(1, total >> 1) } })
}

async function byBank(scene: Scene, order: string) {
  const { chance, world } = scene
  act(world, { dispute: { order, ...(chance.is(0.3) ? { inquiry: true } : {}) } })
  await scene.sleep(chance.below(20) * DAY_MS)
  if (chance.is(0.7)) act(world, { close_dispute: { order, status: chance.pick(['won', 'lost']) } })
}

function act(world: Scene['world'], request: Partial<ControlRequest>): void {
  world.note(() => `in the dashboard: ${JSON.stringify(request)}`)
  try {
    actInDashboard(world.stripe.world, request as ControlRequest)
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error
  }
}

/** Checks what each write touched, right after it, and everything when the world is at rest. */
import { allOrderIds, journalSince, orderFacts, type OrderFacts } from './facts.ts'
import { JOURNAL_INVARIANTS } from './of-journal.ts'
import { ORDER_INVARIANTS } from './of-orders.ts'
import { REST_INVARIANTS } from './at-rest.ts'
import { truth } from './truth.ts'
import type { World } from '../world/world.ts'

export interface Watch {
  afterWrite(): void
  atRest(): void
}

export function watch(world: World): Watch {
  const { disk } = world.machine
  const known = new Map<string, OrderFacts>()
  const released = new Set<string>()
  let position = 1

  const checkOrder = (orderId: string) => {
    const now = orderFacts(disk, orderId)
    if (now === null) return
    const before = known.get(orderId) ?? null
    known.set(orderId, now)
    const own = truth(world.stripe).filter((payment) => payment.orderId === orderId)
    const openPages = world.stripe
      .pagesOf(orderId)
      .filter(({ status }) => status === 'open')
      .map(({ id }) => id)
    const moment = { now, before, truth: own, openPages, isReleased: released.has(orderId) }
    for (const [invariant, check] of Object.entries(ORDER_INVARIANTS)) {
      report(world, invariant, check(moment))
    }
  }

  return {
    afterWrite: () => {
      const entries = journalSince(disk, position)
      position = entries.at(-1)?.position ?? position
      for (const [invariant, check] of Object.entries(JOURNAL_INVARIANTS)) {
        report(world, invariant, check(disk, entries, known))
      }
      for (const { stream, type, actor } of entries) {
        const isReleased = type === 'order.fulfilled' && actor.startsWith('operator:')
        if (isReleased) released.add(idIn(stream))
      }
      const touched = entries.filter(({ stream }) => stream.startsWith('order:'))
      for (const orderId of new Set(touched.map(({ stream }) => idIn(stream)))) checkOrder(orderId)
    },
    atRest: () => {
      for (const orderId of allOrderIds(disk)) checkOrder(orderId)
      for (const [invariant, check] of Object.entries(REST_INVARIANTS)) {
        report(
          world,
          invariant,
          check({ world, orders: [...known.values()], payments: truth(world.stripe) }),
        )
      }
    },
  }
}

function report(world: World, invariant: string, says: string | null): void {
  if (says !== null) world.violate({ invariant, says })
}

function idIn(stream: string): string {
  return stream.slice(stream.indexOf(':') + 1)
}

/** Checks what each write touched, right after it, and everything when the world is at rest. */
import {
  allLicenseIds,
  allOrderIds,
  extendedBy,
  journalSince,
  licenseFacts,
  orderFacts,
  type JournalRow,
  type LicenseFacts,
  type OrderFacts,
} from './facts.ts'
import { JOURNAL_INVARIANTS } from './of-journal.ts'
import { LICENSE_INVARIANTS } from './of-licenses.ts'
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
  const knownLicenses = new Map<string, LicenseFacts>()
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

  const checkLicense = (licenseId: string, entries: readonly JournalRow[]) => {
    const now = licenseFacts(disk, licenseId)
    if (now === null) return
    const before = knownLicenses.get(licenseId) ?? null
    knownLicenses.set(licenseId, now)
    const told = entries
      .filter(({ stream }) => stream === `license:${licenseId}`)
      .map(({ type }) => type)
    const moment = { now, before, told, nowMs: world.nowMs, disk }
    for (const [invariant, check] of Object.entries(LICENSE_INVARIANTS)) {
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
      const orderIds = touchedBy(entries, 'order:')
      for (const orderId of orderIds) checkOrder(orderId)
      const extended = [...orderIds].flatMap((orderId) => extendedBy(disk, orderId))
      const licenseIds = new Set([...touchedBy(entries, 'license:'), ...extended])
      for (const licenseId of licenseIds) checkLicense(licenseId, entries)
    },
    atRest: () => {
      for (const orderId of allOrderIds(disk)) checkOrder(orderId)
      for (const licenseId of allLicenseIds(disk)) checkLicense(licenseId, [])
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

function touchedBy(entries: readonly JournalRow[], kind: string): ReadonlySet<string> {
  const touched = entries.filter(({ stream }) => stream.startsWith(kind))
  return new Set(touched.map(({ stream }) => idIn(stream)))
}

function idIn(stream: string): string {
  return stream.slice(stream.indexOf(':') + 1)
}

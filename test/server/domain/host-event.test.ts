import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  HOST_EVENT_TYPES,
  hostEvent,
  JOURNALED_FOR_HOSTS,
  positionOf,
} from '../../../server/domain/host-event.ts'

const fact = { position: 7, stream: 'license:lic_1', version: 3, type: 'license.issued', data: {} }

/** Journal entry, name for hosts, and what goes out with it: a promise, so changed only by adding. */
const PROMISED = [
  ['order.fulfilled', 'order.fulfilled', ''],
  ['order.refunded', 'order.refunded', ''],
  ['license.issued', 'license.issued', ''],
  ['license.renewed', 'license.renewed', ''],
  ['license.units_added', 'license.units_added', ''],
  ['license.upgraded', 'license.upgraded', ''],
  ['license.mode_changed', 'license.renewal_mode_changed', 'from to'],
  ['license.activated', 'license.activated', 'activation in_use'],
  ['license.deactivated', 'license.deactivated', 'activation in_use'],
  ['license.unit_reserved', 'license.unit_reserved', 'reference in_use'],
  ['license.unit_consumed', 'license.unit_consumed', 'reference in_use'],
  ['license.unit_released', 'license.unit_released', 'reference in_use'],
  ['license.suspended', 'license.suspended', ''],
  ['license.reinstated', 'license.reinstated', ''],
  ['license.flagged', 'license.under_review', ''],
  ['license.cleared', 'license.review_cleared', ''],
  ['license.revoked', 'license.revoked', ''],
  ['license.refunded', 'license.refunded', ''],
  ['license.charged_back', 'license.charged_back', ''],
  ['release.published', 'release.published', 'version channel rollout_percent'],
  ['release.rolled_out', 'release.rolled_out', 'version channel rollout_percent'],
  ['release.yanked', 'release.yanked', 'version channel'],
  ['webhook.tested', 'webhook.tested', ''],
] as const

const INSIDE = { reason: 'asked by phone', actor: 'operator:ann', email: 'ann@example.com' }

describe('hostEvent()', () => {
  it.each(PROMISED)('T17: tells %s as %s, and of its data only "%s"', (type, name, told) => {
    const fields = told.split(' ').filter((field) => field !== '')
    const data = Object.fromEntries(fields.map((field) => [field, `its ${field}`]))
    expect(hostEvent({ ...fact, type, data: { ...INSIDE, ...data } })).toEqual({
      id: 'evt_7',
      type: name,
      object: { kind: 'license', id: 'lic_1', version: 3 },
      data,
    })
  })

  it('knows no other entry of the journal', () => {
    expect(JOURNALED_FOR_HOSTS).toEqual(PROMISED.map(([type]) => type))
    expect(HOST_EVENT_TYPES).toEqual(PROMISED.map(([, name]) => name))
    expect(hostEvent({ ...fact, type: 'license.key_revealed' })).toBeNull()
  })

  it('leaves out what the entry does not say', () => {
    const event = hostEvent({ ...fact, type: 'license.activated', data: { in_use: 2 } })
    expect(event?.data).toEqual({ in_use: 2 })
  })
})

describe('positionOf()', () => {
  it('finds the position in the id of each event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (position) => {
        expect(positionOf(hostEvent({ ...fact, position })?.id ?? '')).toBe(position)
      }),
    )
  })

  it.each(['', '7', 'evt_', 'evt_x', 'evt_7 ', ' evt_7', 'evt_1.5', `evt_${'9'.repeat(16)}`])(
    'finds none in "%s"',
    (text) => {
      expect(positionOf(text)).toBeNull()
    },
  )
})

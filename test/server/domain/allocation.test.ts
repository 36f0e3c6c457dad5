import { describe, expect, it } from 'vitest'
import { byOf, meaningOf, typesOf } from '../../../server/domain/allocation.ts'

const told = (types: readonly string[]) => types.map((type) => `${type}: ${meaningOf(type).event}`)

describe('the Allocation Log (S33)', () => {
  it('tells what happened to units', () => {
    expect(told(typesOf('unit'))).toEqual([
      'license.activated: activated',
      'license.deactivated: deactivated',
      'activation.culled: culled',
      'license.rebound: rebound',
      'rebind.requested: rebind_requested',
      'rebind.approved: rebind_approved',
      'rebind.denied: rebind_denied',
      'rebind.withdrawn: rebind_withdrawn',
      'license.unit_reserved: unit_reserved',
      'license.unit_consumed: unit_consumed',
      'license.unit_released: unit_released',
    ])
  })

  it('tells what happened to keys, and to what goes out instead of them', () => {
    expect(told(typesOf('key'))).toEqual([
      'license.key_revealed: key_revealed',
      'license.key_rotated: key_rotated',
      'license.key_sent: key_sent',
      'activation.file_issued: file_issued',
      'activation.code_issued: activation_code_issued',
    ])
  })

  it.each(['issued', 'extended', 'suspended', 'reinstated', 'flagged', 'cleared', 'revoked'])(
    'tells that the license was %s',
    (event) => {
      expect(meaningOf(`license.${event}`)).toEqual({ event, kind: 'license' })
    },
  )

  it('tells of what is younger than it that the license was changed', () => {
    expect(meaningOf('license.something_new')).toEqual({ event: 'changed', kind: 'license' })
  })

  it.each([
    ['installation:act_1', 'installation'],
    ['customer:cus_1', 'customer'],
    ['operator:alice', 'operator'],
    ['job:cull', 'center'],
    ['center', 'center'],
  ])('says of %s that it was done by %s, without a name', (actor, by) => {
    expect(byOf(actor)).toBe(by)
  })
})

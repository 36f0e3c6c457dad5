import { expect } from 'chai'
import type { License } from '../../../server/contract/licenses.ts'
import type { Order } from '../../../server/contract/orders.ts'
import { callsTo, problem } from '../support/fake-center.ts'
import { eventually, find, textOf, unmountAll } from '../support/mount.ts'
import { deskRows, openDesk, press } from '../support/open-desk.ts'
import { findAll, openSheet, says } from '../support/open-manager.ts'
import { aRenewable, licenseId, renewalOrder } from '../support/renewals.ts'

afterEach(unmountAll)

const id = licenseId(1)
const THEIRS = { amount: 15_000, reason: null, by: 'customer' } as const

function renewedEarly(given: Partial<License> = {}): License {
  const { renewal, ...license } = aRenewable({ id, total: 2, time_zone: 'UTC', ...given })
  if (renewal === null) throw new Error('it can be renewed')
  const undo = { order_id: 'ord_r', ends_at: '2026-12-13T08:30:00Z' }
  return { ...license, renewal: { ...renewal, undo } }
}

const ordered = (given: Partial<Order>): Order => {
  const line = {
    plan: 'dr',
    license_id: id,
    quantity: 2,
    amount: 15_000,
    explain: '1 month × $75.00 × 2',
  }
  return renewalOrder({ state: 'fulfilled', total: 15_000, lines: [line], ...given })
}

describe('section 4: a renewal that has not begun', () => {
  it('is taken back by one button, below what it gives back and what becomes of the license', async () => {
    const manager = await openDesk([renewedEarly({ renewal_mode: 'manual' })], '', {
      'GET orders/ord_r': ordered({ refundable: THEIRS }),
      'POST orders/ord_r/refund': ordered({ state: 'refunded' }),
    })
    press(manager, 'Take back the renewal')
    await eventually(() => openSheet(manager))
    await says(manager, '1 month × $75.00 × 2')
    await says(manager, 'You get $150.00 back, the way you paid.')
    await says(manager, 'The license ends again on Dec 13, 2026.')
    press(manager, 'Take back and refund $150.00')
    await eventually(() => callsTo('POST orders/ord_r/refund').length === 1)
    expect(callsTo('POST orders/ord_r/refund')[0]?.body).to.deep.equal({
      kind: 'period',
      reason: 'Taken back before it began.',
    })
    await eventually(() => find(manager, 'dialog[open]') === null, 'the sheet is closed')
  })

  it('says that all licenses of its order go back together, and that auto ends', async () => {
    const lines = ordered({}).lines.flatMap((line) => [line, { ...line, license_id: licenseId(2) }])
    const manager = await openDesk([renewedEarly({ renewal_mode: 'auto' })], '', {
      'GET orders/ord_r': ordered({ lines, refundable: THEIRS }),
    })
    const auto = findAll(manager, '[role=tab]').find((tab) => textOf(tab) === 'Auto Renewals (1)')
    auto?.click()
    await eventually(() => deskRows(manager).length === 1)
    press(manager, 'Take back the renewal')
    await says(manager, 'All 2 renewals of this order are taken back together.')
    await says(manager, 'From then on it is renewed by hand.')
  })

  it('of which a part has begun is refused with the reason, and the way to support', async () => {
    const manager = await openDesk([renewedEarly()], '', {
      'GET orders/ord_r': ordered({ refundable: { ...THEIRS, by: 'operator' } }),
    })
    press(manager, 'Take back the renewal')
    await says(manager, 'Not all of this order can be taken back here.')
    const link = findAll<HTMLAnchorElement>(manager, 'a').find(({ href }) =>
      href.startsWith('https://center.test/contact'),
    )
    expect(link?.target).to.equal('_blank')
    expect(callsTo('POST orders/ord_r/refund')).to.deep.equal([])
  })

  it('that began in the meantime says so, and nothing is lost', async () => {
    const manager = await openDesk([renewedEarly()], '', {
      'GET orders/ord_r': ordered({ refundable: THEIRS }),
      'POST orders/ord_r/refund': problem(409, 'refund.operator_only', {
        detail: 'It has begun. Contact support.',
      }),
    })
    press(manager, 'Take back the renewal')
    await says(manager, 'You get $150.00 back')
    press(manager, 'Take back and refund $150.00')
    await says(manager, 'It has begun. Contact support.')
  })
})

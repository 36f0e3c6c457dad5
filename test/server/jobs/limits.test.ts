/** No run of a job handles more than 200 items (a Worker has so many subrequests), and the next goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commit } from '../../../server/db/commit.ts'
import type { Query } from '../../../server/db/commit.ts'
import { meterBills, providerEvents } from '../../../server/db/schema.ts'
import type { Deps } from '../../../server/deps.ts'
import { autoRenew } from '../../../server/jobs/auto-renew.ts'
import { fewerUnits } from '../../../server/jobs/fewer-units.ts'
import { meter } from '../../../server/jobs/meter.ts'
import { reconcile } from '../../../server/jobs/reconcile.ts'
import { remind } from '../../../server/jobs/remind.ts'
import { sweep } from '../../../server/jobs/sweep.ts'
import { JOBS } from '../../../server/runtime/jobs.ts'
import { DR_MONTHLY } from '../../support/buyer.ts'
import { plantCustomer, plantLicense } from '../../support/planted-licenses.ts'
import { holdWebhooks } from '../../support/provider-events.ts'
import { startTestSystem, type TestSystem } from '../../support/system.ts'

const LIMIT = 200
const DUE = LIMIT + 3

let center: TestSystem
beforeAll(async () => {
  center = await startTestSystem({ startsAt: '2031-01-10T10:00:00Z' })
  await holdWebhooks(center.system)
})
afterAll(() => center.remove())

/** Makes that many items due. */
type Plant = (deps: Deps) => Promise<void>

const PLANTED: Readonly<Record<string, { readonly run: typeof sweep; readonly plant: Plant }>> = {
  remind: {
    run: remind,
    plant: async (deps) => {
      const endsAt = deps.now().add({ hours: 24 * 7 + 1 })
      await each(async (number) =>
        plantLicense(deps, await plantCustomer(deps, `reminded-${number}`), { endsAt }),
      )
    },
  },
  'auto-renew': {
    run: autoRenew,
    plant: async (deps) => {
      const customer = await plantCustomer(deps, 'overdue')
      const endsAt = deps.now().subtract({ hours: 24 * 8 })
      await each(() => plantLicense(deps, customer, { endsAt, renewalMode: 'auto' }))
    },
  },
  'fewer-units': {
    run: fewerUnits,
    plant: async (deps) => {
      const customer = await plantCustomer(deps, 'reduced')
      const endsAt = deps.now().add({ hours: 24 * 29 })
      const fewer = { nextTotal: 3, nextTotalAt: deps.now().subtract({ hours: 1 }) }
      await each(() => plantLicense(deps, customer, { endsAt, ...fewer }))
    },
  },
  meter: {
    run: meter,
    plant: async (deps) => {
      const dueAt = deps.now().subtract({ hours: 24 * 8 })
      const bill = { currency: 'USD', state: 'past_due', attempts: 4, dueAt } as const
      await each(async (number) => {
        const customerId = await plantCustomer(deps, `debtor-${number}`)
        await store(
          deps,
          customerId,
          deps.db.orm.insert(meterBills).values({ ...bill, customerId }),
        )
      })
    },
  },
  sweep: {
    run: sweep,
    plant: async (deps) => {
      const receivedAt = deps.now()
      await each((number) => {
        const event = { id: `evt_due_${number}`, type: 'checkout.session.completed' }
        const row = { ...event, sessionId: `cs_none_${number}`, receivedAt, sweepAt: receivedAt }
        return store(deps, event.id, deps.db.orm.insert(providerEvents).values(row))
      })
    },
  },
}

describe('a run', () => {
  it.each(Object.entries(PLANTED))(
    `of %s handles ${LIMIT} of ${DUE}, and the next one the rest`,
    async (_, { run, plant }) => {
      const { deps } = center.system
      await plant(deps)
      expect(await run(deps)).toBe(LIMIT)
      expect(await run(deps)).toBe(DUE - LIMIT)
      expect(await run(deps)).toBe(0)
    },
    60_000,
  )

  it(`of reconcile handles ${LIMIT} of ${DUE}, and looks no further before the rest is stored`, async () => {
    const { deps } = center.system
    await center.pay(await center.as('recover', 'told').buy(DR_MONTHLY))
    const real = await deps.payments.listEvents(
      deps.now().subtract({ hours: 1 }),
      deps.now().add({ seconds: 1 }),
    )
    const [event] = real
    if (event === undefined) throw new Error('Stripe told nothing of a payment')
    const copied = { ...event, type: 'payment_intent.created', livemode: false }
    const listed = Array.from({ length: DUE }, (_, number) => ({
      ...copied,
      id: `evt_copy_${number}`,
      sessionId: `cs_copy_${number}`,
      intentId: null,
      orderId: null,
    }))
    const payments = { ...deps.payments, listEvents: async () => listed }
    expect(await reconcile({ ...deps, payments })).toBe(LIMIT)
    expect(await reconcile({ ...deps, payments })).toBe(DUE - LIMIT)
    expect(await reconcile({ ...deps, payments })).toBe(0)
  })

  it('is limited for every job: a new one needs its row here', () => {
    const elsewhere = {
      'deliver-mails': 'deliver-mails.test.ts',
      'deliver-webhooks': 'deliver-webhooks-limit.test.ts',
      reconcile: 'above',
    }
    const known = [...Object.keys(PLANTED), ...Object.keys(elsewhere)]
    expect(JOBS.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
  })
})

async function each(plant: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 0; number < DUE; number++) await plant(number)
}

function store(deps: Deps, name: string, query: Query): Promise<void> {
  const entry = { type: 'test.planted', actor: 'test', productId: null, data: {} }
  return commit(deps.db, deps.now(), {
    journal: [{ ...entry, stream: `test:${name}`, version: 1 }],
    statements: [query],
  })
}

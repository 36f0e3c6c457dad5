import { jsx } from 'hono/jsx'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AppEnv } from '../../../server/http/env.ts'
import { pageWords } from '../../../server/i18n/pages.ts'
import { respondWithPage, settingOf } from '../../../server/pages/layout.tsx'
import {
  PaymentReturnPage,
  refreshOf,
  type PaymentReturnState,
  type PaymentReturnView,
} from '../../../server/pages/payment-return-page.tsx'
import { createTestClock } from '../../support/clock.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { createPageApp } from '../../support/pages.ts'

const STATES: readonly PaymentReturnState[] = [
  'checking',
  'issued',
  'processing',
  'open',
  'failed',
  'canceled',
  'expired',
  'review',
  'unknown',
]
const view = (state: PaymentReturnState): PaymentReturnView => ({
  state,
  orderId: 'ord_01jd8k6m9q2v5w7x8y9z0a1b2c',
  homeUrl: 'https://console.example/licenses?tab="x',
  paymentUrl: 'https://pay.example/c/1',
  selfUrl: '/pay/return?session=cs_1',
})

let database: TestDatabase
let app: Hono<AppEnv>
beforeAll(async () => {
  database = await createTestDatabase()
  const routes = new Hono<AppEnv>()
  for (const state of STATES) {
    routes.get(`/${state}`, (c) =>
      respondWithPage(c, jsx(PaymentReturnPage, { setting: settingOf(c), view: view(state) })),
    )
  }
  app = createPageApp(database.db, createTestClock(), routes)
})
afterAll(() => database.remove())
const pageOf = async (path: string) => (await app.request(path)).text()

describe.each(STATES)('the return page of a payment that is %s', (state) => {
  it('says so in one heading, and what to do, without being indexed', async () => {
    const page = await pageOf(`/${state}`)
    const { title } = pageWords('en').payReturn[state]
    expect(page).toContain(`<h1>${title}</h1>`)
    expect(page.match(/<h1/g)).toHaveLength(1)
    expect(page).toContain('<meta name="robots" content="noindex"/>')
    expect(page).not.toContain('rel="canonical"')
  })

  it('S20: leads back to the console, with the address as text', async () => {
    const page = await pageOf(`/${state}`)
    expect(page).toContain('href="https://console.example/licenses?tab=&quot;x"')
  })
})

describe('the return page', () => {
  it('looks again by itself while checking, and forwards once the licenses are valid', () => {
    expect(refreshOf(view('checking'))).toBe('3; url=/pay/return?session=cs_1')
    expect(refreshOf(view('issued'))).toMatch(/^10; url=https:\/\/console\.example\//)
    const others = STATES.filter((state) => state !== 'checking' && state !== 'issued')
    expect(others.map((state) => refreshOf(view(state)))).toEqual(others.map(() => null))
  })

  it('forwards nowhere while the console is unknown', () => {
    expect(refreshOf({ ...view('issued'), homeUrl: null })).toBeNull()
  })

  it('offers to pay only while the payment page is open', async () => {
    for (const state of STATES) {
      const offersPayment = (await pageOf(`/${state}`)).includes('https://pay.example')
      expect(offersPayment, state).toBe(state === 'open')
    }
  })

  it.each(['checking', 'processing', 'review'] as const)(
    'P10: asks not to pay again while %s',
    async (state) => {
      expect(await pageOf(`/${state}`)).toContain('Please do not pay again')
    },
  )

  it('S35: offers help with the order filled in wherever no license is valid', async () => {
    for (const state of STATES) {
      const offersHelp = (await pageOf(`/${state}`)).includes(
        '/contact?topic=purchase&amp;order=ord_',
      )
      expect(offersHelp, state).toBe(state !== 'issued')
    }
  })
})

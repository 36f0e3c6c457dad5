/** How the database finds a page of a customer's licenses: by an index that begins with the customer. */
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idQueries } from '../../../server/db/queries/license-overview.ts'
import type { LicenseFilter } from '../../../server/db/queries/license-filter.ts'
import { listQueries, type LicensePage } from '../../../server/db/queries/licenses.ts'
import { soldPeriods } from '../../../server/domain/renewable-plans.ts'
import { provenCustomer } from '../../../server/domain/scope.ts'
import { aProduct, oneTimePlan, recurringPlan } from '../../support/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

const NOW = Temporal.Instant.from('2027-01-31T16:55:10Z')
const SCOPE = provenCustomer('recover', 'acme')
const EVERYTHING: LicenseFilter = {
  type: null,
  statuses: [],
  text: null,
  expiresWithinDays: null,
  renewalMode: null,
  orderId: null,
  product: null,
  endsFrom: null,
  endsUntil: null,
  renewableBy: null,
}
const FIRST: LicensePage = {
  filter: EVERYTHING,
  sort: 'expires_at',
  isDescending: false,
  limit: 50,
  now: NOW,
  after: null,
}
const AFTER = { value: NOW.epochMilliseconds, id: 'lic_00000000000000000000000000' }
const SORT = 'USE TEMP B-TREE FOR ORDER BY'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.remove())

interface Statement {
  toSQL(): { sql: string; params: unknown[] }
}

/** The steps of the plan, as SQLite names them. */
async function stepsOf(statement: Statement): Promise<readonly string[]> {
  const { sql, params } = statement.toSQL()
  const args = params as (string | number | null)[]
  const { rows } = await test.db.client.execute({ sql: `EXPLAIN QUERY PLAN ${sql}`, args })
  return rows.map((row) => String(row['detail']))
}

/** How the licenses of the page itself are found: what comes before its rows are joined. */
async function pageSteps(given: Partial<LicensePage>): Promise<readonly string[]> {
  const [page] = listQueries(test.db, SCOPE, { ...FIRST, ...given })
  const steps = await stepsOf(page)
  return steps.slice(0, steps.indexOf('SCAN page'))
}

const filtered = (filter: Partial<LicenseFilter>) => ({ filter: { ...EVERYTHING, ...filter } })
const renewable = soldPeriods(aProduct({ plans: [recurringPlan(), oneTimePlan()] }), NOW)

const FILTERS: readonly { of: string; filter: Partial<LicenseFilter> }[] = [
  { of: 'everything', filter: {} },
  { of: 'one tab', filter: { renewalMode: 'auto' } },
  { of: 'a search', filter: { text: '999' } },
  { of: 'a search in one tab', filter: { text: '999', renewalMode: 'manual' } },
  { of: 'what can be renewed', filter: { renewableBy: renewable } },
  { of: 'what expires soon', filter: { expiresWithinDays: 30 } },
  { of: 'a window', filter: { endsFrom: NOW, endsUntil: NOW.add({ hours: 24 }) } },
  { of: 'a status', filter: { statuses: ['grace', 'expiring'] } },
]

describe('a page of licenses', () => {
  it.each(FILTERS)('of $of touches no licenses of other customers', async ({ filter }) => {
    const page = { ...FIRST, ...filtered(filter) }
    const statements: readonly Statement[] = [
      ...listQueries(test.db, SCOPE, page),
      ...idQueries(test.db, SCOPE, { filter: page.filter, now: NOW, limit: 1000 }),
    ]
    for (const statement of statements) {
      const steps = await stepsOf(statement)
      const ways = steps.filter((step) => /\b(SEARCH|SCAN) licenses\b/.test(step))
      expect(ways[0]).toMatch(
        /^SEARCH licenses USING .*INDEX licenses_of_customer\w* \(customer_id=/,
      )
      // Beside the customer's index, only the rows of the page, each by its id.
      for (const way of ways.slice(1)) expect(way).toMatch(/\(id=\?\)$/)
      expect(steps.filter((step) => /^SCAN (?!page|\(subquery)/.test(step))).toEqual([])
    }
  })

  it.each([
    { of: 'the first one', page: {} },
    { of: 'a later one', page: { after: AFTER } },
    { of: 'downwards', page: { isDescending: true, after: AFTER } },
    { of: 'one tab', page: filtered({ renewalMode: 'auto' }) },
    { of: 'a search', page: filtered({ text: '999' }) },
    { of: 'what can be renewed', page: filtered({ renewableBy: renewable }) },
  ])('by expiry is read in its order and sorts nothing: $of', async ({ page }) => {
    expect(await pageSteps(page)).not.toContain(SORT)
  })

  it('goes on behind the last row seen, and does not read what came before it', async () => {
    const [, way] = await pageSteps({ after: AFTER })
    expect(way).toContain('(customer_id=? AND (ends_at,id)>(?,?))')
  })

  it('is counted by mode without a row of the table, and without sorting', async () => {
    const [, counts] = listQueries(test.db, SCOPE, FIRST)
    const steps = await stepsOf(counts)
    expect(steps[0]).toContain('USING COVERING INDEX licenses_of_customer_by_mode')
    expect(steps.join()).not.toContain('TEMP B-TREE')
  })

  it('sorts where no index can serve: the check itself would see it', async () => {
    expect(await pageSteps({ sort: 'total' })).toContain(SORT)
  })
})

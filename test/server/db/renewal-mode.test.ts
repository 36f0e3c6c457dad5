/** Jobs ask for renewal modes in the words of the index, so that no statement is planned each time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { and, isNotNull } from 'drizzle-orm'
import { renewsBy } from '../../../server/db/queries/renewal-mode.ts'
import { licenses } from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase()
})
afterAll(() => test.remove())

const asking = (condition: ReturnType<typeof and>) =>
  test.db.orm.select({ id: licenses.id }).from(licenses).where(condition).toSQL()

describe('a renewal mode', () => {
  it('is written into the statement, one or several', () => {
    expect(asking(renewsBy('auto'))).toMatchObject({ params: [] })
    expect(asking(renewsBy('auto')).sql).toMatch(/"renewal_mode" = 'auto'$/)
    expect(asking(renewsBy('manual', 'auto')).sql).toMatch(
      /"renewal_mode" in \('manual', 'auto'\)$/,
    )
  })

  it('lets the index of automatic renewals serve, whatever is bound', async () => {
    const { sql } = asking(and(renewsBy('auto'), isNotNull(licenses.nextChargeAt)))
    const only = sql.replace('from "licenses"', 'from "licenses" INDEXED BY licenses_to_charge')
    const { rows } = await test.db.client.execute(`EXPLAIN QUERY PLAN ${only}`)
    expect(rows.map(({ detail }) => String(detail)).join()).toContain('INDEX licenses_to_charge')
  })
})

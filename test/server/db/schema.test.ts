import { getTableColumns, getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as schema from '../../../server/db/schema.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.remove())

async function migratedTables(): Promise<string[]> {
  const { rows } = await database.db.client.execute(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
  )
  return rows.map((row) => String(row['name'])).toSorted()
}

interface Column {
  name: string
  type: string
  isNullable: boolean
}

async function migratedColumns(table: string): Promise<Column[]> {
  const { rows } = await database.db.client.execute({
    sql: 'SELECT name, type, "notnull" AS required, pk FROM pragma_table_info(?)',
    args: [table],
  })
  return rows.map((row) => ({
    name: String(row['name']),
    type: String(row['type']).toLowerCase(),
    isNullable: row['required'] === 0 && row['pk'] === 0,
  }))
}

function describedColumns(table: (typeof schema)[keyof typeof schema]): Column[] {
  return Object.values(getTableColumns(table)).map((column) => ({
    name: column.name,
    type: column.getSQLType(),
    isNullable: !column.notNull,
  }))
}

describe('the schema', () => {
  it('describes every table that the migrations make', async () => {
    const described = Object.values(schema).map((table) => getTableName(table))
    expect(await migratedTables()).toEqual([...described, 'migrations'].toSorted())
  })

  it.each(Object.values(schema).map((table) => ({ name: getTableName(table), table })))(
    'describes the columns of $name as they are, with their nullability',
    async ({ name, table }) => {
      expect(describedColumns(table)).toEqual(await migratedColumns(name))
    },
  )
})

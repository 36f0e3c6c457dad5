/** What a migration may not do while the version before it still serves (C20): expand, never contract. */
import type { Client } from '@libsql/client'

export interface Column {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
}

export interface Table {
  readonly columns: readonly Column[]
  /** Columns that are unique together, as `a, b`. */
  readonly unique: readonly string[]
}

export type Shape = ReadonlyMap<string, Table>

export async function shapeOf(client: Client): Promise<Shape> {
  const tables = await client.execute(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  )
  const shape = new Map<string, Table>()
  for (const row of tables.rows) {
    const name = String(row['name'])
    shape.set(name, {
      columns: await columnsOf(client, name),
      unique: await uniqueOf(client, name),
    })
  }
  return shape
}

/** Sentences about everything that would break statements of the version before. */
export function contractions(before: Shape, after: Shape): string[] {
  return [...before].flatMap(([name, table]) => {
    const now = after.get(name)
    return now === undefined ? [`${name} is gone`] : ofTable(name, table, now)
  })
}

function ofTable(name: string, before: Table, after: Table): string[] {
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const known = new Map(after.columns.map((column) => [column.name, column]))
  const changed = before.columns.flatMap((column) => {
    const now = known.get(column.name)
    if (now === undefined) return [`${name}.${column.name} is gone`]
    if (now.type !== column.type) return [`${name}.${column.name} is ${now.type}`]
    return now.isRequired && !column.isRequired ? [`${name}.${column.name} is required`] : []
  })
  const required = after.columns
    .filter((column) => column.isRequired && !old.has(column.name))
    .map((column) => `${name}.${column.name} is new, and required`)
  const unique = after.unique
    .filter((columns) => !before.unique.includes(columns))
    .filter((columns) => columns.split(', ').every((column) => old.has(column)))
    .map((columns) => `${name} (${columns}) is unique now`)
  return [...changed, ...required, ...unique]
}

async function columnsOf(client: Client, table: string): Promise<Column[]> {
  const { rows } = await client.execute('SELECT * FROM pragma_table_info(?)', [table])
  return rows.map((row) => ({
    name: String(row['name']),
    type: String(row['type']),
    isRequired: Number(row['notnull']) === 1 && row['dflt_value'] === null && !Number(row['pk']),
  }))
}

/** Without partial indexes: they hold for some rows only. */
async function uniqueOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.execute(
    'SELECT name FROM pragma_index_list(?) WHERE "unique" = 1 AND partial = 0',
    [table],
  )
  const found: string[] = []
  for (const row of rows) {
    const info = await client.execute('SELECT name FROM pragma_index_info(?)', [
      String(row['name']),
    ])
    found.push(info.rows.map((column) => String(column['name'])).join(', '))
  }
  return found
}

/** The half of a client that queries may use. */
import type { Client, InStatement } from '@libsql/client'
import { ReadFailed } from './failures.ts'

const WRITE_METHODS = ['transaction', 'executeMultiple', 'migrate']

/**
 * A client that runs reads and refuses everything else, so that no write can pass by the journal.
 * It matters beyond the journal: on a connection that met SQLITE_BUSY a single write reports success
 * and is lost.
 */
export function readsOnly(client: Client): Client {
  const run: Pick<Client, 'execute' | 'batch'> = {
    execute: async (statement: InStatement) => client.execute(read(statement)).catch(fail),
    batch: async (statements) => {
      const checked = statements.map((item) => (Array.isArray(item) ? refuse(item[0]) : read(item)))
      return client.batch(checked).catch(fail)
    },
  }
  return new Proxy(client, {
    get(target, property) {
      if (property === 'execute' || property === 'batch') return run[property]
      if (WRITE_METHODS.includes(String(property))) return () => refuse(String(property))
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function read(statement: InStatement): InStatement {
  const text = typeof statement === 'string' ? statement : statement.sql
  const isRead =
    /^\s*select\b/i.test(text) || /^\s*with\b(?!.*\b(insert|update|delete)\b)/is.test(text)
  return isRead ? statement : refuse(text)
}

function fail(cause: unknown): never {
  throw new ReadFailed(cause)
}

function refuse(text: string): never {
  throw new Error(`A write goes through commit(), with its journal entry: ${text.slice(0, 80)}`)
}

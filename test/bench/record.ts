/** Records what a request asks of the database. */
import type { Client, InStatement } from '@libsql/client'
import { createApp, type App } from '../../server/app.ts'
import { databaseOf } from '../../server/db/open.ts'
import type { Deps } from '../../server/deps.ts'
import type { Argument, Tape, TapedBatch } from './tape.ts'

/** @param act  makes one request; what it asks of the database is the tape */
export async function record(deps: Deps, act: (app: App) => Promise<unknown>): Promise<Tape> {
  const tape: TapedBatch[] = []
  const client = new Proxy(deps.db.client, {
    get(target, property) {
      if (property === 'batch') {
        return (...[statements, mode]: Parameters<Client['batch']>) => {
          tape.push({
            mode: mode === 'write' ? 'write' : 'read',
            statements: statements.map(taped),
          })
          return target.batch(statements, mode)
        }
      }
      if (property === 'execute') {
        return (statement: InStatement) => {
          tape.push({ mode: 'read', statements: [taped(statement)] })
          return target.execute(statement)
        }
      }
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await act(createApp({ ...deps, db: databaseOf(client, deps.db.place) }))
  return tape
}

function taped(statement: Parameters<Client['batch']>[0][number]) {
  const { sql, args } =
    typeof statement === 'string' ? { sql: statement, args: [] } : toObject(statement)
  if (!Array.isArray(args)) throw new Error('named arguments are not recorded')
  return { sql, args: args.map(tapedArgument) }
}

function toObject(statement: Exclude<Parameters<Client['batch']>[0][number], string>) {
  if ('sql' in statement) return { sql: statement.sql, args: statement.args ?? [] }
  return { sql: statement[0], args: statement[1] ?? [] }
}

function tapedArgument(value: unknown): Argument {
  if (typeof value === 'bigint') return { integer: String(value) }
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  throw new Error(`an argument of type ${typeof value} is not recorded`)
}

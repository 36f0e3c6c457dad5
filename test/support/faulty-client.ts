/** A real client whose calls can be made to fail, before or after they did their work. */
import { LibsqlError, type Client } from '@libsql/client'
import { databaseOf, type Database } from '../../server/db/open.ts'

/** Called in front of each call of `execute` and `batch`; the answer says what becomes of it. */
export type Weather = (call: number) => Fate | Promise<Fate>
export type Fate = 'fine' | 'busy' | 'reply lost' | 'request lost'

export interface FaultyDatabase {
  readonly db: Database
  /** Calls so far, failed ones included. */
  calls(): number
  reconnects(): number
}

export function withWeather(client: Client, weather: Weather): FaultyDatabase {
  let calls = 0
  let reconnects = 0
  async function run<T>(call: () => Promise<T>): Promise<T> {
    const fate = await weather(++calls)
    if (fate === 'busy') throw new LibsqlError('database is locked', 'SQLITE_BUSY')
    if (fate === 'request lost') throw new TypeError('fetch failed')
    const answer = await call()
    if (fate === 'reply lost') throw new TypeError('fetch failed')
    return answer
  }
  const faulty = new Proxy(client, {
    get(target, property) {
      if (property === 'execute') return (...args: [string]) => run(() => target.execute(...args))
      if (property === 'batch') {
        return (...args: Parameters<Client['batch']>) => run(() => target.batch(...args))
      }
      if (property === 'reconnect') {
        return () => {
          reconnects += 1
          return target.reconnect()
        }
      }
      const value: unknown = Reflect.get(target, property, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { db: databaseOf(faulty), calls: () => calls, reconnects: () => reconnects }
}

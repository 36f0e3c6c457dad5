/** What a request asked of the database, to be asked again by a bare handler on any runtime. */
import type { Client } from '@libsql/client'

export type Argument = string | number | null | { readonly integer: string }

export interface TapedBatch {
  readonly mode: 'read' | 'write'
  readonly statements: readonly { readonly sql: string; readonly args: readonly Argument[] }[]
}

/** JSON, as it has to reach a Worker. */
export type Tape = readonly TapedBatch[]

/** Asks it again; ids that the recorded request made are made anew, so that nothing collides. */
export async function play(client: Client, tape: Tape): Promise<unknown> {
  const mark = crypto.randomUUID().replaceAll('-', '').slice(0, 26)
  let answer: unknown
  for (const { statements, mode } of tape) {
    const batch = statements.map(({ sql, args }) => ({
      sql,
      args: args.map((arg) => (mode === 'write' ? renewed(arg, mark) : bound(arg))),
    }))
    const [first] = await client.batch(batch, mode)
    answer = first?.rows
  }
  return answer
}

function renewed(argument: Argument, mark: string) {
  return typeof argument === 'string'
    ? argument.replace(/\bquo_[a-z0-9]{26}\b/, `quo_${mark}`)
    : bound(argument)
}

function bound(argument: Argument) {
  return typeof argument === 'object' && argument !== null ? BigInt(argument.integer) : argument
}

/** The least that could answer: a Hono handler that asks the database what ours asks, and no more. */
import type { Client } from '@libsql/client'
import { Hono } from 'hono'
import { play, type Tape } from './tape.ts'

export function createBare(tape: Tape, client: (env: unknown) => Client) {
  return new Hono()
    .get('/', async (c) => c.json({ data: await play(client(c.env), tape) }))
    .post('/', async (c) => {
      await c.req.json()
      return c.json({ data: await play(client(c.env), tape) }, 201)
    })
}

/**
 * Where the mails of the demo arrive: a stand-in for Resend's API on this machine. It keeps what it
 * accepted, knows idempotency keys, and can be told to fail as networks and providers do.
 */
import { serve } from '@hono/node-server'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { KEEP_ALIVE } from '../server/runtime/keep-alive.ts'

const Message = z.strictObject({
  from: z.string().min(3),
  to: z.array(z.email()).min(1).max(50),
  subject: z.string().min(1).max(998),
  html: z.string().min(1),
  text: z.string().min(1),
  attachments: z
    .array(z.strictObject({ filename: z.string(), content: z.base64(), content_type: z.string() }))
    .default([]),
})

const Arrived = z.object({
  id: z.string(),
  key: z.string(),
  at: z.string(),
  message: Message,
})
export type ArrivedMail = z.infer<typeof Arrived>

export interface Faults {
  /** The next so many requests are taken, and their answer is lost. */
  readonly lose?: number
  /** The next so many requests are answered so, and nothing is taken. */
  readonly refuse?: { readonly times: number; readonly status: number; readonly name: string }
}

export interface Inbox {
  readonly origin: string
  /** Newest first. */
  mails(): readonly ArrivedMail[]
  /** Requests that came in, copies and refused ones included. */
  requests(): number
  fail(faults: Faults): void
  close(): Promise<void>
}

export interface InboxOptions {
  readonly now: () => Temporal.Instant
  /** Where mails are kept between two runs; nothing is kept without it. */
  readonly dataFile?: string
}

export const INBOX_KEY = 're_demo'
const KEPT = 500

export async function startInbox({ now, dataFile }: InboxOptions): Promise<Inbox> {
  let mails = stored(dataFile)
  let faults: Faults = {}
  let requests = 0
  const app = new Hono().post('/emails', async (c) => {
    requests += 1
    if (c.req.header('Authorization') !== `Bearer ${INBOX_KEY}`) {
      return c.json({ name: 'invalid_api_key', message: 'API key is invalid' }, 401)
    }
    const { refuse, lose = 0 } = faults
    if (refuse !== undefined && refuse.times > 0) {
      faults = { ...faults, refuse: { ...refuse, times: refuse.times - 1 } }
      const headers = { 'Content-Type': 'application/json', 'Retry-After': '7' }
      return new Response(JSON.stringify({ name: refuse.name, message: 'as told' }), {
        status: refuse.status,
        headers,
      })
    }
    const parsed = Message.safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) {
      return c.json({ name: 'validation_error', message: parsed.error.message }, 422)
    }
    const key = c.req.header('Idempotency-Key') ?? `none-${requests}`
    const known = mails.find((mail) => mail.key === key)
    if (known !== undefined && JSON.stringify(known.message) !== JSON.stringify(parsed.data)) {
      return c.json({ name: 'invalid_idempotent_request', message: 'other payload' }, 409)
    }
    const id = known?.id ?? `re_${requests}_${mails.length}`
    if (known === undefined) {
      mails = [{ id, key, at: now().toString(), message: parsed.data }, ...mails].slice(0, KEPT)
      if (dataFile !== undefined) writeFileSync(dataFile, JSON.stringify(mails))
    }
    if (lose > 0) {
      faults = { ...faults, lose: lose - 1 }
      return new Response(null, { status: 502 })
    }
    return c.json({ id })
  })
  const { server, origin } = await listen(app)
  return {
    origin,
    mails: () => mails,
    requests: () => requests,
    fail: (told) => {
      faults = told
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function stored(dataFile: string | undefined): readonly ArrivedMail[] {
  if (dataFile === undefined || !existsSync(dataFile)) return []
  return z.array(Arrived).parse(JSON.parse(readFileSync(dataFile, 'utf8')))
}

function listen(app: Hono): Promise<{ server: Server; origin: string }> {
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, port: 0, serverOptions: KEEP_ALIVE }
    const server = serve(options, ({ port }: AddressInfo) =>
      resolve({ server: server as Server, origin: `http://localhost:${port}` }),
    )
    server.on('error', reject)
  })
}

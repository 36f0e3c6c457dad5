/** Cursors between pages: opaque to clients, JSON in base64url to us. */
import type { z } from '@hono/zod-openapi'
import { invalidField } from '../domain/refusals.ts'

export function cursorText(cursor: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(cursor))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** @throws Refused `request.invalid` for a cursor that is not ours */
export function readCursor<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const json = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)))
    return schema.parse(JSON.parse(json))
  } catch {
    throw invalidField('/cursor', 'Take the cursor from `next_cursor` of the page before.')
  }
}

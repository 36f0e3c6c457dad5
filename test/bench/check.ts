/** A check as an installed product makes it that holds a good token: none is signed. */
import type { Installation } from '../support/installation.ts'

const fingerprint = 'host-a'

/** Activates first. @returns the request */
export async function checkOf(
  installation: Installation,
  about: { readonly key: string; readonly product: string },
) {
  await installation.ask('activate', { fingerprint })
  const { license, grace_until } = await installation.ask('validate', { fingerprint })
  const current_token = { seq: license?.seq ?? 0, expires_at: grace_until }
  return post({ ...about, fingerprint, current_token })
}

export function post(question: unknown, more: Readonly<Record<string, string>> = {}) {
  const body = JSON.stringify(question)
  // Every HTTP client says a length; only requests that are made in memory ever lack it.
  const length = String(new TextEncoder().encode(body).length)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': length, ...more }
  return { method: 'POST', headers, body } as const
}

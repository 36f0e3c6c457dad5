/** How the client speaks with the License Center. What is no answer of a center is no answer at all. */
import type { CenterCode } from './codes.ts'
import type { Surroundings } from './surroundings.ts'
import { isRecord, type LicenseKey } from './token.ts'

/** An answer of the license API; the fields that the client reads. */
export interface Answer {
  readonly valid: boolean
  readonly code: CenterCode
  readonly license: {
    readonly id: string
    readonly plan: string
    readonly type: string
    readonly total: number
    readonly expires_at: string
    readonly entitlements: readonly string[]
    readonly seq: number
  } | null
  /** Of the reference that was named. */
  readonly unit: { readonly state: string } | null
  readonly token: string | null
  readonly check_after: string | null
  readonly grace_until: string | null
  readonly notice: string | null
  readonly nonce: string | null
  readonly now: string
}

/** The center was not reached, or something else answered in its place. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
  /** The center asks to wait so long; null: it did not say. */
  readonly retryAfterMs: number | null

  constructor(reason: string, retryAfterMs: number | null = null, cause?: unknown) {
    super(reason, { cause })
    this.retryAfterMs = retryAfterMs
  }
}

/** The center understood, and says that the question itself is wrong (RFC 9457): a mistake in the integration. */
export class LicenseProblem extends Error {
  override readonly name = 'LicenseProblem'
  readonly status: number
  /** Stable, such as `request.invalid`. */
  readonly code: string

  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.status = status
    this.code = code
  }
}

export interface CenterOptions {
  /** Origin, such as `https://licenses.example.com`. */
  readonly center: string
  readonly locale: string
  readonly timeoutMs: number
  readonly surroundings: Surroundings
}

/** @throws Unreachable; LicenseProblem */
export async function ask(
  options: CenterOptions,
  path: string,
  question: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const body = JSON.stringify(question)
  return request(options, path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': options.locale },
    body,
  })
}

/** An answer that repeats our nonce was made for this question. */
export async function askLicense(
  options: CenterOptions,
  verb: string,
  question: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const nonce = options.surroundings.unique()
  const answer = await ask(options, `/v1/licenses/${verb}`, { ...question, nonce })
  if (!isAnswer(answer) || answer.nonce !== nonce) {
    throw new Unreachable('The answer is not one of a License Center.')
  }
  return answer
}

/** @throws Unreachable */
export async function readKeys(options: CenterOptions): Promise<readonly LicenseKey[]> {
  const { keys } = await request(options, '/.well-known/license-jwks.json', { method: 'GET' })
  if (!Array.isArray(keys)) throw new Unreachable('The keys of the License Center are missing.')
  return keys.flatMap((key: unknown) =>
    isRecord(key) &&
    key.crv === 'Ed25519' &&
    typeof key.kid === 'string' &&
    typeof key.x === 'string'
      ? [
          {
            kid: key.kid,
            x: key.x,
            ...(typeof key.retired_at === 'string' ? { retired_at: key.retired_at } : {}),
            ...(key.revoked === true ? { revoked: true } : {}),
          },
        ]
      : [],
  )
}

async function request(
  { center, timeoutMs, surroundings }: CenterOptions,
  path: string,
  init: RequestInit,
): Promise<Record<string, unknown>> {
  let response: Response
  let body: unknown
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    response = await surroundings.fetch(`${center}${path}`, { ...init, signal, redirect: 'error' })
    body = await response.json()
  } catch (error) {
    throw new Unreachable('The License Center cannot be reached.', null, error)
  }
  if (!isRecord(body)) throw new Unreachable('The answer is not one of a License Center.')
  if (response.ok) return body
  const { code, detail } = body
  const isTemporary = response.status >= 500 || response.status === 429 || response.status === 408
  if (isTemporary || typeof code !== 'string') {
    const seconds = Number(response.headers.get('Retry-After'))
    const waitMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null
    throw new Unreachable(`The License Center answered ${response.status}.`, waitMs)
  }
  throw new LicenseProblem(response.status, code, typeof detail === 'string' ? detail : code)
}

function isAnswer(value: Record<string, unknown>): value is Record<string, unknown> & Answer {
  const { valid, code, license, unit, token, now } = value
  return (
    typeof valid === 'boolean' &&
    typeof code === 'string' &&
    (license === null || isRecord(license)) &&
    (unit === null || isRecord(unit)) &&
    (token === null || typeof token === 'string') &&
    typeof now === 'string' &&
    Number.isFinite(Date.parse(now))
  )
}

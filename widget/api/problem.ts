import type { Problem } from '../../server/contract/shared.ts'

export interface FieldProblem {
  /** JSON Pointer into the request body: `/items/0/quantity`. */
  readonly pointer: string
  readonly detail: string
  /** The open order that is in the way of one of several licenses. */
  readonly order_id?: string | undefined
}

interface ApiProblemFields {
  readonly code: string
  readonly status?: number
  readonly detail?: string | undefined
  readonly requestId?: string | null
  readonly errors?: readonly FieldProblem[] | undefined
  readonly facts?: Readonly<Record<string, string | number>>
  readonly retryAfterSeconds?: number | null
}

/**
 * Everything that can go wrong with a request, except its abortion (which rejects with the reason
 * of the signal). `code` is the server's `noun.reason`, or one of ours:
 *
 * - `network.unreachable`: no answer; the request may or may not have arrived
 * - `network.timeout`: no answer in time; likewise
 * - `answer.unreadable`: something answered, but not in the API's words (a proxy's HTML, cut JSON)
 * - `auth`: the token was refused twice, or the host could not give one
 */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  /** A sentence for the customer, in the element's language; the server's only. */
  readonly detail: string | null
  readonly requestId: string | null
  readonly errors: readonly FieldProblem[]
  /** Further members of the problem, e.g. `order_id` of `license.order_open`. */
  readonly facts: Readonly<Record<string, string | number>>
  readonly retryAfterSeconds: number | null

  constructor(fields: ApiProblemFields, options?: ErrorOptions) {
    super(fields.detail ?? fields.code, options)
    this.code = fields.code
    this.status = fields.status ?? 0
    this.detail = fields.detail ?? null
    this.requestId = fields.requestId ?? null
    this.errors = fields.errors ?? []
    this.facts = fields.facts ?? {}
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null
  }

  /** True where the same request may succeed later without any change by the customer. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/** @param body parsed JSON of an `application/problem+json` answer */
export function problemFrom(body: Problem, retryAfter: string | null): ApiProblem {
  const { type: _type, title, status, code, detail, requestId, errors, ...facts } = body
  return new ApiProblem({
    code,
    status,
    detail: detail ?? title,
    requestId,
    errors,
    facts,
    retryAfterSeconds: retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null,
  })
}

/** Whatever was thrown, as a problem; a bug of ours becomes one too, so that it is seen. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown
  return new ApiProblem({ code: 'widget.failed', detail: String(thrown) }, { cause: thrown })
}

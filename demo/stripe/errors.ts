/** Stripe's error shape: https://docs.stripe.com/api/errors */
export interface StripeErrorBody {
  readonly type: 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error'
  readonly code?: string
  readonly param?: string
  readonly message: string
  readonly decline_code?: string
  readonly advice_code?: string
}

/** An answer that is an error; thrown by endpoints, put on the wire by `api.ts`. */
export class StripeFault extends Error {
  override readonly name = 'StripeFault'
  readonly status: 400 | 401 | 402 | 404 | 409 | 429 | 500
  readonly body: StripeErrorBody
  /** Faults found before an endpoint starts its work are not kept for an idempotency key. */
  readonly isKept: boolean

  constructor(
    status: StripeFault['status'],
    body: StripeErrorBody,
    { isKept = false }: { isKept?: boolean } = {},
  ) {
    super(body.message)
    this.status = status
    this.body = body
    this.isKept = isKept
  }
}

export function invalidRequest(message: string, param?: string, code?: string): StripeFault {
  return new StripeFault(400, {
    type: 'invalid_request_error',
    message,
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  })
}

export function noSuch(kind: string, id: string, param = 'id'): StripeFault {
  const status = param === 'id' ? 404 : 400
  return new StripeFault(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    param,
    message: `No such ${kind}: '${id}'`,
  })
}

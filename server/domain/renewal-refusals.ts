/** One license that cannot be extended is refused by its own code, several as one list. */
import type { FieldError } from './refusals.ts'
import { Refused } from './refusals.ts'
import type { NotRenewableReason, RenewableLicense } from './renewal-eligibility.ts'
import type { RenewalWords } from './renewal-words.ts'

export interface Impossible {
  readonly pointer: string
  /** Null when the customer has no such license. */
  readonly license: RenewableLicense | null
  /** Null for a license that never renews, or where `detail` says more. */
  readonly reason: NotRenewableReason | null
  readonly detail?: string
}

/** @param asked  how many licenses the request names; one is refused alone, by its own code */
export function impossible(
  problems: readonly Impossible[],
  asked: number,
  words: RenewalWords,
): Refused {
  const [only] = problems
  if (asked === 1 && only !== undefined) return alone(only, words)
  const errors = problems.map((problem) => ({
    ...errorOf(problem, words),
    ...named(problem, words),
  }))
  return new Refused('renewals.not_possible', { errors })
}

function alone({ license, reason, ...rest }: Impossible, words: RenewalWords): Refused {
  if (license === null) return new Refused('license.not_found')
  const { detail, pointer } = errorOf({ license, reason, ...rest }, words)
  const errors = [{ pointer, detail }]
  if (reason === 'order_open' && license.openOrderId !== null) {
    return new Refused('license.order_open', {
      errors,
      detail,
      facts: { order_id: license.openOrderId },
    })
  }
  const facts = reason === null ? {} : { reason }
  return new Refused('license.not_renewable', { errors, detail, facts })
}

/** One of many says which license it is about, and which order is in the way. */
function named(
  { license, reason }: Impossible,
  words: RenewalWords,
): Omit<Partial<FieldError>, 'pointer'> {
  if (license === null) return {}
  const order = reason === 'order_open' ? license.openOrderId : null
  return {
    license_id: license.id,
    ...(order === null ? {} : { order_id: order, detail: words.orderOpen(order) }),
  }
}

function errorOf(
  { pointer, license, reason, detail }: Impossible,
  words: RenewalWords,
): FieldError {
  if (detail !== undefined) return { pointer, detail }
  if (license === null) return { pointer, detail: words.notFound }
  return { pointer, detail: reason === null ? words.never : words.reasons[reason] }
}

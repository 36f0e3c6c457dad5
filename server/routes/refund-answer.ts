/** What was given back of an order, and what still could be, as it crosses the wire. */
import type { Refund, Refundable } from '../contract/refunds.ts'
import type { OrderRecord, RefundRow } from '../db/queries/orders.ts'
import type { Deps } from '../deps.ts'
import { formatInstant, wholeSecond } from '../domain/calendar.ts'
import { isUndoable, refundableAmount } from '../domain/refund.ts'
import type { Locale } from '../i18n/locales.ts'
import { refundWords } from '../i18n/refund-words.ts'
import { refundableOrder } from '../usecases/refund-facts.ts'

export function refundAnswer({ id, amount, currency, kind, state, createdAt }: RefundRow): Refund {
  return { id, amount, currency, kind, state, at: formatInstant(wholeSecond(createdAt)) }
}

export function refundableAnswer(deps: Deps, record: OrderRecord, locale: Locale): Refundable {
  const { payments, disputes } = record
  const words = refundWords(locale)
  const nothing = (reason: string): Refundable => ({ amount: 0, reason, by: 'operator' })
  if (!payments.some(({ settledAt, amount }) => settledAt !== null && amount > 0)) {
    return nothing(words.notPaid)
  }
  if (disputes.some(({ state }) => state === 'open')) return nothing(words.disputed)
  const facts = refundableOrder(record)
  const amount = refundableAmount(facts)
  if (amount === 0) return nothing(words.allBack)
  const isTheirs = isUndoable(facts, formatInstant(wholeSecond(deps.now())))
  return { amount, reason: null, by: isTheirs ? 'customer' : 'operator' }
}

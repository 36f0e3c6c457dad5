import { html, nothing, type TemplateResult } from 'lit'
import { formatMoney } from '../../server/domain/money.ts'
import type { ApiProblem } from '../api/problem.ts'
import type { BasketView } from '../state/basket.ts'
import { formatDateTime, formatNumber } from '../state/format.ts'
import type { Session } from '../state/session.ts'
import { alert } from './alert.ts'
import { problemNotice } from './problem-notice.ts'

interface CheckoutNotices {
  readonly session: Session
  readonly basket: BasketView
  /** Why the order was not placed. */
  readonly problem: ApiProblem | null
  readonly isCanceled: boolean
  readonly retry: () => void
}

/** What a customer should know before pressing the button again, most urgent first. */
export function checkoutNotices(notices: CheckoutNotices): TemplateResult {
  const { session, basket, problem, isCanceled, retry } = notices
  const { words } = session
  const priceProblem = isPromoProblem(basket.problem) ? null : basket.problem
  return html`
    ${problem && problemNotice({ problem, words, isNothingCharged: true })}
    ${priceProblem && problemNotice({ problem: priceProblem, words, retry })}
    ${changedNotice(basket, session)} ${earlierOrderNotice(basket, session)}
    ${
      isCanceled
        ? alert({
            tone: 'info',
            role: 'status',
            title: words.notices.canceled,
            content: words.notices.canceledText,
          })
        : nothing
    }
  `
}

/** A refused code is told beside the code. */
export function isPromoProblem(problem: ApiProblem | null): problem is ApiProblem {
  if (problem === null) return false
  return (
    problem.code === 'promo.not_applicable' ||
    problem.errors.some(({ pointer }) => pointer === '/promo_code')
  )
}

/** The price or the notes changed between looking and pressing (W06): both are shown, nothing ordered. */
function changedNotice(basket: BasketView, { words, locale }: Session) {
  const { quote, previousTotalMinor } = basket
  if (quote === null || previousTotalMinor === null) return nothing
  const money = (amountMinor: number) => formatMoney(amountMinor, quote.currency, locale)
  const title =
    quote.total === previousTotalMinor
      ? words.notes.changed
      : words.notices.priceNow(money(previousTotalMinor), money(quote.total))
  return alert({ tone: 'careful', role: 'alert', title })
}

/** P11: told, never refused. */
function earlierOrderNotice({ quote, isQuoting }: BasketView, { words, locale }: Session) {
  if (!quote?.earlier_order || isQuoting) return nothing
  const { id, placed_at: placedAt, quantity } = quote.earlier_order
  const count = formatNumber(quantity, locale)
  const when = formatDateTime(placedAt, locale)
  return alert({
    tone: 'careful',
    title: words.summary.earlierOrder(count, quantity === 1, when, id),
  })
}

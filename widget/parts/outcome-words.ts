import type { Order } from '../../server/contract/orders.ts'
import { paymentWords } from '../i18n/payment.ts'
import type { Step } from '../state/step.ts'
import { formatNumber } from '../state/format.ts'
import type { Session } from '../state/session.ts'
import type { IconName } from './icons.ts'

interface OutcomeWords {
  readonly title: string
  readonly text: readonly string[]
  readonly tone: 'info' | 'good' | 'careful' | 'bad'
  readonly mark: IconName | 'spinner'
}

/** What is said about an order that left the waiting view. */
export function outcomeWords(step: Step, order: Order, { words, locale }: Session): OutcomeWords {
  const { outcome } = paymentWords(words)
  switch (step) {
    case 'issued': {
      const units = order.lines.reduce((sum, { quantity }) => sum + quantity, 0)
      const text = [
        outcome.issuedText(formatNumber(units, locale), units === 1),
        outcome.email(order.email),
      ]
      return { title: outcome.issued, text, tone: 'good', mark: 'tick' }
    }
    case 'processing':
      return {
        title: outcome.processing,
        text: [outcome.processingText],
        tone: 'info',
        mark: 'clock',
      }
    case 'declined': {
      const reason = order.failure?.message
      const text = reason ? [reason, outcome.declinedText] : [outcome.declinedText]
      return { title: outcome.declined, text, tone: 'bad', mark: 'exclaim' }
    }
    case 'expired':
      return { title: outcome.expired, text: [outcome.expiredText], tone: 'careful', mark: 'clock' }
    case 'review':
      return { title: outcome.review, text: [outcome.reviewText], tone: 'careful', mark: 'search' }
    case 'refunded':
      return { title: outcome.refunded, text: [outcome.refundedText], tone: 'info', mark: 'tick' }
    default:
      return order.state === 'payable'
        ? { title: outcome.payable, text: [outcome.payableText], tone: 'info', mark: 'spinner' }
        : { title: outcome.issuing, text: [], tone: 'info', mark: 'spinner' }
  }
}

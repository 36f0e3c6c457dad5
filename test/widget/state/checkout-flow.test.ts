import { expect } from 'chai'
import {
  type FlowEvent,
  isWatched,
  newsOf,
  nextStep,
  TRANSITIONS,
} from '../../../widget/state/checkout-flow.ts'
import type { Step } from '../../../widget/state/step.ts'
import { order } from '../support/fixtures.ts'

const steps = Object.keys(TRANSITIONS) as Step[]

describe('nextStep()', () => {
  it('goes from the form to the license', () => {
    const road: FlowEvent[] = ['submit', 'open', 'continue', 'processing', 'issuing', 'issued']
    const walked = road.map(
      (
        (step: Step) => (event: FlowEvent) =>
          (step = nextStep(step, event))
      )('editing'),
    )
    expect(walked).to.deep.equal([
      'submitting',
      'confirm',
      'waiting',
      'processing',
      'issuing',
      'issued',
    ])
  })

  it('ignores a second press: only the form can be submitted', () => {
    const submittable = steps.filter((step) => nextStep(step, 'submit') !== step)
    expect(submittable).to.deep.equal(['editing', 'canceled'])
  })

  it('issues only by the word of the server, and never takes it back by a poll', () => {
    expect(steps.filter((step) => nextStep(step, 'issued') === 'issued')).to.not.include('editing')
    for (const news of ['open', 'declined', 'expired', 'canceled'] as const) {
      expect(nextStep('issued', news)).to.equal('issued')
    }
  })

  it('P17: a payment that arrives after the end is shown, not lost', () => {
    expect(nextStep('expired', 'issued')).to.equal('issued')
    expect(nextStep('canceled', 'review')).to.equal('review')
  })

  it('waits when a cancel came too late', () => {
    expect(nextStep('canceling', 'cancelFailed')).to.equal('waiting')
    expect(nextStep('canceling', 'issuing')).to.equal('issuing')
  })

  it('leads back to the form from every end', () => {
    for (const step of ['issued', 'declined', 'expired', 'refunded', 'error'] as const) {
      expect(nextStep(step, 'startAgain'), step).to.equal('editing')
    }
  })
})

describe('isWatched()', () => {
  it('is false where nothing can come: the form and the ends', () => {
    expect(steps.filter((step) => !isWatched(step))).to.deep.equal([
      'editing',
      'submitting',
      'issued',
      'refunded',
      'error',
    ])
  })
})

describe('newsOf()', () => {
  const failure = { code: 'card_declined', message: 'Declined.' }
  for (const [what, change, news] of [
    ['a pending order is open', {}, 'open'],
    ['a pending order with a failed attempt is declined', { failure }, 'declined'],
    ['a bank that confirms later is processing', { state: 'processing' }, 'processing'],
    ['paid is not yet issued', { state: 'paid' }, 'issuing'],
    ['payable is not yet issued', { state: 'payable' }, 'issuing'],
    ['fulfilled is issued', { state: 'fulfilled' }, 'issued'],
    ['failed is declined', { state: 'failed', failure }, 'declined'],
    ['expired is expired', { state: 'expired' }, 'expired'],
    ['money after the end is checked', { state: 'expired', payment_received: true }, 'review'],
    ['money after a cancel is checked', { state: 'canceled', payment_received: true }, 'review'],
    ['a mismatch is checked', { state: 'review' }, 'review'],
    ['a refund is a refund', { state: 'partially_refunded' }, 'refunded'],
  ] as const) {
    it(what, () => {
      expect(newsOf(order(change))).to.equal(news)
    })
  }
})

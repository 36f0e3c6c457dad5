/** The switches of the Stripe stand-in: what can go wrong between a bank, Stripe and us. */
import { ask, element } from './dom.js'

/** What each switch sends when it is on and when it is off, and how its state is read. */
const SWITCHES = [
  {
    text: 'Send each webhook three times',
    on: { duplicate: 2 },
    off: { duplicate: 0 },
    isOn: (now) => now.duplicate > 0,
  },
  {
    text: 'Send webhooks in reverse order',
    on: { reorder: true },
    off: { reorder: false },
    isOn: (now) => now.reorder,
  },
  {
    text: 'Send webhooks 5 seconds late',
    on: { delay_ms: 5000 },
    off: { delay_ms: 0 },
    isOn: (now) => now.delayMs > 0,
  },
  {
    text: 'Lose every webhook',
    on: { drop: 1 },
    off: { drop: 0 },
    isOn: (now) => now.drop > 0,
  },
  {
    text: 'Send webhooks before the answer that caused them',
    on: { before_reply: true },
    off: { before_reply: false },
    isOn: (now) => now.beforeReply,
  },
  ...[
    ['Saved cards have no funds', 'insufficient_funds'],
    ['Saved cards are refused for good', 'stolen_card'],
    ['Saved cards ask for their owner', 'authentication_required'],
  ].map(([text, decline]) => ({
    text,
    on: { decline },
    off: { decline: null },
    isOn: (now) => now.decline === decline,
  })),
  {
    text: 'Stripe is down (answers 500)',
    on: { outage: '500', calls: 10_000 },
    off: { outage: null },
    isOn: (now) => now.outage !== null && now.outageCalls > 0,
  },
]
const COMMANDS = [
  { text: 'Bank debits succeed now', request: { settle: 'succeed' } },
  { text: 'Bank debits fail now', request: { settle: 'fail' } },
  { text: 'All off', request: { reset: true } },
]

export function paymentFaults() {
  const outcome = element('p', { className: 'demo-panel-outcome' })
  outcome.setAttribute('role', 'status')
  const boxes = SWITCHES.map(({ on, off }) => {
    const box = element('input', { type: 'checkbox' })
    box.addEventListener('change', () => send(box.checked ? on : off))
    return box
  })
  const show = ({ switches, deliveries }) => {
    SWITCHES.forEach(({ isOn }, index) => {
      boxes[index].checked = isOn(switches)
    })
    const last = deliveries.at(-1)
    outcome.textContent = last === undefined ? 'No webhook yet.' : `Last webhook: ${wordsOf(last)}`
  }
  const send = async (request) => {
    try {
      show(await ask('/demo/stripe', request))
    } catch (error) {
      outcome.textContent = error.message
    }
  }

  void send()
  return element('section', {}, [
    element('h2', {}, ['Payments and webhooks']),
    ...SWITCHES.map(({ text }, index) => element('label', {}, [boxes[index], text])),
    element(
      'div',
      { className: 'demo-panel-buttons' },
      COMMANDS.map(({ text, request }) => {
        const button = element('button', { type: 'button' }, [text])
        button.addEventListener('click', () => send(request))
        return button
      }),
    ),
    outcome,
  ])
}

function wordsOf({ type, result }) {
  return typeof result === 'number' ? `${type}, answered ${result}.` : `${type}, ${result}.`
}

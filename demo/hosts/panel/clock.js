/** The demo's clock: what it shows, and how to move it forward. */
import { ask, element } from './dom.js'

const JUMPS = [
  ['PT1M', '+1 minute'],
  ['PT40M', '+40 minutes'],
  ['P1D', '+1 day'],
  ['P30D', '+30 days'],
]
/** What can happen to the licenses of the customer of this page, and the words of its button. */
const MOMENTS = [
  ['reminder', 'to the next reminder'],
  ['charge', 'to the next charge'],
  ['expiry', 'to the next expiry'],
  ['retention', 'to the end of a grace'],
  ['end', 'to the end of a retention'],
]
const TICK_MS = 1000

/** @returns the face, for the folded panel, and the controls, for the open one */
export function clock() {
  const face = element('time', {})
  const outcome = element('p', { className: 'demo-panel-outcome' })
  outcome.setAttribute('role', 'status')
  const buttons = JUMPS.map(([duration, text]) => {
    const button = element('button', { type: 'button' }, [text])
    button.addEventListener('click', () => jump(duration, text))
    return button
  })
  const { customer } = document.documentElement.dataset
  const moments = MOMENTS.map(([kind, text]) => {
    const button = element('button', { type: 'button', hidden: customer === undefined }, [text])
    button.addEventListener('click', () => jumpTo(kind, text))
    return button
  })
  let aheadMs = 0

  const show = () => {
    const now = new Date(Date.now() + aheadMs)
    face.dateTime = now.toISOString()
    face.textContent = `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  }
  const set = (now) => {
    aheadMs = Date.parse(now) - Date.now()
    show()
  }
  const jumpTo = async (kind, text) => {
    const { now, moments: ahead } = await ask(`/demo/clock?customer=${customer}`)
    const at = ahead?.[kind]
    if (!at) {
      outcome.textContent = `${text}: no license has one ahead.`
      return
    }
    const seconds = Math.ceil((Date.parse(at) - Date.parse(now)) / 1000) + 60
    await jump(`PT${seconds}S`, text)
  }
  const jump = async (duration, text) => {
    for (const button of [...buttons, ...moments]) button.disabled = true
    outcome.textContent = 'Walking through everything that is due …'
    try {
      const { now, ran } = await ask('/demo/clock', { advance: duration })
      set(now)
      outcome.textContent = `${text}: ${summaryOf(ran)}`
      await Promise.all(
        [...document.querySelectorAll('license-manager')].map((it) => it.refresh?.()),
      )
    } catch (error) {
      outcome.textContent = error.message
    }
    for (const button of [...buttons, ...moments]) button.disabled = false
  }

  ask('/demo/clock').then(({ now }) => {
    set(now)
    setInterval(show, TICK_MS)
  }, console.warn)
  return {
    face,
    controls: element('section', {}, [
      element('h2', {}, ['Clock']),
      element('p', {}, ['Only forward. Whatever falls due on the way happens on the way.']),
      element('div', { className: 'demo-panel-buttons' }, [...buttons, ...moments]),
      outcome,
    ]),
  }
}

function summaryOf(ran) {
  if (ran.length === 0) return 'nothing was due.'
  return ran
    .map(({ job, at, handled }) => `${job} at ${at.slice(0, 16).replace('T', ' ')} (${handled})`)
    .join(', ')
}

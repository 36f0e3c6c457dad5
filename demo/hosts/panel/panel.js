/** The demo's own controls, at the foot of every demo page. No part of the product, nor of a host. */
import { clock } from './clock.js'
import { element } from './dom.js'
import { paymentFaults } from './payment-faults.js'

const LINKS = [
  ['/demo/', 'Start of the demo'],
  ['/demo/mails', 'Mails'],
  ['/demo/playground', 'Playground'],
  ['/reference', 'API reference'],
  ['/trust', 'Policies'],
]
const OPEN = 'demo.panel'

const { face, controls } = clock()
const details = element('details', { className: 'demo-panel-body' }, [
  element('summary', {}, [
    element('strong', {}, ['Demo']),
    element('span', { className: 'demo-panel-note' }, ['not part of the product']),
    face,
  ]),
  element('div', { className: 'demo-panel-groups' }, [controls, paymentFaults(), links()]),
])
details.open = localStorage.getItem(OPEN) === 'open'
details.addEventListener('toggle', () => {
  localStorage.setItem(OPEN, details.open ? 'open' : 'closed')
})

const panel = element('aside', { className: 'demo-panel', lang: 'en' }, [details])
panel.setAttribute('aria-label', 'Demo controls')
document.body.append(panel)

function links() {
  return element('section', {}, [
    element('h2', {}, ['Look behind it']),
    element(
      'ul',
      {},
      LINKS.map(([href, text]) => element('li', {}, [element('a', { href }, [text])])),
    ),
  ])
}
